import { type Comment, parseSync } from 'oxc-parser';

/** Any node of the syntax tree. The rules look at a handful of shapes, so fields are read as unknown and checked. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** A node and the one around it. */
export interface Place {
  readonly node: Node;
  readonly parent: Node | undefined;
}

export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly places: readonly Place[];
  readonly comments: readonly Comment[];
}

/** What a rule says about a file. `rule` names the rule, so that a planted violation can ask for exactly that one. */
export interface Finding {
  readonly rule: string;
  readonly at: string;
  readonly problem: string;
}

/** @throws when the parser does not understand the file: a rule that saw half a file would say that it is clean */
export function parseSource(path: string, text: string): SourceFile {
  const parsed = parseSync(path, text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  const places: Place[] = [];
  collect(parsed.program, undefined, places);
  return { path, text, places, comments: parsed.comments };
}

function collect(value: unknown, parent: Node | undefined, into: Place[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, parent, into);
  } else if (isNode(value)) {
    into.push({ node: value, parent });
    for (const field of Object.values(value)) collect(field, value, into);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** `path:line`, as editors and terminals open it. */
export function at(file: SourceFile, offset: number): string {
  return `${file.path}:${file.text.slice(0, offset).split('\n').length}`;
}

/** The text of a string literal, or of a template without holes. */
export function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis) || node.quasis.length !== 1) return undefined;
  const value: unknown = node.quasis[0].value?.cooked;
  return typeof value === 'string' ? value : undefined;
}

/** The name of an identifier, or of the property in `a.name` and `a['name']`. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return typeof node.name === 'string' ? node.name : undefined;
  if (node.type !== 'MemberExpression') return undefined;
  return node.computed === true ? literalText(node.property) : nameOf(node.property);
}
