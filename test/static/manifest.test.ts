/** `manifest.yml` is valid for the platform and says what the code does, no more and no less. */
import { join } from 'node:path';
import ts from 'typescript';
import { VALIDATIONS, validateManifest } from '../judges/validate-manifest';
import { manifest } from './manifest';
import { parseSource, projectRoot, readText } from './source-files';

/** Each module that names a function or a resource, at any depth: `{ function }`, `{ resource }`. */
function namedBy(property: 'function' | 'resource', value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namedBy(property, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === property && typeof inner === 'string' ? [inner] : namedBy(property, inner),
  );
}

/** The names that `src/index.ts` re-exports, and the statements that are anything else. */
function readIndex(): { exported: string[]; other: string[] } {
  const exported: string[] = [];
  const other: string[] = [];
  for (const statement of parseSource('src/index.ts').statements) {
    const names =
      ts.isExportDeclaration(statement) &&
      !statement.isTypeOnly &&
      statement.moduleSpecifier &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.map((element) => element.name.text)
        : [];
    if (names.length > 0) exported.push(...names);
    else other.push(statement.getText());
  }
  return { exported, other };
}

const { function: functions, ...otherModules } = manifest.modules;

describe('@forge/manifest', () => {
  const before = process.cwd();
  // It looks for handlers and resources relative to the working directory.
  beforeEach(() => process.chdir(projectRoot));
  afterAll(() => process.chdir(before));

  test.each(VALIDATIONS)('%s finds nothing', async (type) => {
    expect(await validateManifest(type)).toEqual([]);
  });

  // What the sandbox is tested with is an app that the platform would take.
  test.each(VALIDATIONS)('%s finds nothing in the fixture app either', async (type) => {
    process.chdir(join(projectRoot, 'test/support/fixture-app'));
    expect(await validateManifest(type)).toEqual([]);
  });
});

test('src/index.ts only re-exports, and exactly the handlers that the manifest names', () => {
  const { exported, other } = readIndex();
  expect(other).toEqual([]);
  expect(exported.map((name) => `index.${name}`).sort()).toEqual(
    functions.map(({ handler }) => handler).sort(),
  );
});

test('modules name functions that are declared, and every function is named', () => {
  const declared = functions.map(({ key }) => key).sort();
  expect([...new Set(namedBy('function', otherModules))].sort()).toEqual(declared);
});

test('modules name resources that are declared, and every resource is named', () => {
  const declared = manifest.resources.map(({ key }) => key).sort();
  expect([...new Set(namedBy('resource', otherModules))].sort()).toEqual(declared);
});

test('no page is of UI Kit 1, which the platform has removed: each is drawn from a resource', () => {
  // Forge's schema still knows a page with a function and no resource, and no linter tells.
  const notDrawn = ['consumer', 'jira:entityProperty', 'scheduledTrigger', 'trigger', 'webtrigger'];
  const pages = Object.entries(otherModules).filter(([type]) => !notDrawn.includes(type));
  const old = pages.flatMap(([type, modules]) =>
    modules.filter((one) => !('resource' in one)).map(({ key }) => `${type}: ${key}`),
  );
  expect(old).toEqual([]);
  expect(readText('package.json')).not.toContain('"@forge/ui"');
});

test('the app calls out to web triggers of Forge apps and to nothing else', () => {
  const { backend } = manifest.permissions.external.fetch;
  expect(backend.map(({ address }) => address).sort()).toEqual([
    '*.hello.atlassian-dev.net',
    '*.webtrigger.atlassian.app',
  ]);
});
