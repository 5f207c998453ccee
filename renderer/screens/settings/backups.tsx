import { useEffect, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { backupsText } from '../../text/backups.ts';
import { Part } from './part.tsx';

export function Backups() {
  const view = useRondo((state) => state.backups);
  const backupsAsked = useRondo((state) => state.backupsAsked);
  const backupPressed = useRondo((state) => state.backupPressed);
  const opened = useRondo((state) => state.opened);
  const [isCreating, setCreating] = useState(false);
  useEffect(() => {
    void backupsAsked();
  }, [backupsAsked]);

  async function create() {
    if (isCreating) return;
    setCreating(true);
    await backupPressed();
    setCreating(false);
  }

  const backups = view.is === 'read' ? view.backups : [];
  return (
    <Part title={backupsText.part} about={backupsText.partAbout}>
      {view.is === 'read' && view.problem !== undefined ? (
        <Note tone="warn" title={backupsText.problem}>
          {view.problem}
        </Note>
      ) : null}
      {view.is === 'read' && backups.length === 0 ? <p className="t2">{backupsText.none}</p> : null}
      <ul className="boxed" aria-label={backupsText.list}>
        {backups.map((backup) => (
          <li key={backup.path} className="removable">
            <Icon name={backup.standing === 'fit' ? 'done' : 'warning'} />
            <span className="wrap">
              <b className="strong">{backupsText.at(backup.createdAt)}</b>{' '}
              <span className="t3">{backupsText.standing[backup.standing]}</span>
            </span>
            {backup.standing === 'fit' ? (
              <Button
                look="quiet"
                aria-label={backupsText.restoreLabel(backup.createdAt)}
                onClick={() => opened({ open: 'restore', backup })}
              >
                {backupsText.restore}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <div>
        <Button icon="add" aria-disabled={isCreating} onClick={() => void create()}>
          {isCreating ? backupsText.creating : backupsText.create}
        </Button>
      </div>
    </Part>
  );
}
