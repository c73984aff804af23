/** Who may import whom. The lint rules say the same in the editor; this resolves every import. */
import { posix } from 'node:path';
import { filesUnder, importsOf, parseSource } from './source-files';

/** `value`: anything; `types`: nothing that is left at run time. */
interface Allowance {
  value: string[];
  types?: string[];
}

/**
 * For each part of the app what it may import beside itself: folders, files without extension, packages
 * (`@forge/*` stands for all of them). The longest matching path counts. A new folder needs a line here.
 */
const ALLOWED: Record<string, Allowance> = {
  'src/index': { value: ['src/entry'] },
  'src/limits': { value: [] },
  'src/display-name': { value: [] },
  'src/entry': {
    value: ['src/sync', 'src/contract', 'src/connection', 'src/wire', 'src/jira'].concat([
      'src/forge',
      'src/limits',
      '@forge/resolver',
      'zod',
      'node:*',
    ]),
  },
  // The page reads its types, so nothing of it may be left at run time.
  'src/entry/admin/api': {
    value: [],
    types: ['src/connection', 'src/contract', 'src/entry/admin/contract-api'],
  },
  'src/entry/admin/contract-api': { value: [], types: ['src/contract'] },
  'src/connection': {
    value: ['src/wire', 'src/jira', 'src/limits', 'src/display-name'].concat([
      'zod',
      '@zxcvbn-ts/core',
      '@zxcvbn-ts/language-common',
      'node:crypto',
    ]),
  },
  'src/contract': { value: ['src/jira', 'src/limits', 'src/display-name', 'zod'] },
  'src/sync': { value: ['src/contract', 'src/connection', 'src/wire', 'src/jira', 'zod'] },
  'src/wire': { value: ['src/limits', 'zod', 'node:crypto'] },
  'src/jira': { value: ['src/limits', 'zod', 'node:crypto'] },
  'src/forge': {
    // The errors that a port throws are declared with it, and thrown here.
    value: ['src/jira/client', 'src/limits', '@forge/*', 'zod', 'node:*'],
    types: ['src/sync', 'src/contract', 'src/connection', 'src/wire', 'src/jira'],
  },
  'static/admin': {
    value: ['@forge/react', '@forge/bridge', 'react'],
    types: ['src/entry/admin/api'],
  },
};

const APP_FILES = [...filesUnder('src', /\.tsx?$/), ...filesUnder('static', /\.tsx?$/)];

const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** The longest entry of the table that holds `path`. */
function partOf(path: string): string | undefined {
  return Object.keys(ALLOWED)
    .filter((part) => isWithin(path, part))
    .sort((a, b) => b.length - a.length)[0];
}

/** `src/forge/x.ts` importing `../wire/y` is `src/wire/y`; a package stays what it is. */
function targetOf(file: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
}

function matches(target: string, allowed: string): boolean {
  if (allowed.endsWith('*')) return target.startsWith(allowed.slice(0, -1));
  return isWithin(target, allowed);
}

/** What is wrong with the imports of one file. */
function wrongImports(file: string, text?: string): string[] {
  const part = partOf(file.replace(/\.tsx?$/, ''));
  if (part === undefined) return [`${file}: its folder is not in the table of this test`];
  const { value, types = [] } = ALLOWED[part] ?? { value: [] };
  return importsOf(parseSource(file, text)).flatMap(({ specifier, typeOnly }) => {
    const target = targetOf(file, specifier);
    const allowed = [part, ...value, ...(typeOnly ? types : [])];
    return allowed.some((one) => matches(target, one)) ? [] : [`${file} imports ${target}`];
  });
}

test('every import of the app goes in an allowed direction', () => {
  expect(APP_FILES.flatMap((file) => wrongImports(file))).toEqual([]);
});

test('the sandbox finds the app through manifest.yml and never imports it', () => {
  const wrong = filesUnder('sandbox', /\.tsx?$/).flatMap((file) =>
    importsOf(parseSource(file))
      .map(({ specifier }) => targetOf(file, specifier))
      .filter((target) => ['src', 'static', 'test'].some((folder) => isWithin(target, folder)))
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['src/connection/a.ts', `import { kvs } from '@forge/kvs';`],
  ['src/connection/a.ts', `import type { Kvs } from '../forge/kvs';`],
  ['src/connection/a.ts', `export * from '../wire/../entry/admin/api';`],
  ['src/contract/a.ts', `import { signRequest } from '../wire/signature';`],
  ['src/contract/a.ts', `import type { AliasState } from '../sync/alias-state';`],
  ['src/jira/a.ts', `import type { AliasValue } from '../contract/alias-value';`],
  ['src/wire/a.ts', `const x = await import('../connection/draft');`],
  ['src/wire/a.ts', `type Draft = import('../connection/draft').Draft;`],
  ['src/forge/a.ts', `import { checkDraft, type Draft } from '../connection/draft';`],
  ['src/entry/a.ts', `import { requestJira } from '@forge/api';`],
  ['src/entry/admin/api.ts', `import { checkDraft } from '../../connection/draft';`],
  ['src/jira/a.ts', `import { Sandbox } from '../../sandbox';`],
  ['src/index.ts', `export { add } from './connection/add-connection';`],
  ['src/drawer/a.ts', ``],
  ['static/admin/a.tsx', `import { KEYS } from '../../src/entry/admin/api';`],
  ['static/admin/a.tsx', `import Button from '@atlaskit/button';`],
])('%s must not say: %s', (file, text) => {
  expect(wrongImports(file, text)).toHaveLength(1);
});

test.each([
  ['src/forge/a.ts', `import type { Records } from '../connection/ports';`],
  ['src/contract/converters/a.ts', `import { plainTextOf } from '../../jira/adf/plain-text';`],
  ['src/entry/a.ts', `import Resolver from '@forge/resolver';`],
  ['src/index.ts', `export { adminResolver } from './entry/admin-resolver';`],
  ['static/admin/a.tsx', `import { type AdminKey } from '../../src/entry/admin/api';`],
])('%s may say: %s', (file, text) => {
  expect(wrongImports(file, text)).toEqual([]);
});
