import { type Site, tokensPage } from '../../shared/circleci-pages.ts';
import type { ByHandAct, Guide } from '../../shared/contract/rotation.ts';
import { printable } from '../../shared/labels.ts';
import type { RotatedToken } from './ports.ts';
import type { RotationRecord } from './rotation-record.ts';

/** CircleCI's page and, in one line, what to do there. Pure. */
export interface GuideFacts extends Site {
  readonly old: RotatedToken;
  readonly fresh?: RotatedToken;
}

export function guideOf(record: RotationRecord, act: ByHandAct, facts: GuideFacts): Guide {
  const { place } = record;
  return {
    act,
    url: place.kind === 'personal' ? tokensPage(facts) : tokensPage(facts, place.slug),
    line: lineOf(record, act, facts),
  };
}

/** As CircleCI's page calls them. */
const scopeNames: ReadonlyMap<string, string> = new Map([
  ['status', 'Status'],
  ['view-builds', 'Read Only'],
  ['all', 'Admin'],
]);

const day = 86_400_000;

function lineOf(record: RotationRecord, act: ByHandAct, { old, fresh }: GuideFacts): string {
  const { place, request } = record;
  const { label, wireScope, access, lifetimeMs } = request;
  switch (act) {
    case 'create': {
      const scope =
        wireScope === undefined ? '' : ` with the scope ${scopeNames.get(wireScope) ?? printable(wireScope)}`;
      const level = levelWords(place, access);
      const expiry = lifetimeMs === undefined ? '' : `, which expires in ${Math.round(lifetimeMs / day)} days`;
      return `Create a token named "${printable(label)}"${scope}${level}${expiry}, and give its value to Rondo.`;
    }
    case 'delete':
      if (record.retiredAt !== undefined) {
        return `CircleCI answered that the old token "${printable(old.label)}"${hallmarks(old)} is deleted. Look whether this page still has it, delete it there if so, and say so.`;
      }
      return `Delete the old token "${printable(old.label)}"${hallmarks(old)}, not the new one, and say so.`;
    case 'authorize': {
      const organizations = (record.authorize ?? []).map(printable).join(', ');
      const perhaps = (record.authorizePerhaps ?? []).map(printable).join(', ');
      const unsure =
        perhaps === ''
          ? ''
          : ` Nothing tells whether that is needed for ${perhaps}: Rondo's own token is refused there as well.`;
      return `Authorize the new token "${printable(fresh?.label ?? label)}" for single sign-on: ${organizations}.${unsure} Then say so.`;
    }
  }
}

/** A personal token of no access level does all that its user may; the page may have such no more. */
function levelWords({ kind }: RotationRecord['place'], access: string | undefined): string {
  if (access !== undefined) return ` with the access ${printable(access)}`;
  return kind === 'personal' ? ' with the access admin, where the page has that choice' : '';
}

/** Old and new often share their name. */
function hallmarks({ createdAt, tail }: RotatedToken): string {
  const marks = [
    ...(createdAt === undefined ? [] : [`created ${createdAt.slice(0, 10)}`]),
    ...(tail === undefined ? [] : [`ends in ${printable(tail)}`]),
  ];
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`;
}
