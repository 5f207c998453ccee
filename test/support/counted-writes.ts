// Transactions of which half is easily told from all: number n changes a counter, several records, the journal and the
// log together. Whoever opens the vault afterwards finds the state of exactly one n.
import type { VaultReader, VaultSession } from '../../main/vault/vault.ts';

const shareCount = 4;
const idOf = (index: number) => index.toString(16).padStart(32, '0');
const counterId = idOf(255);
const bytes = (text: string) => new TextEncoder().encode(text);

/** Two of four bring no value and no journal row: such a transaction is not moved into the file at once. */
const bringsValue = (n: number) => n % 4 < 2;
const lastWithValue = (n: number) => (bringsValue(n) ? n : n - (n % 4) + 1);
/** Long ones and short ones, so that rows move between pages. */
const valueFor = (n: number, index: number) => `value ${n} of ${index} `.repeat(1 + ((n * 7 + index * 3) % 11));

export function writeCounted(session: Pick<VaultSession, 'write'>, n: number): void {
  session.write((transaction) => {
    for (let index = 0; index < shareCount; index++) {
      const record = { id: idOf(index), kind: 'share', meta: { n } };
      transaction.putRecord(record, bringsValue(n) ? bytes(valueFor(n, index)) : 'same');
      if (bringsValue(n)) transaction.putJournal(idOf(index), { n });
    }
    // Rows come and go as well.
    if (n % 4 > 1) transaction.putRecord({ id: idOf(99), kind: 'guest', meta: { n } }, 'same');
    else transaction.removeRecord(idOf(99));
    transaction.putRecord({ id: counterId, kind: 'counter', meta: { n } }, 'same');
    transaction.appendLog({
      at: '2026-11-26T00:00:00.000Z',
      actor: 'test',
      action: 'count',
      detail: `${n}`,
      outcome: 'ok',
    });
  });
}

/** @returns the n whose state this is: all of it. 0: nothing was counted. @throws Error when it is no state of one n */
export function readCounted(session: VaultSession): number {
  const n = numberOf(session.record(counterId)?.meta) ?? 0;
  const wrong = n === 0 ? leftovers(session) : differences(session, n);
  if (wrong.length > 0) throw new Error(`not the state of ${n}: ${wrong.join('; ')}`);
  return n;
}

function leftovers(session: VaultReader): string[] {
  return session.records('share').length + session.records('guest').length + session.journal().size === 0
    ? []
    : ['there are rows without the counter'];
}

function differences(session: VaultSession, n: number): string[] {
  const wrong: string[] = [];
  const journal = session.journal();
  for (let index = 0; index < shareCount; index++) {
    const id = idOf(index);
    const meta = numberOf(session.record(id)?.meta);
    if (meta !== n) wrong.push(`record ${index} is of ${meta}`);
    const value = session.withSecret(id, (secret) => new TextDecoder().decode(secret));
    if (value !== valueFor(lastWithValue(n), index)) wrong.push(`value ${index} is "${value?.slice(0, 20)}"`);
    const row = numberOf(journal.get(id));
    if (row !== lastWithValue(n)) wrong.push(`journal row ${index} is of ${row}`);
  }
  const guest = numberOf(session.record(idOf(99))?.meta);
  if (guest !== (n % 4 > 1 ? n : undefined)) wrong.push(`the guest is of ${guest}`);
  const counted = session.log().filter(({ action }) => action === 'count');
  if (counted.length !== n || counted.some(({ detail }, index) => detail !== `${index + 1}`)) {
    wrong.push(`the log counts ${counted.length}`);
  }
  return wrong;
}

function numberOf(meta: unknown): number | undefined {
  return typeof meta === 'object' && meta !== null && 'n' in meta && typeof meta.n === 'number' ? meta.n : undefined;
}
