/** A variable that jobs read. Its value never leaves CircleCI again: only its end is shown. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly createdMs: number;
  /** Moves with every write, also of the same value. */
  readonly updatedMs: number;
}

export type Variables = Map<string, Variable>;

export interface Context {
  readonly id: string;
  readonly name: string;
  /** The organization's slug. */
  readonly organization: string;
  readonly createdMs: number;
  /** Ids of those who may change variables; absent: every member of the organization. */
  readonly writers?: ReadonlySet<string>;
  readonly variables: Variables;
}

/** CircleCI's documented limits. */
export const maxContextVariables = 100;
export const maxValueLength = 32_768;

export function setVariable(variables: Variables, wanted: { name: string; value: string; nowMs: number }): Variable {
  const { name, value, nowMs } = wanted;
  const variable = { name, value, createdMs: variables.get(name)?.createdMs ?? nowMs, updatedMs: nowMs };
  variables.set(name, variable);
  return variable;
}

/** The last four characters, of short values only half of them. */
export function tailOf(value: string): string {
  return value.slice(value.length - Math.min(4, Math.floor(value.length / 2)));
}
