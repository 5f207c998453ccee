import type { Dispose, EventOf, Events } from '../shared/contract/kit.ts';

/** Announces whole new values, numbered in the order in which they became true. An event never asks for anything. */
export interface EventHub<E extends Events> {
  publish<Name extends keyof E & string>(event: Name, value: Extract<EventOf<E>, { event: Name }>['value']): void;
  subscribe(listener: (event: EventOf<E>) => void): Dispose;
  /** Of the newest event: a snapshot taken now contains everything up to it. */
  revision(): number;
}

export function createEvents<E extends Events>(): EventHub<E> {
  const listeners = new Set<(event: EventOf<E>) => void>();
  let revision = 0;
  return {
    publish(event, value) {
      revision += 1;
      const announced = { event, revision, value } as EventOf<E>;
      for (const listener of [...listeners]) listener(announced);
    },
    revision: () => revision,
    subscribe(listener) {
      const own = (event: EventOf<E>) => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
