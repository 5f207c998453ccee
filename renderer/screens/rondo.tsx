import { lazy, Suspense, useEffect } from 'react';
import { Button } from '../parts/button.tsx';
import { NoInlineStyles } from '../parts/no-inline-styles.tsx';
import type { InventoryView } from '../state/inventory.ts';
import { useAfterPaint } from '../state/use-after-paint.ts';
import { useRondo } from '../state/use-rondo.tsx';
import { frameText } from '../text/frame.ts';
import { Boundary } from './boundary.tsx';
import { DamagedWayOn, RestoreWayOn } from './door/damaged.tsx';
import { FirstRun } from './door/first-run.tsx';
import { Stuck } from './door/stuck.tsx';
import { Unlock } from './door/unlock.tsx';
import { useKeys } from './frame/keys.ts';

const readOpened = () => import('./opened.tsx').then(({ Opened }) => ({ default: Opened }));
const Opened = lazy(readOpened);

export function Rondo() {
  const theme = useRondo((state) => state.settings.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <NoInlineStyles>
      <Boundary>
        <Room />
      </Boundary>
    </NoInlineStyles>
  );
}

function Room() {
  const vault = useRondo((state) => state.vault);
  const inventory = useRondo((state) => state.inventory);
  const windowOpened = useRondo((state) => state.windowOpened);
  useKeys();
  // While the password is typed: once the door is on the screen, so that it does not wait for this.
  const isAtDoor = useAfterPaint(vault.is === 'locked' || vault.is === 'missing');
  useEffect(() => {
    // What cannot be read is asked for again, and told, when it is needed.
    if (isAtDoor) readOpened().catch(() => {});
  }, [isAtDoor]);
  switch (vault.is) {
    case 'reading':
      return null;
    case 'unreachable':
      return (
        <Stuck title={frameText.unreachable} what={vault.failure.message} next={vault.failure.hint}>
          <Button look="primary" large wide onClick={() => void windowOpened()}>
            {frameText.tryAgain}
          </Button>
          <DamagedWayOn failure={vault.failure} />
        </Stuck>
      );
    case 'missing':
      return <FirstRun path={vault.path} />;
    case 'locked':
      return <Unlock path={vault.path} />;
    case 'open':
      return (
        <Suspense fallback={<Reading />}>
          <Inside inventory={inventory} />
        </Suspense>
      );
  }
}

function Inside({ inventory }: { inventory: InventoryView }) {
  const inventoryOpened = useRondo((state) => state.inventoryOpened);
  const lockPressed = useRondo((state) => state.lockPressed);
  switch (inventory.is) {
    case 'unread':
      return <Reading />;
    case 'failed':
      return (
        <Stuck
          title={frameText.unread}
          what={inventory.failure.message}
          next={inventory.failure.hint ?? frameText.unreadHint}
        >
          <Button look="primary" large wide onClick={() => void inventoryOpened()}>
            {frameText.tryAgain}
          </Button>
          <Button large wide onClick={() => void lockPressed()}>
            {frameText.lock}
          </Button>
          <RestoreWayOn />
        </Stuck>
      );
    case 'read':
      return <Opened inventory={inventory.value} />;
  }
}

function Reading() {
  return <main className="nothing">{frameText.reading}</main>;
}
