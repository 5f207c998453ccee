import { useEffect } from 'react';
import type { Keychain } from '../../../shared/contract/window.ts';
import { Button } from '../../parts/button.tsx';
import { ReadFailed } from '../../parts/read-failed.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import type { WaysView } from '../../state/ways.ts';
import { keychainText as words } from '../../text/keychain.ts';
import { Part } from './part.tsx';
import { useWays } from './use-ways.ts';

export function KeychainPart() {
  const view = useRondo((state) => state.keychain);
  const keychainAsked = useRondo((state) => state.keychainAsked);
  useEffect(() => {
    void keychainAsked();
  }, [keychainAsked]);
  const ways = useWays();
  return (
    <Part title={words.part} about={words.partAbout} state={view.is}>
      {view.is === 'failed' ? (
        <ReadFailed what={words.unread} failure={view.failure} onAgain={keychainAsked} />
      ) : view.is === 'unread' || ways.is === 'unread' ? null : (
        <Choice keychain={view.keychain} ways={ways} />
      )}
    </Part>
  );
}

function Choice({ keychain, ways }: { keychain: Keychain; ways: WaysView }) {
  const opened = useRondo((state) => state.opened);
  // It keeps a key of which only the vault can tell that it opens nothing.
  const isOutdated = keychain.state === 'on' && ways.is === 'read' && !ways.keychain;
  const isOn = keychain.state === 'on' || (keychain.state === 'unavailable' && keychain.isRemembered);
  return (
    <>
      <p className="t2">
        {keychain.state === 'unavailable'
          ? words.unavailable[keychain.why]
          : words.state[isOutdated ? 'outdated' : keychain.state]}
      </p>
      <div className="choice">
        {keychain.state === 'off' || isOutdated ? (
          <Button icon="key" onClick={() => opened({ open: 'keychain', act: 'on' })}>
            {isOutdated ? words.turnOnAgain : words.turnOn}
          </Button>
        ) : null}
        {isOn ? (
          <Button look="danger" onClick={() => opened({ open: 'keychain', act: 'off' })}>
            {words.turnOff}
          </Button>
        ) : null}
      </div>
    </>
  );
}
