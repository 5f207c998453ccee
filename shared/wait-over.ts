import type { Rotation } from './contract/rotation.ts';

/** What a step that still says `waiting` says of itself once what it waited for has come: nobody need do anything for it. */
export const waitIsOver =
  'for nothing any more: the old token is deleted when this is resumed, or by itself where Rondo stays open';

export function isWaitOver({ steps }: Pick<Rotation, 'steps'>): boolean {
  return steps.some(({ state, detail }) => state === 'waiting' && detail === waitIsOver);
}
