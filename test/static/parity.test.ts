/** `sandbox/PARITY.md` says something about every call that Atlassian's packages offer, and about no other. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parityRows, STATUSES } from '../support/parity-rows';
import { callsOf, SDK_NAMES } from '../support/sdk-calls';
import { filesUnder, projectRoot, readText } from './source-files';

const rows = parityRows();

const namedOf = (sdk: string): string[] =>
  rows.flatMap(({ calls }) => calls.filter((call) => call.sdk === sdk).map(({ name }) => name));

/** Where an app calls the packages: the conformance suites, and the app that they run. */
const CALLERS = ['test/conformance', 'test/support/fixture-app']
  .flatMap((folder) => filesUnder(folder, /\.tsx?$/))
  .map((path) => readText(path))
  .join('\n');

/** Whether the last part of a call's name stands anywhere in the suites. */
const isCalled = (name: string): boolean =>
  new RegExp(`\\b${name.split('.').at(-1) ?? name}\\b`).test(CALLERS);

describe.each(SDK_NAMES)('%s', (sdk) => {
  const offered = callsOf(sdk);
  const named = namedOf(sdk);

  test('is a package with calls', () => {
    expect(offered.length).toBeGreaterThan(5);
  });

  test('has a row for each call', () => {
    expect(offered.filter((name) => !named.includes(name))).toEqual([]);
  });

  test('has no row for a call that is not there', () => {
    expect(named.filter((name) => !offered.includes(name))).toEqual([]);
  });

  test('has each call made by a conformance suite, but for what nothing stands in for', () => {
    const stoodInFor = rows.filter(({ status }) => status !== 'none').flatMap(({ calls }) => calls);
    const names = stoodInFor.filter((call) => call.sdk === sdk).map(({ name }) => name);
    expect(names.filter((name) => !isCalled(name))).toEqual([]);
  });

  test('has one row a call', () => {
    expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([]);
  });
});

test('rows name only packages that are compared', () => {
  const names = new Set(rows.flatMap(({ calls }) => calls.map(({ sdk }) => sdk)));
  expect([...names].filter((name) => !SDK_NAMES.includes(name))).toEqual([]);
});

test('calls are found on objects, prototypes, and what a call hands out', () => {
  expect(callsOf('@forge/kvs')).toEqual(
    expect.arrayContaining(['kvs.get', 'Filter.and().and', 'kvs.entity().query().index().where']),
  );
  expect(callsOf('@forge/api')).toEqual(
    expect.arrayContaining(['asUser().requestJira', 'authorize().onJiraIssue().canEdit', 'fetch']),
  );
});

test('every row has a status of the list', () => {
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter(({ status }) => !STATUSES.includes(status))).toEqual([]);
});

test('every row has tests that are there; only what nothing stands in for has none', () => {
  const wrong = rows.filter(
    ({ tests, status }) =>
      (tests.length === 0) !== (status === 'none') ||
      tests.some((path) => !existsSync(join(projectRoot, path))),
  );
  expect(wrong.map(({ api }) => api)).toEqual([]);
});

test('every row says what is different and what is unproven', () => {
  const silent = rows.filter(({ differences, onlyARealSite }) => !differences || !onlyARealSite);
  expect(silent).toEqual([]);
});
