/** The longest text that a page may have put on the clipboard: the report of a job over some thousand tokens. */
export const maxCopiedText = 4_000_000;
