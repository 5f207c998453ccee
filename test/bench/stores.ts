import { kdbxStore } from './kdbx-store.ts';
import { type Figure, median, milliseconds, timeEach } from './measure.ts';
import { rondoStore } from './rondo-store.ts';

/** List and durable add against kdbxweb on the same data: at least ten times faster; an add without a value under 1 ms. */
export async function measureStores(count: number, deriveKeyWorkerUrl: URL): Promise<Figure[]> {
  const ours = await rondoStore(count, deriveKeyWorkerUrl);
  const theirs = await kdbxStore(count);
  const nothing = () => {};
  try {
    // Once unmeasured on both sides: the just-in-time compilers have seen the code.
    await ours.openAndList();
    await theirs.openAndList();
    const listed = median(await timeEach(7, nothing, () => ours.openAndList()));
    const theirListed = median(await timeEach(3, nothing, () => theirs.openAndList()));
    const added = median(
      await timeEach(
        200,
        (run) => count + run,
        (number) => ours.add(number, 'without value'),
      ),
    );
    const addedValue = median(
      await timeEach(
        200,
        (run) => 2 * count + run,
        (number) => ours.add(number, 'with value'),
      ),
    );
    const theirAdded = median(
      await timeEach(
        3,
        (run) => count + run,
        (number) => theirs.add(number),
      ),
    );
    const at = `at ${count.toLocaleString('en')} tokens`;
    const against = (name: string, our: number, their: number): Figure => ({
      name: `${name} ${at}`,
      measured: `${milliseconds(our)} against ${milliseconds(their)} (kdbxweb)`,
      ratio: their / our,
      aim: 'at least 10 times faster',
      reached: their / our >= 10,
    });
    return [
      against('open and list', listed, theirListed),
      against('durable add without a value', added, theirAdded),
      against('durable add with a value', addedValue, theirAdded),
      {
        name: `durable add without a value ${at}`,
        measured: milliseconds(added),
        ratio: added,
        aim: 'under 1 ms',
        reached: added < 1,
      },
    ];
  } finally {
    await ours.close();
    await theirs.close();
  }
}
