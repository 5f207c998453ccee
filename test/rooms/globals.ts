import { at, type Finding, isNode, type Node, nameOf, type Place, type SourceFile } from './source-file.ts';

/**
 * What a program reaches without importing it: the time, chance, the console, the network. Each has its room; everyone
 * else gets it as an argument, so that tests can give their own.
 */
const homes: readonly {
  readonly what: string;
  readonly rooms: readonly string[];
  readonly isUse: (place: Place) => boolean;
}[] = [
  // The worker is a thread of its own, which nobody can hand a clock.
  { what: 'the time of day', rooms: ['main/platform/', 'main/vault/derive-key-worker.ts'], isUse: asksTime },
  { what: 'chance', rooms: ['main/platform/'], isUse: asksChance },
  { what: 'the console', rooms: ['main/platform/'], isUse: isReferenceTo('console') },
  {
    what: 'the network',
    rooms: ['main/circleci/', 'main/sandbox/'],
    isUse: isReferenceTo('fetch', 'WebSocket', 'EventSource'),
  },
  // A second name for all of the above.
  { what: 'the global object', rooms: [], isUse: isReferenceTo('globalThis', 'global', 'eval', 'Function') },
];

export function globalsAtHome(file: SourceFile): Finding[] {
  if (!/^(main|shared)\//.test(file.path)) return [];
  return homes
    .filter(({ rooms }) => !rooms.some((room) => file.path.startsWith(room)))
    .flatMap(({ what, isUse }) =>
      file.places.filter(isUse).map(({ node }) => ({
        rule: 'globals',
        at: at(file, node.start),
        problem: `${what} does not belong here: take it as an argument`,
      })),
    );
}

function isReferenceTo(...names: readonly string[]): (place: Place) => boolean {
  return (place) => place.node.type === 'Identifier' && names.includes(nameOf(place.node) ?? '') && isReference(place);
}

/** Not a key, a property's name, or a part of a type. */
function isReference({ node, parent }: Place): boolean {
  if (parent === undefined) return false;
  if (parent.type.startsWith('TS')) return parent.expression === node;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true;
  const isKey = ['Property', 'PropertyDefinition', 'MethodDefinition'].includes(parent.type) && parent.key === node;
  return !isKey || parent.computed === true || parent.shorthand === true;
}

/** Any use of `Date` but the ones that only calculate: `new Date(instant)`, `Date.parse`, `Date.UTC`, `instanceof`. */
function asksTime(place: Place): boolean {
  if (isReferenceTo('performance', 'Temporal')(place)) return true;
  if (!isReferenceTo('Date')(place)) return false;
  const { node, parent } = place;
  if (parent?.type === 'NewExpression') return !(Array.isArray(parent.arguments) && parent.arguments.length > 0);
  if (parent?.type === 'MemberExpression') return !['parse', 'UTC'].includes(nameOf(parent) ?? '');
  return !(parent?.type === 'BinaryExpression' && parent.operator === 'instanceof' && parent.right === node);
}

/** `Math.random`, by whatever spelling; and `crypto`, which is there without an import. */
function asksChance(place: Place): boolean {
  if (isReferenceTo('crypto')(place)) return true;
  if (!isReferenceTo('Math')(place)) return false;
  const name = isMember(place.parent) ? nameOf(place.parent) : undefined;
  return name === undefined || name === 'random';
}

function isMember(node: Node | undefined): node is Node {
  return isNode(node) && node.type === 'MemberExpression';
}
