import type { Dispose } from '../../shared/contract/kit.ts';
import type { Stood } from '../../shared/contract/window.ts';
import type { Api } from '../bridge/api.ts';
import type { RondoState, RondoStore } from './store.ts';

type Where = Pick<RondoState, 'place' | 'cursor'>;

export function placeOf({ at, token, rotation, cursor }: Stood): Where {
  const place =
    at !== 'rotation'
      ? { at }
      : token === undefined
        ? ({ at: 'rotations' } as const)
        : { at, token, ...(rotation === undefined ? {} : { rotation }) };
  return { place, cursor };
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
