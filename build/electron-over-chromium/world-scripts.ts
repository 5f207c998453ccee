import { randomUUID } from 'node:crypto';
import { createCloneCoding } from './page/clone.ts';
import { createCrossing } from './page/crossing.ts';
import { isolatedWorld } from './page/isolated-world.ts';
import { mainWorld } from './page/main-world.ts';

/**
 * What runs in every new document before its own scripts. The texts are those of the functions themselves: Node runs
 * their sources with the types blanked out, and they name nothing from outside.
 */
export interface WorldScripts {
  readonly main: string;
  readonly isolated: string;
  readonly worldName: string;
  readonly bindingName: string;
  readonly receiverName: string;
}

/** @param preload the text of a CommonJS bundle */
export function createWorldScripts(preload: string, process: Readonly<Record<string, unknown>>): WorldScripts {
  const name = () => `x${randomUUID().replaceAll('-', '')}`;
  const names = { mainWorld: name(), isolatedWorld: name() };
  const [bindingName, receiverName] = [name(), name()];
  const options = { names, bindingName, receiverName, process };
  return {
    worldName: 'preload',
    bindingName,
    receiverName,
    main: `(${mainWorld})(${JSON.stringify(names)}, ${createCrossing});`,
    isolated: `(${isolatedWorld})(${JSON.stringify(options)}, {
  createCrossing: ${createCrossing},
  createCloneCoding: ${createCloneCoding},
  preload: (require, module, exports, process) => {
${preload}
} });`,
  };
}
