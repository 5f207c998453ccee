import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { LockedCounts } from '../../../shared/contract/window.ts';
import { Button } from '../../parts/button.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Note } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { unlockWaitMs } from '../../state/door.ts';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { unlockText } from '../../text/door.ts';
import { keychainText } from '../../text/keychain.ts';
import { OtherVault } from '../frame/other-vault.tsx';
import { DamagedWayOn } from './damaged.tsx';

export function Unlock({ path }: { path: string }) {
  const door = useRondo((state) => state.door);
  const entry = useRondo((state) => state.entry);
  const passwordEntered = useRondo((state) => state.passwordEntered);
  const otherWayPressed = useRondo((state) => state.otherWayPressed);
  const keychain = useRondo((state) => state.keychain);
  const keychainAsked = useRondo((state) => state.keychainAsked);
  const keychainPressed = useRondo((state) => state.keychainPressed);
  const field = useRef<SecretHandle>(null);
  const [way, setWay] = useState<'password' | 'recoveryCode'>('password');
  const [isEmpty, setEmpty] = useState(false);
  const tick = useNow(250);
  // The tick may be older than the refusal: then it would ask for a wait that is over.
  const now = Math.max(tick, Date.now());
  const waitMs = unlockWaitMs(door, now);
  const wrongTries = door?.wrongTries ?? 0;
  const isStarting = door?.core === 'starting';
  const refused = entry.at === 'refused' ? entry.failure : undefined;
  const error = isEmpty ? unlockText.empty[way] : refused?.message;
  const isBusy = entry.at === 'deriving' || isStarting || waitMs > 0;

  useEffect(() => {
    void keychainAsked();
  }, [keychainAsked]);
  useEffect(() => {
    if (entry.at === 'refused') field.current?.focus();
  }, [entry]);

  function submitted(event: FormEvent) {
    event.preventDefault();
    if (entry.at === 'deriving' || isStarting || unlockWaitMs(door, Date.now()) > 0) return;
    const typed = field.current?.take() ?? new Uint8Array();
    setEmpty(typed.length === 0);
    // It is no wrong one: nobody is to wait for a key that was pressed too early.
    if (typed.length === 0) return field.current?.focus();
    void passwordEntered(typed, way);
  }

  return (
    <div className="door has-foot">
      <header className="titlebar bare" />
      <main className="mid" tabIndex={-1}>
        <div className="ul">
          <OtherVault />
          <Mark className="small" />
          <h1>{unlockText.title}</h1>
          {door === undefined ? null : <p className="t2">{unlockText.since(door.lockedAt, door.lockedBecause, now)}</p>}
          <form className="stack tight unlock-form" onSubmit={submitted}>
            <SecretField
              ref={field}
              key={way}
              label={unlockText.labels[way]}
              words={unlockText.words[way]}
              autoComplete="current-password"
              autoFocus
              onLook={(text) => text !== '' && setEmpty(false)}
              {...(error === undefined ? {} : { error })}
            />
            {refused?.hint === undefined || isEmpty ? null : (
              <p className="hint" role="status">
                {refused.hint}
              </p>
            )}
            <Button look="primary" large wide type="submit" aria-disabled={isBusy} keys="Enter">
              {entry.at === 'deriving'
                ? unlockText.deriving
                : isStarting
                  ? unlockText.starting
                  : waitMs > 0
                    ? unlockText.wait(waitMs)
                    : unlockText.unlock}
            </Button>
            {keychain.is === 'read' && keychain.keychain.state === 'on' ? (
              <Button
                icon="key"
                large
                wide
                aria-disabled={entry.at === 'deriving' || isStarting}
                onClick={() => {
                  if (entry.at === 'deriving' || isStarting) return;
                  setEmpty(false);
                  void keychainPressed();
                }}
              >
                {keychainText.unlock}
              </Button>
            ) : null}
            {keychain.is === 'read' && keychain.keychain.state === 'unavailable' && keychain.keychain.isRemembered ? (
              <p className="hint">{keychainText.usePassword[keychain.keychain.why]}</p>
            ) : null}
            <button
              type="button"
              className="link"
              onClick={() => {
                setWay(way === 'password' ? 'recoveryCode' : 'password');
                setEmpty(false);
                otherWayPressed();
              }}
            >
              {unlockText.otherWay[way]}
            </button>
            {wrongTries >= 3 ? <p className="hint">{unlockText.tries(wrongTries)}</p> : null}
          </form>
          <DamagedWayOn failure={refused} />
          <Blind counts={door?.counts} />
        </div>
      </main>
      <footer className="lockfoot">
        <span className="mono">{path}</span>
        {door === undefined ? null : (
          <span>
            Rondo {door.version}, {door.runtime}
          </span>
        )}
      </footer>
    </div>
  );
}

/** What may be told while locked: how many, never which. */
function Blind({ counts }: { counts: LockedCounts | undefined }) {
  const words = unlockText.counts;
  if (counts === undefined) return <p className="blind t3">{unlockText.forgotten}</p>;
  const { need } = counts;
  return (
    <div className="blind">
      <div className="dials">
        <Dial figure={need} words={need === 1 ? words.needOne : words.need} />
        <Dial figure={counts.due} words={words.due} />
        <Dial figure={counts.waiting} words={counts.waiting === 1 ? words.waitingOne : words.waiting} />
      </div>
      {counts.underWay === 0 ? null : (
        <Note tone="warn" title={unlockText.underWay(counts.underWay)}>
          {unlockText.cutOff}
        </Note>
      )}
      <p className="t3">{unlockText.noNames}</p>
    </div>
  );
}

function Dial({ figure, words }: { figure: number; words: string }) {
  return (
    <div className="dial">
      <b>{figure}</b>
      <span>{words}</span>
    </div>
  );
}
