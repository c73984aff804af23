/** `docs/sync-spec.md`: each invariant has tests that are there, and each case of the sync suites has its invariant. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, parseSource, projectRoot, readText } from './source-files';
import { casesOf } from './test-cases';

const SPEC = readText('docs/sync-spec.md');

/** The suites of which every case must be in the document. */
const SUITES = [
  ...filesUnder('test/model', /\.test\.ts$/),
  ...filesUnder('test/e2e', /(^|\/)sync-[^/]*\.test\.ts$/),
];

interface Invariant {
  /** `S1`. */
  id: string;
  tests: NamedCase[];
}

interface NamedCase {
  path: string;
  /** The titles from the outside in, with ` › ` between them; those of a group stand for all its cases. */
  title: string;
}

const stands = (named: NamedCase, path: string, title: string): boolean =>
  named.path === path && (named.title === title || title.startsWith(`${named.title} › `));

/** An invariant is a heading of the third level; each item with a path below it is a test of it. */
function invariantsIn(markdown: string): Invariant[] {
  return markdown.split(/^(?=#{1,6} )/m).flatMap((section) => {
    const [, id] = /^### (S\d+) \S/.exec(section) ?? [];
    return id === undefined ? [] : [{ id, tests: testsIn(section) }];
  });
}

const testsIn = (section: string): NamedCase[] =>
  [...section.matchAll(/^- `(test\/[^`]+)` › (.+)$/gm)].map(([, path = '', title = '']) => ({
    path,
    title,
  }));

const titlesOf = (path: string): string[] =>
  existsSync(join(projectRoot, path))
    ? casesOf(parseSource(path)).map((titles) => titles.join(' › '))
    : [];

function problemsOf(markdown: string, suites: readonly string[]): string[] {
  const invariants = invariantsIn(markdown);
  const named = invariants.flatMap(({ tests }) => tests);
  const isThere = (one: NamedCase) =>
    titlesOf(one.path).some((title) => stands(one, one.path, title));
  const isNamed = (path: string, title: string) => named.some((one) => stands(one, path, title));
  return [
    ...invariants.flatMap(({ id }, at) => (id === `S${at + 1}` ? [] : [`${id}: out of turn`])),
    ...invariants.flatMap(({ id, tests }) => (tests.length > 0 ? [] : [`${id}: no test`])),
    ...named
      .filter((one) => !isThere(one))
      .map(({ path, title }) => `${path} › ${title}: no such case`),
    ...suites.flatMap((path) =>
      titlesOf(path)
        .filter((title) => !isNamed(path, title))
        .map((title) => `${path} › ${title}: no invariant`),
    ),
  ];
}

test('every invariant has tests that are there, and every case of the sync suites an invariant', () => {
  expect(invariantsIn(SPEC).length).toBeGreaterThan(20);
  expect(SUITES).toEqual(expect.arrayContaining(['test/e2e/sync-scenario.test.ts']));
  expect(problemsOf(SPEC, SUITES)).toEqual([]);
});

const CASE = '- `test/model/merge-value.test.ts` › at rest nothing is sent any more';

test.each([
  ['an invariant without a test', `### S1 One\n\n### S2 Two\n\n${CASE}\n`, 'S1: no test'],
  ['a number that is left out', `### S2 Two\n\n${CASE}\n`, 'S2: out of turn'],
  ['a case that is not there', `### S1 One\n\n${CASE} at all\n`, 'no such case'],
  ['a file that is not there', '### S1 One\n\n- `test/model/none.test.ts` › x\n', 'no such case'],
])('is told: %s', (_what, markdown, problem) => {
  expect(problemsOf(markdown, [])).toEqual([expect.stringContaining(problem)]);
});

test('a group stands for its cases, and for no other', () => {
  const suite = 'test/e2e/sync-stays.test.ts';
  const group = 'a contract of one direction';
  const problems = problemsOf(`### S1 One\n\n- \`${suite}\` › ${group}\n`, [suite]);
  const others = titlesOf(suite).filter((title) => !title.startsWith(`${group} › `));
  expect(others.length).toBeLessThan(titlesOf(suite).length);
  expect(problems).toHaveLength(others.length);
});

test('is told: a case of the suites that no invariant names', () => {
  const suite = 'test/model/merge-value.test.ts';
  const problems = problemsOf(`### S1 One\n\n${CASE}\n`, [suite]);
  expect(problems).toHaveLength(titlesOf(suite).length - 1);
  expect(problems[0]).toMatch(/: no invariant$/);
});
