/** What the core asks of whoever runs it. A front door that lacks a thing leaves it out. */
export interface Host {
  /**
   * Puts a value on the clipboard, marked for exclusion from histories where the system has a mark, and takes care that it
   * is cleared. The bytes are overwritten by the host when they are there.
   */
  copySecret?(token: string, value: Uint8Array): Promise<{ readonly clearsAt: string; readonly marked: boolean }>;
}
