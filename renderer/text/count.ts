/** `1 token`, `52 tokens`, `10 000 tokens`: thousands apart, as in every figure. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${figure(amount)} ${amount === 1 ? one : many}`;
}

/** A narrow gap between thousands, which no line break may split. */
export function figure(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'] as const;

/** For the beginning of a sentence. */
export function spelled(amount: number): string {
  return words[amount] ?? figure(amount);
}

/** `list`, `list and create`, `list, create and delete`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
