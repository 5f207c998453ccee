import { useRef } from 'react';
import type { Inventory } from '../../../shared/contract/inventory.ts';
import { Button } from '../../parts/button.tsx';
import { Note } from '../../parts/note.tsx';
import { useNow, useRondo } from '../../state/use-rondo.tsx';
import { settingsText } from '../../text/acts.ts';
import { damageText } from '../../text/damage.ts';
import { frameText } from '../../text/frame.ts';
import { OtherVault } from './other-vault.tsx';

/** What a person should know right now: acts that failed, and accounts that could not be reached. */
export function Messages({ inventory }: { inventory: Inventory }) {
  const notes = useRondo((state) => state.notes);
  const noteClosed = useRondo((state) => state.noteClosed);
  const now = useNow(30_000);
  const section = useRef<HTMLElement>(null);
  function putAway(key: number) {
    // The button goes with its message.
    section.current?.closest('main')?.focus();
    noteClosed(key);
  }
  const silent = inventory.accounts.flatMap((account) => {
    const { lastAttempt } = account;
    return lastAttempt === undefined || lastAttempt.outcome === 'ok' ? [] : [{ account, lastAttempt }];
  });
  const signInPressed = useRondo((state) => state.signInPressed);
  const damage = useRondo((state) => state.damage);
  const opened = useRondo((state) => state.opened);
  const otherVault = useRondo((state) => state.door?.otherVault);
  if (notes.length === 0 && silent.length === 0 && damage.is === 'none' && otherVault === undefined) return null;
  return (
    <section ref={section} className="messages" aria-label={frameText.notes}>
      <OtherVault />
      {damage.is === 'none' ? null : (
        <Note
          tone="danger"
          title={damageText.found(damage.report.damaged)}
          live
          act={<Button onClick={() => opened({ open: 'damage' })}>{damageText.look}</Button>}
        >
          {damageText.foundAbout(damage.report.damaged)}
        </Note>
      )}
      {silent.map(({ account, lastAttempt }) =>
        lastAttempt.outcome === 'network' ? (
          <Note
            key={account.id}
            icon="offline"
            tone="warn"
            title={frameText.offline(account.name, lastAttempt.at, now)}
            live
          >
            {frameText.offlineAbout(account.lastSyncAt, now)}
          </Note>
        ) : (
          <Note
            key={account.id}
            tone="danger"
            title={frameText.refused(account.name, lastAttempt.at, now)}
            live
            act={
              <Button
                aria-label={settingsText.signInAgainTo(account.name)}
                onClick={() =>
                  signInPressed({ host: account.host, again: { account: account.id, name: account.name } })
                }
              >
                {settingsText.signInAgain}
              </Button>
            }
          >
            {frameText.refusedAbout}
          </Note>
        ),
      )}
      {notes.map((note) => (
        <Note
          key={note.key}
          tone={note.tone}
          title={note.title}
          live
          close={{ label: frameText.closeNote, onClose: () => putAway(note.key) }}
        >
          {note.text}
        </Note>
      ))}
    </section>
  );
}
