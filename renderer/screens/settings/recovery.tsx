import { Button } from '../../parts/button.tsx';
import { ReadFailed } from '../../parts/read-failed.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { besidesOf, type WaysView } from '../../state/ways.ts';
import { recoveryText } from '../../text/recovery.ts';
import { Part } from './part.tsx';
import { useWays } from './use-ways.ts';

export function Recovery() {
  const ways = useWays();
  const waysAsked = useRondo((state) => state.waysAsked);
  return (
    <Part title={recoveryText.part} about={recoveryText.partAbout} state={ways.is}>
      {ways.is === 'failed' ? (
        <ReadFailed what={recoveryText.unread} failure={ways.failure} onAgain={waysAsked} />
      ) : (
        <Acts ways={ways} />
      )}
    </Part>
  );
}

function Acts({ ways }: { ways: WaysView }) {
  const opened = useRondo((state) => state.opened);
  const hasOne = ways.is === 'read' && ways.recovery;
  return (
    <>
      {ways.is === 'read' ? (
        <p className="t2">{hasOne ? recoveryText.there : recoveryText.none[besidesOf(ways)]}</p>
      ) : null}
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
    </>
  );
}
