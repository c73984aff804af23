/** docs/first-deploy.md has a check for everything that only a real site can prove, and for nothing else. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parityRows, type ParityRow } from '../support/parity-rows';
import { projectRoot, readText } from './source-files';

/** `Rows (Section): one · two`: what the section above settles. */
function settledRows(): string[] {
  return [...readText('docs/first-deploy.md').matchAll(/^Rows \((.+?)\): (.+)$/gm)].flatMap(
    ([, section = '', names = '']) => names.split(' · ').map((name) => `${section}: ${name}`),
  );
}

/** What a row is called: its first words, or the first of its calls. */
function nameOf({ section, api }: ParityRow): string {
  const withoutPackage = api.replace(/`@forge\/\w+`: /, '');
  const [name = ''] = /^`[^`]+`|^[^;,:`]+(`[^`]+`)?/.exec(withoutPackage) ?? [];
  return `${section}: ${name.trim()}`;
}

const unproven = parityRows()
  .filter(({ onlyARealSite }) => onlyARealSite !== 'Nothing.')
  .map(nameOf);

test('every row that says something only a real site can prove is settled by a check', () => {
  const settled = settledRows();
  expect(unproven.length).toBeGreaterThan(50);
  expect(unproven.filter((name) => !settled.includes(name))).toEqual([]);
});

test('every row that a check settles is there, and has something to settle', () => {
  expect(settledRows().filter((name) => !unproven.includes(name))).toEqual([]);
});

test('rows have names of their own', () => {
  expect(unproven.filter((name, at) => unproven.indexOf(name) !== at)).toEqual([]);
});

test('the files that it names are there', () => {
  const named = [
    ...readText('docs/first-deploy.md').matchAll(/`((?:src|sandbox|test|docs)\/[^`*]+)`/g),
  ];
  const missing = named.flatMap(([, path = '']) =>
    existsSync(join(projectRoot, path)) ? [] : path,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
