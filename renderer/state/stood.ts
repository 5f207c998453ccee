import type { Dispose } from '../../shared/contract/kit.ts';
import type { Stood } from '../../shared/contract/window.ts';
import type { Api } from '../bridge/api.ts';
import type { RondoState, RondoStore } from './store.ts';

type Where = Pick<RondoState, 'place' | 'cursor'>;

export function placeOf({ cursor, ...stood }: Stood): Where {
  return { place: placeAt(stood), cursor };
}

function placeAt({ at, token, rotation, job }: Stood): RondoState['place'] {
  if (at === 'job') return job === undefined ? { at: 'rotations' } : { at, job };
  if (at !== 'rotation') return { at };
  return token === undefined ? { at: 'rotations' } : { at, token, ...(rotation === undefined ? {} : { rotation }) };
}

export function stoodAt({ place, cursor }: Where): Stood {
  return { ...place, ...(cursor === undefined ? {} : { cursor }) };
}

/** A lock takes this page away without asking, so every change is told at once. */
export function tellWhereOneStands(api: Api, store: RondoStore): Dispose {
  return store.subscribe((now, before) => {
    const isSame = now.place === before.place && now.cursor === before.cursor;
    if (!isSame && now.vault.is === 'open') void api.call('window.stand', stoodAt(now));
  });
}
