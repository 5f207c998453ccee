import type { DevTools } from './devtools-pipe.ts';

/** Every permission that Chromium knows by name: also those that it grants without a question. */
const permissions = [
  ...[
    'accelerometer',
    'ambient-light-sensor',
    'background-fetch',
    'background-sync',
    'camera',
    'captured-surface-control',
  ],
  ...[
    'clipboard-read',
    'clipboard-write',
    'display-capture',
    'geolocation',
    'gyroscope',
    'idle-detection',
    'keyboard-lock',
  ],
  ...['local-fonts', 'local-network-access', 'magnetometer', 'microphone', 'midi', 'nfc', 'notifications'],
  ...['payment-handler', 'periodic-background-sync', 'persistent-storage', 'pointer-lock', 'screen-wake-lock'],
  ...['speaker-selection', 'storage-access', 'top-level-storage-access', 'window-management'],
];

export async function denyPermissions(browser: DevTools): Promise<void> {
  // An older or newer Chromium lacks some of them: what it does not know, it cannot grant.
  await Promise.allSettled(
    permissions.map((name) => browser.send('Browser.setPermission', { permission: { name }, setting: 'denied' })),
  );
}
