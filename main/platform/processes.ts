import { hostname } from 'node:os';
import { hasCode } from './files.ts';

/** Which process does something, so that others can tell later whether it still may. */
export interface Processes {
  /** The name of this one. */
  readonly own: string;
  /** Certainly: of one on another machine, or in another container, nothing is known. */
  isOver(name: string): boolean;
}

const here = hostname();

export const systemProcesses: Processes = {
  own: `${process.pid}@${here}`,
  isOver(name) {
    const [id = '', ...machine] = name.split('@');
    if (machine.join('@') !== here || !/^[1-9]\d*$/.test(id)) return false;
    try {
      // Signal 0 only asks.
      process.kill(Number(id), 0);
      return false;
    } catch (error) {
      return hasCode(error, 'ESRCH');
    }
  },
};
