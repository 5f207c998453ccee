import { isoInstant } from '../../platform/clock.ts';
import type { RunStep } from './step.ts';

/** Afterwards the new value is sealed in the vault, in the same transaction that says that creating is done. */
export const runCreate: RunStep = async ({ world, caller, record, note }) => {
  const { lifetimeMs, ...wanted } = record.request;
  const request =
    lifetimeMs === undefined ? wanted : { ...wanted, expiresAt: isoInstant(world.clock.now() + lifetimeMs) };
  const created = await world.tokens.create({
    caller,
    place: record.place,
    request,
    record: (attempt, settled) => note({ attempt, ...(settled === undefined ? {} : { settled }) }),
    ...(record.attempt === undefined ? {} : { interrupted: record.attempt }),
  });
  const at = isoInstant(world.clock.now());
  return {
    detail: `created ${created.remoteId ?? created.label}, its value is sealed`,
    also: (transaction) => {
      const replacement = world.tokens.addReplacement(transaction, {
        old: record.token,
        place: record.place,
        created,
        keep: record.keep,
        at,
      });
      created.value.fill(0);
      return { replacement, createdAt: at };
    },
  };
};
