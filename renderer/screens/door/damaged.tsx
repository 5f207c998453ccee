import { lazy, Suspense } from 'react';
import type { Failure } from '../../../shared/contract/result.ts';
import type { ButtonLook } from '../../parts/button.tsx';

// Needed so rarely that no start waits for it.
const RestoreHere = lazy(() => import('./restore-here.tsx').then((file) => ({ default: file.RestoreHere })));

/** What a vault that does not open leaves to do, where its own file is at fault. */
export function DamagedWayOn({ failure }: { failure: Failure | undefined }) {
  return failure?.code === 'vault-damaged' ? <RestoreWayOn /> : null;
}

/** What a vault leaves to do that opens and cannot be read, or is gone: no settings lead to its backups from there. */
export function RestoreWayOn({ newest = 'plain' }: { newest?: ButtonLook }) {
  return (
    <Suspense>
      <RestoreHere newest={newest} />
    </Suspense>
  );
}
