/**
 * Every conformance case says what it rests on, in its own title or in that of a `describe` around it:
 *
 * - `Forge: …` or `Jira: …`: a page of Atlassian's documentation;
 * - `GET issue`, `POST issue/bulk`: an operation of Jira's REST API, which is a page of its own;
 * - `Package: …`: what one of Atlassian's packages does;
 * - `HTTP: …`: a standard of the web;
 * - `Sandbox: …`: what the sandbox itself promises, and no platform has.
 *
 * What rests on other people's reports, or on nothing, stands apart, under a `describe` of its own.
 */
import ts from 'typescript';
import { filesUnder, importsOf, nodesOf, parseSource } from './source-files';
import { casesOf } from './test-cases';

const SOURCE = /\b(Forge|Jira|Package|HTTP|Sandbox): \S|^(GET|POST|PUT|DELETE) [a-z]/;
const APART = 'cases that rest on [2nd] or UNVERIFIED notes';
const UNPROVEN = /\[2nd|UNVERIFIED|guess/;

const FILES = filesUnder('test/conformance', /\.test\.tsx?$/);

function unsourced(path: string, text?: string): string[] {
  return casesOf(parseSource(path, text))
    .filter((titles) => {
      if (titles.some((title) => title === APART)) return false;
      return !titles.some((title) => SOURCE.test(title)) || titles.some((t) => UNPROVEN.test(t));
    })
    .map((titles) => `${path}: ${titles.join(' > ')}`);
}

test.each(FILES)('every case of %s has a source, or stands apart', (path) => {
  expect(unsourced(path)).toEqual([]);
});

test.each([
  ['nothing said', `test('works', () => {});`, 1],
  ['a table', `it.each([1])('works with %d', () => {});`, 1],
  ['a report in the midst of facts', `test('x (Forge: Page) [2nd]', () => {});`, 1],
  ['one of two', `describe('a (Forge: Page)', () => {}); test('b', () => {});`, 1],
  ['its own', `test.each([1])('works (Forge: Page)', () => {});`, 0],
  ['its group’s', `describe.each([1])('a (Jira: Page)', () => { test('b', () => {}); });`, 0],
  ['an operation of Jira', `describe('PUT issue', () => { test('b', () => {}); });`, 0],
  ['apart', `describe('${APART}', () => { test('b [2nd]', () => {}); });`, 0],
])('is told: %s', (_what, text, found) => {
  expect(unsourced('any.test.ts', text)).toHaveLength(found);
});

/** `@forge/api` keeps the `fetch` that it finds when it is first imported: that must be the sandbox's. */
test('no test that starts a sandbox imports @forge/api itself', () => {
  const wrong = filesUnder('test', /\.test\.tsx?$/).filter((path) => {
    const source = parseSource(path);
    const imports = importsOf(source).filter(({ typeOnly }) => !typeOnly);
    const api = imports.some(({ specifier }) => /^@forge\/(api|events)$/.test(specifier));
    const starts = [...nodesOf(source)].some(
      (node) => ts.isIdentifier(node) && /^(startFixture|startTwoSites|Sandbox)$/.test(node.text),
    );
    return api && starts;
  });
  expect(wrong).toEqual([]);
});
