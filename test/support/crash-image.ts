// What may be on the disk when the machine stops between two events.
//
// The model: what was synced is there. Of everything else any part may be: nothing, all, what came first with the last
// write torn, or any choice of the 512-byte sectors; a file that grew holds zeros where a write is missing. Names of files
// come in their order, and any number of the last ones may be missing. Not in the model: a disk that lies about a sync,
// or spoils what it had.
import type { DiskEvent, Inode } from './disk-recorder.ts';
import type { Seeded } from './seeded.ts';

const sectorBytes = 512;

interface Storage {
  durable: Buffer;
  pending: DiskEvent[];
}

type NameEvent = Extract<DiskEvent, { kind: 'link' | 'unlink' | 'rename' }>;

export class CrashedDisk {
  readonly #events: readonly DiskEvent[];
  readonly #inodes = new Map<Inode, Storage>();
  readonly #names = new Map<string, Inode>();
  #pendingNames: NameEvent[] = [];
  #position = 0;
  #acknowledged = 0;

  constructor(events: readonly DiskEvent[]) {
    this.#events = events;
  }

  /** Transactions that must be there. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** The disk after so many events; it only goes forward. */
  advance(position: number): void {
    while (this.#position < position) {
      const event = this.#events[this.#position++];
      if (event !== undefined) this.#take(event);
    }
  }

  /** @returns the files that are there after the power is back, by name */
  image(chance: Seeded): ReadonlyMap<string, Buffer> {
    const names = new Map(this.#names);
    const nameCount = chance.below(this.#pendingNames.length + 1);
    for (const event of this.#pendingNames.slice(0, nameCount)) rename(names, event);
    const contents = new Map<Inode, Buffer>();
    const mode = chance.below(4);
    for (const inode of names.values())
      contents.set(inode, contents.get(inode) ?? survivor(this.#storage(inode), mode, chance));
    return new Map([...names].map(([name, inode]) => [name, contents.get(inode) ?? Buffer.alloc(0)]));
  }

  #storage(inode: Inode): Storage {
    const known = this.#inodes.get(inode);
    if (known !== undefined) return known;
    const made = { durable: Buffer.alloc(0), pending: [] };
    this.#inodes.set(inode, made);
    return made;
  }

  #take(event: DiskEvent): void {
    switch (event.kind) {
      case 'write':
      case 'resize':
        this.#storage(event.inode).pending.push(event);
        return;
      case 'sync': {
        const storage = this.#storage(event.inode);
        for (const earlier of storage.pending.splice(0)) storage.durable = applied(storage.durable, earlier);
        return;
      }
      case 'sync-folder':
        for (const earlier of this.#pendingNames.splice(0)) rename(this.#names, earlier);
        return;
      case 'acknowledged':
        this.#acknowledged = event.commits;
        return;
      default:
        this.#pendingNames.push(event);
    }
  }
}

function rename(names: Map<string, Inode>, event: NameEvent): void {
  if (event.kind === 'link') names.set(event.name, event.inode);
  else {
    const inode = names.get(event.name);
    names.delete(event.name);
    if (event.kind === 'rename' && inode !== undefined) names.set(event.to, inode);
  }
}

function survivor({ durable, pending }: Storage, mode: number, chance: Seeded): Buffer {
  let content = durable;
  if (mode === 0) return content;
  const count = mode === 2 ? chance.below(pending.length + 1) : pending.length;
  for (const event of pending.slice(0, count)) {
    if (mode !== 3 || !chance.onceIn(3)) content = applied(content, event);
  }
  const torn = pending[count];
  if (torn?.kind === 'write')
    content = applied(content, { ...torn, bytes: torn.bytes.subarray(0, chance.below(sectorBytes)) });
  return content;
}

function applied(content: Buffer, event: DiskEvent): Buffer {
  if (event.kind === 'resize') {
    const resized = Buffer.alloc(event.size);
    content.copy(resized);
    return resized;
  }
  if (event.kind !== 'write') return content;
  const result = Buffer.alloc(Math.max(content.length, event.at + event.bytes.length));
  content.copy(result);
  event.bytes.copy(result, event.at);
  return result;
}
