/** What the core says in a line, as a sentence of its own on the screen. */
export function asSentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The same with its full stop, as it stands beside whole sentences. */
export function asWholeSentence(words: string): string {
  return /[.?!]$/.test(words) ? asSentence(words) : `${asSentence(words)}.`;
}

/** Whole sentences, one after the other. */
export function sentences(...said: readonly (string | undefined)[]): string {
  return said.filter((words) => words !== undefined).join(' ');
}
