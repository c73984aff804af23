/** What `npm run sabotage` is to change and to find is there, and two documents list it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { escaped } from '../sabotage/run-cases';
import type { Sabotage } from '../sabotage/sabotage';
import { OF_THE_APP, OF_THE_SANDBOX, SABOTAGES } from '../sabotage/sabotages';
import { sabotageRows } from '../support/parity-rows';
import { parseSource, projectRoot, readText } from './source-files';
import { casesOf } from './test-cases';

/** The title of a table's cases, as jest writes it, has values in these places. */
const PLACEHOLDER = /%[sdifjop]|\$\w+/;

/** Whether a test has a case of that full title. */
function hasCase({ test, title }: Pick<Sabotage, 'test' | 'title'>, text?: string): boolean {
  return casesOf(parseSource(`test/${test}`, text)).some((titles) => {
    const parts = titles.join(' ').split(PLACEHOLDER);
    return new RegExp(`^${parts.map(escaped).join('.+')}$`).test(title);
  });
}

const timesIn = (text: string, part: string): number => text.split(part).length - 1;

test('there are many, each with a name of its own', () => {
  expect(OF_THE_SANDBOX.length).toBeGreaterThanOrEqual(24);
  expect(OF_THE_APP.length).toBeGreaterThanOrEqual(20);
  expect(new Set(SABOTAGES.map(({ name }) => name)).size).toBe(SABOTAGES.length);
});

test.each(SABOTAGES)('$name: what is changed is in $file exactly once', (sabotage) => {
  const { file, replace, by } = sabotage;
  expect(timesIn(readText(file), replace)).toBe(1);
  expect(by).not.toBe(replace);
});

test.each(SABOTAGES)('$name: the case that finds it is in $test', (sabotage) => {
  expect(existsSync(join(projectRoot, 'test', sabotage.test))).toBe(true);
  expect(hasCase(sabotage)).toBe(true);
});

test.each([
  ['sandbox/PARITY.md', OF_THE_SANDBOX],
  ['docs/sync-spec.md', OF_THE_APP],
])('%s lists these, and no other', (path, sabotages) => {
  expect(sabotageRows(readText(path))).toEqual(
    sabotages.map(({ name, test, title }) => [name, `\`test/${test}\`: ${title}`]),
  );
});

test.each([
  ['its title', `test('a', () => {});`, 'a', true],
  ['its groups', `describe('a', () => { test('b', () => {}); });`, 'a b', true],
  ['a table', `test.each([1])('%s of $name', () => {});`, '1 of two', true],
  ['another title', `test('a', () => {});`, 'a b', false],
  ['the title without its group', `describe('a', () => { test('b', () => {}); });`, 'b', false],
  ['a title that only looks alike', `test('a.c', () => {});`, 'abc', false],
])('a case is told by %s', (_what, text, title, found) => {
  expect(hasCase({ test: 'any.test.ts', title }, text)).toBe(found);
});
