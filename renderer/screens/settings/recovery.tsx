import { useEffect } from 'react';
import { Button } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { recoveryText } from '../../text/recovery.ts';
import { Part } from './part.tsx';

export function Recovery() {
  const ways = useRondo((state) => state.ways);
  const waysAsked = useRondo((state) => state.waysAsked);
  const opened = useRondo((state) => state.opened);
  useEffect(() => {
    void waysAsked();
  }, [waysAsked]);
  const hasOne = ways.is === 'read' && ways.recovery;
  return (
    <Part title={recoveryText.part} about={recoveryText.partAbout}>
      {ways.is === 'read' ? <p className="t2">{hasOne ? recoveryText.there : recoveryText.none}</p> : null}
      <div className="choice">
        <Button icon="key" onClick={() => opened({ open: 'recovery', act: 'make' })}>
          {hasOne ? recoveryText.again : recoveryText.make}
        </Button>
        {hasOne ? (
          <Button
            look="danger"
            aria-label={recoveryText.removeLabel}
            onClick={() => opened({ open: 'recovery', act: 'remove' })}
          >
            {recoveryText.remove}
          </Button>
        ) : null}
      </div>
    </Part>
  );
}
