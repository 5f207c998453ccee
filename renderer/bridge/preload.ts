/** All that reaches the page from outside: two functions of the preload. Values are structured clones. */
export interface Preload {
  call(channel: string, input: unknown): Promise<unknown>;
  subscribe(listener: (event: unknown) => void): () => void;
}

declare global {
  interface Window {
    readonly rondo: Preload;
  }
}
