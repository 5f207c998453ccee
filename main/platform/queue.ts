import PQueue from 'p-queue';

/** Runs `work` for each item, at most `concurrency` at once; results in the items' order. The first failure rejects. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const queue = new PQueue({ concurrency });
  return Promise.all(items.map((item) => queue.add(() => work(item))));
}
