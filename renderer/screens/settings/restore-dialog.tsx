import { useState } from 'react';
import type { Backup } from '../../../shared/contract/backup.ts';
import { TextField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { backupsText as words } from '../../text/backups.ts';
import { PasswordDialog } from './password-dialog.tsx';

/** What would be gone, before it is; the safe button has the focus, and only the typed word arms the other. */
export function RestoreDialog({ backup }: { backup: Backup }) {
  const closed = useRondo((state) => state.closed);
  const dialogActed = useRondo((state) => state.dialogActed);
  const backupRestored = useRondo((state) => state.backupRestored);
  const isLost = useRondo((state) => state.vault.is === 'missing');
  const told = isLost ? words.lost : words;
  const [typed, setTyped] = useState('');
  const lines = (
    <div>
      <h3 className="lab">{words.stops}</h3>
      <ul className="reasons boxed">
        {told.lines.map((line) => (
          <li key={line}>
            <Icon name="info" />
            <span>{line}</span>
          </li>
        ))}
      </ul>
    </div>
  );
  const word = <TextField label={words.type} value={typed} onChange={setTyped} placeholder={words.word} large mono />;
  return (
    <PasswordDialog
      title={words.title}
      about={words.about(backup.createdAt)}
      words={{ ...words, cancel: told.cancel }}
      act={{ label: words.act, asking: words.restoring, look: 'danger-fill' }}
      onPassword={(password) => dialogActed(() => backupRestored(backup.path, password, typed))}
      onClose={closed}
      careful={{ before: lines, after: word, isArmed: typed === words.word }}
    />
  );
}
