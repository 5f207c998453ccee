import { expectOk } from '../support/core-pieces.ts';
import { type BareFile, openBareFile } from './bare-file.ts';
import { connect } from './connected.ts';
import { type Figure, median, milliseconds } from './measure.ts';

/**
 * What a rotation takes besides waiting for CircleCI: its journal, its sealing, its decisions. Most of that is SQLite and
 * the disk (four fsyncs a line), so the same number of bare writes is measured beside it, in the same rhythm: a disk that
 * was let alone for a round trip is slower than one in a tight loop.
 */
export async function measureRotation(deriveKeyWorkerUrl: URL): Promise<Figure[]> {
  const stopwatch = requestStopwatch();
  await using bareFile = await openBareFile();
  await using connected = await connect(deriveKeyWorkerUrl, { observe: stopwatch.observe });
  const { client, sandbox } = connected;
  const { tokens } = expectOk(await client('token.list', { kind: 'project', scope: 'read-only', state: 'active' }));
  let id = tokens[0]?.id;
  const own: number[] = [];
  const whole: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < 25 && id !== undefined; run += 1) {
    stopwatch.reset();
    const start = performance.now();
    const { rotations } = expectOk(await client('rotation.start', { ids: [id], keep: false, dryRun: false }));
    const totalMs = performance.now() - start;
    if (rotations[0]?.state !== 'done') throw new Error('the rotation did not end');
    id = rotations[0].replacement;
    whole.push(totalMs);
    own.push(totalMs - stopwatch.requestMs());
    bare.push(await bareWritesMs(bareFile, stopwatch.writes(), sandbox.url));
  }
  const [ownMs, bareMs] = [median(own), median(bare)];
  const besidesMs = Math.max(0, ownMs - bareMs);
  const writes = `${stopwatch.writes()} bare SQLite writes: ${milliseconds(bareMs)}`;
  return [
    {
      name: "a rotation's own time besides its round trips",
      measured: `${milliseconds(ownMs)} of ${milliseconds(median(whole))}; ${writes}`,
      ratio: ownMs,
      aim: 'under 10 ms',
      reached: ownMs < 10,
    },
    {
      name: '… of it, what is neither SQLite nor the disk',
      measured: milliseconds(besidesMs),
      ratio: besidesMs,
      aim: 'under 10 ms',
      reached: besidesMs < 10,
    },
  ];
}

/** Milliseconds of so many writes, each after a round trip that is not counted. */
async function bareWritesMs(file: BareFile, writes: number, url: string): Promise<number> {
  let totalMs = 0;
  for (let write = 0; write < writes; write += 1) {
    await (await fetch(`${url}/api/v2/me`)).arrayBuffer();
    const start = performance.now();
    file.write();
    totalMs += performance.now() - start;
  }
  return totalMs;
}

/** Adds up the time between each request's sending and its answer, and counts writes. A rotation does one thing at a time. */
function requestStopwatch() {
  let sentAt = 0;
  let totalMs = 0;
  let writes = 0;
  return {
    reset() {
      totalMs = 0;
      writes = 0;
    },
    /** Durable writes of the rotation since the reset. */
    writes: () => writes,
    requestMs: () => totalMs,
    observe(point: string) {
      if (point.startsWith('journal ') && point.endsWith(' after')) writes += 1;
      if (!point.startsWith('request ')) return;
      if (point.endsWith(' before')) sentAt = performance.now();
      else totalMs += performance.now() - sentAt;
    },
  };
}
