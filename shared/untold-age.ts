/** Of tokens that were chosen by their age; `counted`: with its noun. */
export function untoldAgeText(amount: number, counted: string): string {
  return `${counted} whose age CircleCI does not tell ${amount === 1 ? 'is' : 'are'} among them.`;
}
