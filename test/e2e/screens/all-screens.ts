import { actsScreens } from './acts.ts';
import { doorScreens } from './door.ts';
import { frameScreens } from './frame.ts';
import { guidedScreens } from './guided.ts';
import { inDoubtScreens } from './in-doubt.ts';
import { inventoryScreens } from './inventory.ts';
import { jobScreens } from './job.ts';
import { nothingScreens } from './nothing.ts';
import { rotationScreens } from './rotation.ts';
import type { Screen } from './screen.ts';
import { settingsScreens } from './settings.ts';
import { takenScreens } from './taken.ts';

/** Every screen of the window, in the order in which a newcomer meets them. */
export const screens: readonly Screen[] = [
  ...doorScreens,
  ...inventoryScreens,
  ...actsScreens,
  ...rotationScreens,
  ...takenScreens,
  ...inDoubtScreens,
  ...guidedScreens,
  ...jobScreens,
  ...frameScreens,
  ...settingsScreens,
  ...nothingScreens,
];
