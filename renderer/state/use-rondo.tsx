import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { RondoState, RondoStore } from './store.ts';

const StoreContext = createContext<RondoStore | undefined>(undefined);

export function StoreProvider({ store, children }: { store: RondoStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useRondoStore(): RondoStore {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error('a screen is outside the store');
  return store;
}

export function useRondo<Selected>(selector: (state: RondoState) => Selected): Selected {
  return useStore(useRondoStore(), selector);
}

/** The time of day, told again every `everyMs`: a countdown asks for 1 000, what counts days for a minute. */
export function useNow(everyMs = 60_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
