import type { Crossing, CrossingOptions } from './crossing.ts';

export interface WorldNames {
  readonly mainWorld: string;
  readonly isolatedWorld: string;
}

/**
 * Runs in the page's world before any of its scripts, and puts there what the preload exposes.
 * The name of a function of the page's world and nothing else: its text is sent to the page.
 */
export function mainWorld(names: WorldNames, createCrossing: (options: CrossingOptions) => Crossing): void {
  // As in Electron, a preload runs in the top frame only.
  if (window.top !== window) return;
  createCrossing({
    ownName: names.mainWorld,
    otherName: names.isolatedWorld,
    expose(key, api) {
      if (Object.hasOwn(window, key)) {
        throw new Error(`Cannot bind an API on top of an existing property on the window object`);
      }
      Object.defineProperty(window, key, { value: api, writable: false, configurable: false, enumerable: true });
    },
  });
}
