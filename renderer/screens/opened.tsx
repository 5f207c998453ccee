import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import type { Inventory } from '../../shared/contract/inventory.ts';
import { useRondo } from '../state/use-rondo.tsx';
import { frameText } from '../text/frame.ts';
import { ActivityScreen } from './activity/activity.tsx';
import { CreateDialog } from './create/create.tsx';
import { DeleteDialog } from './delete/delete.tsx';
import { Begin } from './door/begin.tsx';
import { Connect } from './door/connect.tsx';
import { SignIn } from './door/sign-in.tsx';
import { KeySheet } from './frame/key-sheet.tsx';
import { Messages } from './frame/messages.tsx';
import { Rail } from './frame/rail.tsx';
import { TitleBar } from './frame/title-bar.tsx';
import { HomeScreen } from './home/home.tsx';
import { InventoryScreen } from './inventory/inventory.tsx';
import { IncidentScreen } from './job/incident.tsx';
import { JobScreen } from './job/job.tsx';
import { Palette } from './palette/palette.tsx';
import { PlanDialog } from './rotation/plan.tsx';
import { RotationScreen } from './rotation/rotation.tsx';
import { RotationsScreen } from './rotation/rotations.tsx';
import { ChangePassword } from './settings/change-password.tsx';
import { DamageDialog } from './settings/damage-dialog.tsx';
import { KeychainDialog } from './settings/keychain-dialog.tsx';
import { RecoveryDialog } from './settings/recovery-dialog.tsx';
import { RestoreDialog } from './settings/restore-dialog.tsx';
import { SettingsScreen } from './settings/settings.tsx';
import { Watch } from './settings/watch.tsx';
import { TakeDialog } from './take/take-dialog.tsx';

/** Everything behind the door. A file of its own, so that the door is there before this has been read. */
export function Opened({ inventory }: { inventory: Inventory }) {
  const beginning = useRondo((state) => state.beginning);
  const isNew = inventory.accounts.length === 0 && inventory.tokens.length === 0;
  return (
    <>
      {isNew && beginning === 'offered' ? <Begin inventory={inventory} /> : <Frame inventory={inventory} />}
      <Overlay inventory={inventory} />
    </>
  );
}

function Frame({ inventory }: { inventory: Inventory }) {
  const content = useRef<HTMLElement>(null);
  const at = useRondo((state) => state.place.at);
  const overlay = useRondo((state) => state.overlay.open);
  const wasAt = useRef(at);
  const toContent = useCallback(() => content.current?.focus(), []);
  // Whoever went somewhere by the palette or by a key starts there and not nowhere. Whoever only closed a dialog is not
  // to be moved: the dialog gives the focus back after this.
  useEffect(() => {
    if (overlay !== 'none' || wasAt.current === at) return;
    wasAt.current = at;
    if (document.activeElement === document.body && at !== 'inventory') content.current?.focus();
  }, [at, overlay]);
  return (
    <div className="win">
      <a className="btn skip" href="#content">
        {frameText.skip}
      </a>
      <TitleBar inventory={inventory} onFocusLost={toContent} />
      <Rail inventory={inventory} />
      <main ref={content} className="main" id="content" tabIndex={-1}>
        <Messages inventory={inventory} />
        <PlaceScreen inventory={inventory} />
      </main>
    </div>
  );
}

function PlaceScreen({ inventory }: { inventory: Inventory }): ReactNode {
  const place = useRondo((state) => state.place);
  switch (place.at) {
    case 'home':
      return <HomeScreen inventory={inventory} />;
    case 'inventory':
      return <InventoryScreen inventory={inventory} />;
    case 'rotations':
      return <RotationsScreen inventory={inventory} />;
    case 'rotation':
      return <RotationScreen key={`${place.token}${place.rotation}`} place={place} inventory={inventory} />;
    case 'job':
      return <JobScreen key={place.job} id={place.job} inventory={inventory} />;
    case 'incident':
      return <IncidentScreen inventory={inventory} />;
    case 'activity':
      return <ActivityScreen inventory={inventory} />;
    case 'settings':
      return <SettingsScreen inventory={inventory} />;
  }
}

function Overlay({ inventory }: { inventory: Inventory }): ReactNode {
  const overlay = useRondo((state) => state.overlay);
  const damage = useRondo((state) => state.damage);
  switch (overlay.open) {
    case 'none':
      return null;
    case 'palette':
      return <Palette inventory={inventory} />;
    case 'keys':
      return <KeySheet />;
    case 'create':
      return <CreateDialog inventory={inventory} wanted={overlay} />;
    case 'delete':
      return <DeleteDialog inventory={inventory} ids={overlay.ids} />;
    case 'plan':
      return <PlanDialog inventory={inventory} wanted={overlay} />;
    case 'take':
      return <TakeDialog key={overlay.token} inventory={inventory} id={overlay.token} />;
    case 'connect':
      return <Connect untrusted={overlay.untrusted} />;
    case 'sign-in':
      return <SignIn />;
    case 'watch':
      return <Watch inventory={inventory} />;
    case 'password':
      return <ChangePassword />;
    case 'restore':
      return <RestoreDialog backup={overlay.backup} />;
    case 'recovery':
      return <RecoveryDialog act={overlay.act} />;
    case 'keychain':
      return <KeychainDialog act={overlay.act} />;
    case 'damage':
      return damage.is === 'found' ? <DamageDialog report={damage.report} /> : null;
  }
}
