import type { ButtonLook } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { backupsText } from '../../text/backups.ts';
import { BackupList } from '../settings/backup-list.tsx';
import { RestoreDialog } from '../settings/restore-dialog.tsx';

/** Where a vault is gone, or so damaged that it does not open: its settings are behind that door, its backups are not. */
export function RestoreHere({ newest }: { newest: ButtonLook }) {
  const overlay = useRondo((state) => state.overlay);
  return (
    <section className="stack tight restore-here" aria-labelledby="restore-here">
      <h2 className="lab" id="restore-here">
        {backupsText.here}
      </h2>
      <BackupList newest={newest} />
      {overlay.open === 'restore' ? <RestoreDialog backup={overlay.backup} /> : null}
    </section>
  );
}
