import { type FormEvent, useId, useRef, useState } from 'react';
import type { Backup } from '../../../shared/contract/backup.ts';
import type { Failure } from '../../../shared/contract/result.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Note } from '../../parts/note.tsx';
import { SecretField, type SecretHandle } from '../../parts/secret-field.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { backupsText as words } from '../../text/backups.ts';

/** What would be gone, before it is; the safe button has the focus, and only the typed word arms the other. */
export function RestoreDialog({ backup }: { backup: Backup }) {
  const closed = useRondo((state) => state.closed);
  const backupRestored = useRondo((state) => state.backupRestored);
  const password = useRef<SecretHandle>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState('');
  const [isRestoring, setRestoring] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const formId = useId();
  const isArmed = typed === words.word;

  async function submitted(event: FormEvent) {
    event.preventDefault();
    if (!isArmed || isRestoring) return;
    setRestoring(true);
    const failed = await backupRestored(backup.path, password.current?.take() ?? new Uint8Array(), typed);
    setRestoring(false);
    setFailure(failed);
    if (failed !== undefined) password.current?.focus();
  }

  return (
    <Dialog
      small
      title={words.title}
      about={words.about(backup.createdAt)}
      first={keep}
      onClose={closed}
      foot={
        <>
          <span className="sp" />
          <Button ref={keep} onClick={closed}>
            {words.keep}
          </Button>
          <Button type="submit" form={formId} look="danger-fill" disabled={!isArmed || isRestoring}>
            {isRestoring ? words.restoring : words.act}
          </Button>
        </>
      }
    >
      <form id={formId} className="stack" onSubmit={(event) => void submitted(event)}>
        <div>
          <h3 className="lab">{words.stops}</h3>
          <ul className="reasons note">
            {words.lines.map((line) => (
              <li key={line}>
                <Icon name="info" />
                <span>{line}</span>
              </li>
            ))}
          </ul>
        </div>
        <SecretField
          ref={password}
          label={words.password}
          words={{ show: words.show, hide: words.hide }}
          autoComplete="current-password"
        />
        <TextField label={words.type} value={typed} onChange={setTyped} placeholder={words.word} large mono />
        {failure === undefined ? null : (
          <Note tone="danger" title={failure.message} live>
            {failure.hint}
          </Note>
        )}
      </form>
    </Dialog>
  );
}
