/** A channel between processes carries objects only; a utility process's carries any clone, so that each is wrapped. */
export function wrap(data: unknown): { readonly data: unknown } {
  return { data };
}

export function unwrap(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'data' in message ? message.data : undefined;
}
