/** How the project is kept: what lies where, how large files are, what is pinned, what is never logged. */
import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import {
  committableFiles,
  filesUnder,
  nodesOf,
  parseSource,
  projectRoot,
  readText,
} from './source-files';

/** Beyond the folders of the app: docs/adr/0002-top-level-folders.md has a reason for each. */
const TOP_LEVEL = [
  ...['manifest.yml', 'package.json', 'tsconfig.json', 'README.md', 'src', 'static', 'test'],
  ...['sandbox', 'docs'],
  ...['LICENSE', 'package-lock.json', 'jest.config.js', 'eslint.config.mjs'],
];

const MAX_LINES = 320;

/** Kebab-case, with the parts that tools look at: `draft.test.ts`, `api.d.ts`. */
const FILE_NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/;

const CODE = ['src', 'static', 'sandbox', 'test'].flatMap((folder) =>
  filesUnder(folder, /\.(tsx?|m?js)$/),
);

const packageSchema = z.looseObject({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  overrides: z.record(z.string(), z.string()),
});

test('the top level holds what was asked for, sandbox and docs, and what tools force', () => {
  const entries = new Set(committableFiles().map((path) => path.split('/')[0] ?? ''));
  const unexpected = [...entries].filter(
    (entry) => !entry.startsWith('.') && !TOP_LEVEL.includes(entry),
  );
  expect(unexpected).toEqual([]);
});

test(`no file of the app or the sandbox is longer than ${MAX_LINES} lines`, () => {
  const tooLong = CODE.filter((path) => !path.startsWith('test/'))
    .map((path) => ({ path, lines: readText(path).split('\n').length - 1 }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines}`);
  expect(tooLong).toEqual([]);
});

test('files are named in kebab-case for what they do, and there is no drawer', () => {
  const names = CODE.map((path) => path.split('/').at(-1) ?? '');
  expect(names.filter((name) => !FILE_NAME.test(name))).toEqual([]);
  expect(CODE.filter((path) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.)/.test(path))).toEqual(
    [],
  );
});

test('every package is pinned to one version', () => {
  const { dependencies, devDependencies, overrides } = packageSchema.parse(
    JSON.parse(readText('package.json')),
  );
  const loose = Object.entries({ ...dependencies, ...devDependencies, ...overrides }).filter(
    ([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('Forge’s bundler can compile with tsconfig.json: it emits', () => {
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as { config: { compilerOptions: ts.CompilerOptions } };
  expect(config.compilerOptions.noEmit).toBeUndefined();
});

test('the lockfile names no registry', () => {
  expect(readText('package-lock.json')).not.toContain('"resolved"');
});

test('the app logs in one place, which takes no values, so that no key, name or address can get into a log', () => {
  const logging = [...filesUnder('src', /\.tsx?$/), ...filesUnder('static', /\.tsx?$/)].filter(
    (path) =>
      [...nodesOf(parseSource(path))].some(
        (node) =>
          (ts.isIdentifier(node) && node.text === 'console') ||
          (ts.isPropertyAccessExpression(node) && /^process\.std(out|err)/.test(node.getText())),
      ),
  );
  expect(logging).toEqual(['src/forge/log.ts']);
});

test('nothing that is committed names the machine that it was written on', () => {
  // Assembled here, so that this file does not hold what it looks for.
  const local = new RegExp(
    `${['', 'work', 'shared'].join('/')}|${['', 'home', '\\w+', ''].join('/')}|${['', 'root', ''].join('/')}`,
  );
  const telling = committableFiles()
    .filter((path) => /\.(tsx?|m?js|json|ya?ml|md|html|css)$|(^|\/)\.[a-z]+rc$/.test(path))
    .filter((path) => local.test(readText(path)));
  expect(telling).toEqual([]);
});
