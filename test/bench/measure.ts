/** One figure of the benchmark: ours against a baseline measured in the same run, beside its aim. */
export interface Figure {
  readonly name: string;
  /** What was measured, for the reader: `3.1 ms against 48 ms`. */
  readonly measured: string;
  readonly ratio: number;
  readonly aim: string;
  readonly reached: boolean;
  /** It depends on the machine next to nothing: where it is missed, the benchmark has failed. */
  readonly isPromised?: true;
}

/** The middle of several runs: one slow run (a neighbour on the machine, a collection) does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}

/** Milliseconds of each run. `prepare` is not measured. */
export async function timeEach<T>(
  runs: number,
  prepare: (run: number) => T | Promise<T>,
  work: (prepared: T) => unknown,
): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const prepared = await prepare(run);
    const start = performance.now();
    await work(prepared);
    times.push(performance.now() - start);
  }
  return times;
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
}

export function render(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, measured, ratio, aim, reached }) => [
    name,
    measured,
    ratio.toFixed(ratio < 10 ? 2 : 1),
    aim,
    reached ? 'reached' : 'MISSED',
  ]);
  const table = [['figure', 'measured', 'ratio', 'aim', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
