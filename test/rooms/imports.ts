import { isNode, literalText, type Node, nameOf, type SourceFile } from './source-file.ts';

/** One way in which a file reaches another or a package. */
export interface Import {
  /** Undefined: computed while running, which nobody can check. */
  readonly specifier: string | undefined;
  readonly isTypeOnly: boolean;
  readonly offset: number;
}

/**
 * Every way there is: `import`, `export … from`, `import()`, `import('…').Type`, `import x = require()`, `require()`,
 * `createRequire(…)()`, `import.meta.resolve()`, `process.getBuiltinModule()`.
 */
export function importsOf(file: SourceFile): Import[] {
  return file.places.flatMap(({ node }) => {
    const request = requestOf(node);
    if (request === undefined) return [];
    return [{ specifier: literalText(request), isTypeOnly: isTypeOnly(node), offset: node.start }];
  });
}

/** The part of `node` that names what is imported, if it imports. */
function requestOf(node: Node): Node | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return isNode(node.source) ? node.source : undefined;
    case 'TSImportEqualsDeclaration':
      return isNode(node.moduleReference) && isNode(node.moduleReference.expression)
        ? node.moduleReference.expression
        : undefined;
    case 'CallExpression':
      return isRequire(node.callee) && Array.isArray(node.arguments) ? node.arguments[0] : undefined;
    default:
      return undefined;
  }
}

function isRequire(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'CallExpression') return nameOf(callee.callee) === 'createRequire';
  if (callee.type === 'MemberExpression' && isNode(callee.object) && callee.object.type === 'MetaProperty') {
    return nameOf(callee) === 'resolve';
  }
  return ['require', 'getBuiltinModule'].includes(nameOf(callee) ?? '');
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'TSImportType') return true;
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const { specifiers } = node;
  return Array.isArray(specifiers) && specifiers.length > 0 && specifiers.every(isTypeSpecifier);
}

function isTypeSpecifier(specifier: unknown): boolean {
  return isNode(specifier) && (specifier.importKind === 'type' || specifier.exportKind === 'type');
}
