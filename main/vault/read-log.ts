import { isCorruption } from './read-records.ts';
import type { Cell, Statements } from './statements.ts';

export type LogCells = readonly [number: Cell, entry: Cell];

/** All rows of the log in order; from a damaged file those before the first and after the last unreadable page. */
export function readLog(statements: Statements): readonly LogCells[] {
  const upwards: LogCells[] = [];
  if (collect(statements.logUpwards, upwards)) return upwards;
  const downwards: LogCells[] = [];
  collect(statements.logDownwards, downwards);
  const last = Number(upwards.at(-1)?.[0] ?? 0);
  return [...upwards, ...downwards.filter(([number]) => Number(number) > last).reverse()];
}

/** False: SQLite found its own structure damaged on the way. */
function collect(statement: Statements['logUpwards'], found: LogCells[]): boolean {
  try {
    for (const cells of statement.iterate()) found.push(cells);
    return true;
  } catch (error) {
    if (!isCorruption(error)) throw error;
    return false;
  }
}
