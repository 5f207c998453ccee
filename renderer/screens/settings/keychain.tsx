import { useEffect } from 'react';
import type { Keychain } from '../../../shared/contract/window.ts';
import { Button } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { keychainText as words } from '../../text/keychain.ts';
import { Part } from './part.tsx';

export function KeychainPart() {
  const view = useRondo((state) => state.keychain);
  const keychainAsked = useRondo((state) => state.keychainAsked);
  useEffect(() => {
    void keychainAsked();
  }, [keychainAsked]);
  return (
    <Part title={words.part} about={words.partAbout}>
      {view.is === 'unread' ? null : <Choice keychain={view.keychain} />}
    </Part>
  );
}

function Choice({ keychain }: { keychain: Keychain }) {
  const opened = useRondo((state) => state.opened);
  const isOn = keychain.state === 'on' || (keychain.state === 'unavailable' && keychain.isRemembered);
  return (
    <>
      <p className="t2">
        {keychain.state === 'unavailable' ? words.unavailable[keychain.why] : words.state[keychain.state]}
      </p>
      <div className="choice">
        {keychain.state === 'off' ? (
          <Button icon="key" onClick={() => opened({ open: 'keychain', act: 'on' })}>
            {words.turnOn}
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
