import type { Token, TokenState } from '../../../shared/contract/token.ts';
import { counted, shortDate, shortId } from './short.ts';
import type { Style, Tone } from './style.ts';
import { type Column, table } from './table.ts';

const stateTones: Record<TokenState, Tone> = {
  active: 'plain',
  unknown: 'warn',
  expired: 'bad',
  leaked: 'bad',
  gone: 'quiet',
  revoked: 'quiet',
};

const valueWords: Record<Token['hasValue'], string | undefined> = { none: undefined, sealed: 'sealed', kept: 'kept' };

const columns: readonly Column<Token>[] = [
  { title: 'ID', cell: (token) => shortId(token.id) },
  { title: 'KIND', cell: (token) => token.kind },
  { title: 'WHERE', cell: (token) => token.project ?? shortId(token.account), shrinks: true },
  { title: 'SCOPE', cell: (token) => token.scope ?? token.access },
  { title: 'LABEL', cell: (token) => token.label, shrinks: true },
  { title: 'STATE', cell: (token) => token.state, tone: (token) => stateTones[token.state] },
  { title: 'VALUE', cell: (token) => valueWords[token.hasValue] },
  { title: 'TAIL', cell: (token) => (token.tail === undefined ? undefined : `…${token.tail}`) },
  { title: 'CREATED', cell: (token) => shortDate(token.createdAt) },
  { title: 'EXPIRES', cell: (token) => shortDate(token.expiresAt) },
];

export function tokenLines(tokens: readonly Token[], style: Style): string[] {
  if (tokens.length === 0) return ['No tokens.'];
  return [...table(tokens, columns, style), style.paint('quiet', counted(tokens.length, 'token'))];
}

const fields: readonly (readonly [string, (token: Token) => string | undefined])[] = [
  ['id', (token) => token.id],
  ['kind', (token) => token.kind],
  ['account', (token) => token.account],
  ['project', (token) => token.project],
  ['scope', (token) => token.scope],
  ['access', (token) => token.access],
  ['label', (token) => token.label],
  ['state', (token) => token.state],
  ['value', (token) => token.hasValue],
  ['tail', (token) => token.tail],
  ['created', (token) => token.createdAt],
  ['expires', (token) => token.expiresAt],
  ['last used', (token) => token.lastUsedAt],
  ['first seen', (token) => token.firstSeenAt],
  ['last seen', (token) => token.lastSeenAt],
  ['due', (token) => token.dueAt],
  ['replaces', (token) => token.rotatedFrom],
  ['replaced by', (token) => token.rotatedTo],
  ['owner', (token) => token.owner],
  ['tags', (token) => (token.tags.length === 0 ? undefined : token.tags.join(', '))],
  ['note', (token) => token.note],
];

/** One token, a line a field. */
export function tokenFields(token: Token, style: Style): string[] {
  const rows = fields.flatMap(([name, value]) => {
    const text = value(token);
    return text === undefined ? [] : [{ name, text }];
  });
  return fieldLines(rows, style);
}

/** Names in front, values behind; the head of the table says nothing here. */
export function fieldLines(rows: readonly { readonly name: string; readonly text: string }[], style: Style): string[] {
  return table(
    rows,
    [
      { title: '', cell: (row) => row.name, tone: () => 'quiet' },
      { title: '', cell: (row) => row.text },
    ],
    { ...style, columns: undefined },
  ).slice(1);
}
