import { useEffect } from 'react';
import { Button, type ButtonLook } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { FailureNote, Note } from '../../parts/note.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { backupsText } from '../../text/backups.ts';

/** The vault's own backups, each that is fit with the way to restore it; `newest`: how much that of the newest stands out. */
export function BackupList({ newest = 'quiet' }: { newest?: ButtonLook }) {
  const view = useRondo((state) => state.backups);
  const backupsAsked = useRondo((state) => state.backupsAsked);
  const opened = useRondo((state) => state.opened);
  useEffect(() => {
    void backupsAsked();
  }, [backupsAsked]);
  if (view.is === 'unread') return null;
  if (view.is === 'failed') return <FailureNote failure={view.failure} />;
  const { backups, problem } = view;
  const newestFit = backups.find(({ standing }) => standing === 'fit');
  return (
    <>
      {problem === undefined ? null : (
        <Note tone="warn" title={backupsText.problem}>
          {problem}
        </Note>
      )}
      {backups.length === 0 ? (
        <p className="t2">{backupsText.none}</p>
      ) : (
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
                  look={backup === newestFit ? newest : 'quiet'}
                  aria-label={backupsText.restoreLabel(backup.createdAt)}
                  onClick={() => opened({ open: 'restore', backup })}
                >
                  {backupsText.restore}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
