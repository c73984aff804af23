/**
 * What a program uses of `@forge/react` and `@forge/bridge`, as the compiler sees it: through other names,
 * namespaces and files that pass an export on. What cannot be followed is a problem, not a gap.
 */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { nodesOf, projectRoot } from './source-files';

export interface UiKitUse {
  /** The path of the file from the project's root. */
  file: string;
  /** `Button`, `Button.onClick` (a prop that is a function), `useProductContext`, `bridge.view.close`, … */
  name?: string;
  /** Instead of a name: what cannot be followed, and what to write for it. */
  problem?: string;
}

const BRIDGE = '@forge/bridge';
const PACKAGES = ['@forge/react', BRIDGE];

/** Imports both packages, so that the compiler says what they export. */
const PROBE = join(projectRoot, 'ui-kit-use-probe.ts');
const PROBE_TEXT = PACKAGES.map((name, index) => `import * as p${index} from '${name}';`).join(
  '\n',
);

/**
 * @param texts files by path from the project's root: `undefined` for what stands on disk, else the content
 */
export function uiKitUse(texts: Readonly<Record<string, string | undefined>>): UiKitUse[] {
  const program = programOf(texts);
  const reader = new Reader(program.getTypeChecker(), program.getSourceFile(PROBE));
  for (const path of Object.keys(texts)) {
    const source = program.getSourceFile(join(projectRoot, path));
    if (!source) throw new Error(`There is no ${path}.`);
    for (const node of nodesOf(source)) reader.read(node);
  }
  return reader.uses;
}

function programOf(texts: Readonly<Record<string, string | undefined>>): ts.Program {
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  const given = new Map([[PROBE, PROBE_TEXT]]);
  for (const [path, text] of Object.entries(texts)) {
    if (text !== undefined) given.set(join(projectRoot, path), text);
  }
  const host = ts.createCompilerHost(options, true);
  return ts.createProgram(
    [PROBE, ...Object.keys(texts).map((path) => join(projectRoot, path))],
    { ...options, noEmit: true, incremental: false },
    {
      ...host,
      fileExists: (path) => given.has(path) || host.fileExists(path),
      readFile: (path) => given.get(path) ?? host.readFile(path),
      getSourceFile: (path, version, ...rest) => {
        const text = given.get(path);
        return text === undefined
          ? host.getSourceFile(path, version, ...rest)
          : ts.createSourceFile(path, text, version, true);
      },
    },
  );
}

class Reader {
  readonly uses: UiKitUse[] = [];
  private readonly modules = new Set<ts.Node | undefined>();
  /** Names of exports by what they stand for. */
  private readonly exports = new Map<ts.Symbol, string>();

  constructor(
    private readonly checker: ts.TypeChecker,
    probe: ts.SourceFile | undefined,
  ) {
    for (const node of probe ? nodesOf(probe) : []) {
      if (!ts.isStringLiteral(node)) continue;
      const module = checker.getSymbolAtLocation(node);
      if (!module) throw new Error(`There is no ${node.text}.`);
      this.modules.add(module.valueDeclaration);
      for (const symbol of checker.getExportsOfModule(module)) {
        const value = this.resolved(symbol);
        if (!value || !(value.flags & ts.SymbolFlags.Value)) continue;
        // Both packages have a `Modal`.
        this.exports.set(value, node.text === BRIDGE ? `bridge.${symbol.name}` : symbol.name);
      }
    }
  }

  read(node: ts.Node): void {
    if (ts.isStringLiteralLike(node)) this.readSpecifier(node);
    if (!ts.isIdentifier(node)) return;
    if (node.text === 'createElement') {
      this.problem(node, 'write elements as JSX, so that their props are seen');
    }
    const symbol = this.symbolOf(node);
    if (!symbol || isDeclaring(node)) return;
    if (symbol.flags & ts.SymbolFlags.ValueModule && this.modules.has(symbol.valueDeclaration)) {
      if (isNamespaceOf(node)) return;
      this.problem(node, 'name what is used of the package');
      return;
    }
    const name = this.exports.get(symbol);
    // `UI.Button` stands where `Button` would.
    if (name !== undefined)
      this.readUse(
        ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
          ? node.parent
          : node,
        name,
      );
  }

  /** Paths inside of a package, `require` and `import()` lead past this. */
  private readSpecifier(node: ts.StringLiteralLike): void {
    const name = PACKAGES.find((one) => node.text === one || node.text.startsWith(`${one}/`));
    if (name === undefined) return;
    const { parent } = node;
    const isImport = ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent);
    if (!isImport || node.text !== name) this.problem(node, `import from ${name} by name`);
  }

  private readUse(expression: ts.Expression, name: string): void {
    const { parent } = expression;
    if (isJsxTag(expression)) {
      this.add(expression, name);
      if (!ts.isJsxClosingElement(parent)) this.readProps(parent as ts.JsxOpeningLikeElement, name);
      return;
    }
    let path = name;
    let used = expression;
    while (ts.isPropertyAccessExpression(used.parent) && used.parent.expression === used) {
      used = used.parent;
      path += `.${(used as ts.PropertyAccessExpression).name.text}`;
    }
    const isCalled =
      (ts.isCallExpression(used.parent) || ts.isNewExpression(used.parent)) &&
      used.parent.expression === used;
    const isConstant = used !== expression && isPlain(this.checker.getTypeAtLocation(used));
    if (isCalled) this.add(expression, path);
    else if (!isConstant) {
      this.problem(expression, 'use it as a JSX element or call it where it is named');
    }
  }

  private readProps(element: ts.JsxOpeningLikeElement, name: string): void {
    for (const attribute of element.attributes.properties) {
      if (ts.isJsxAttribute(attribute)) {
        const { initializer } = attribute;
        if (!initializer || !ts.isJsxExpression(initializer) || !initializer.expression) continue;
        const type = this.checker.getTypeAtLocation(initializer.expression);
        this.readProp(attribute, name, attribute.name.getText(), type);
      } else {
        const type = this.checker.getTypeAtLocation(attribute.expression);
        if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) {
          this.problem(attribute, 'the compiler does not know which props these are');
        }
        for (const property of this.checker.getPropertiesOfType(type)) {
          const value = this.checker.getTypeOfSymbolAtLocation(property, attribute);
          this.readProp(attribute, name, property.name, value);
        }
      }
    }
  }

  private readProp(at: ts.Node, component: string, prop: string, type: ts.Type): void {
    const types = type.isUnion() ? type.types : [type];
    if (types.some((one) => one.getCallSignatures().length > 0))
      this.add(at, `${component}.${prop}`);
    else if (types.some((one) => one.flags & ts.TypeFlags.Any)) {
      this.problem(at, `the compiler does not know whether ${prop} is a function`);
    }
  }

  private symbolOf(node: ts.Identifier): ts.Symbol | undefined {
    // `{ invoke }` has a property `invoke` of its own.
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
      : this.checker.getSymbolAtLocation(node);
    return this.resolved(symbol);
  }

  private resolved(symbol: ts.Symbol | undefined): ts.Symbol | undefined {
    return symbol && symbol.flags & ts.SymbolFlags.Alias
      ? this.checker.getAliasedSymbol(symbol)
      : symbol;
  }

  private add(at: ts.Node, name: string): void {
    this.uses.push({ file: fileOf(at), name });
  }

  private problem(at: ts.Node, advice: string): void {
    const line = at.getSourceFile().getLineAndCharacterOfPosition(at.getStart()).line + 1;
    this.uses.push({
      file: fileOf(at),
      problem: `line ${line}: ${at.parent.getText()}: ${advice}`,
    });
  }
}

const fileOf = (node: ts.Node) => relative(projectRoot, node.getSourceFile().fileName);

/** In an import or a re-export, and in types: nothing is used there. */
function isDeclaring({ parent }: ts.Identifier): boolean {
  return (
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isTypeQueryNode(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isTypeReferenceNode(parent)
  );
}

const isNamespaceOf = (node: ts.Identifier) =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.expression === node;

const isJsxTag = ({ parent }: ts.Node) =>
  ts.isJsxOpeningElement(parent) ||
  ts.isJsxSelfClosingElement(parent) ||
  ts.isJsxClosingElement(parent);

/** Neither a function nor an object with functions in it: a constant. */
const isPlain = (type: ts.Type) =>
  (type.flags &
    (ts.TypeFlags.StringLike |
      ts.TypeFlags.NumberLike |
      ts.TypeFlags.EnumLike |
      ts.TypeFlags.BooleanLike)) !==
  0;
