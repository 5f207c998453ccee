import { printable } from './labels.ts';

const dayMs = 86_400_000;

export interface Asked {
  readonly wireScope?: string;
  readonly access?: string;
  /** It replaces a personal token of no access level, which may do all that its user may. */
  readonly isFull?: boolean;
  readonly life?: { readonly fromMs: number; readonly lifetimeMs: number };
}

/** As far as the list or the answer to the create says; `tellsExpiry`: the list gives that of some. */
export interface Made {
  readonly wireScope?: string | undefined;
  readonly access?: string | undefined;
  readonly expiresAt?: string | undefined;
  readonly tellsExpiry: boolean;
}

/**
 * CircleCI's names of these fields are known from its page only, and a host that does not know one ignores it: so what was
 * made is compared with what was asked for, a sentence for each difference. What nobody says is no contradiction. Pure.
 */
export function madeOtherwise(asked: Asked, made: Made): string[] {
  return [
    ...otherwise('scope', asked.wireScope, made.wireScope),
    ...otherwise('access', asked.access, made.access),
    ...(asked.isFull && isLessThanFull(made.access) ? [`asked for full access, it has ${made.access}`] : []),
    ...(asked.life === undefined ? [] : otherExpiry(asked.life, made)),
  ];
}

/** Of a level that is not known, nobody says that it is less. */
export function isLessThanFull(access: string | undefined): boolean {
  return access === 'read' || access === 'write';
}

function otherwise(name: string, asked: string | undefined, made: string | undefined): string[] {
  if (asked === undefined || made === undefined || asked === made) return [];
  return [`asked for the ${name} ${printable(asked)}, it has ${printable(made)}`];
}

/** A host may round to days or to the times that it offers: later is a longer risk, half the time is a surprise. */
function otherExpiry({ fromMs, lifetimeMs }: NonNullable<Asked['life']>, { expiresAt, tellsExpiry }: Made): string[] {
  const asked = `asked to expire on ${new Date(fromMs + lifetimeMs).toISOString().slice(0, 10)}`;
  if (expiresAt === undefined) return tellsExpiry ? [`${asked}, it never does`] : [];
  const laterMs = Date.parse(expiresAt) - (fromMs + lifetimeMs);
  const isOtherwise = laterMs > dayMs || (-laterMs > dayMs && -laterMs > lifetimeMs / 2);
  return isOtherwise ? [`${asked}, it does on ${expiresAt.slice(0, 10)}`] : [];
}
