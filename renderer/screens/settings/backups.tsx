import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { useRondo } from '../../state/use-rondo.tsx';
import { backupsText } from '../../text/backups.ts';
import { BackupList } from './backup-list.tsx';
import { Part } from './part.tsx';

export function Backups() {
  const backupPressed = useRondo((state) => state.backupPressed);
  const [isCreating, setCreating] = useState(false);

  async function create() {
    setCreating(true);
    await backupPressed();
    setCreating(false);
  }

  return (
    <Part title={backupsText.part} about={backupsText.partAbout}>
      <BackupList />
      <div>
        <Button icon="add" busy={isCreating} onClick={() => void create()}>
          {isCreating ? backupsText.creating : backupsText.create}
        </Button>
      </div>
    </Part>
  );
}
