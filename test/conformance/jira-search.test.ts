/** Searching by JQL: pages, parts, permissions, and an index that is behind. */
import type { Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { createIssue, readIssue } from '../support/jira-fields';
import { keysFound, messagesIn, searchPage } from '../support/jira-search';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const idOf = async (key: string) => Number((await readIssue(local, key)).id);

const count = async (jql: string, as = 'admin') =>
  (await local.post('search/approximate-count', { jql }, as)).body;

const match = async (issueIds: number[], jqls: string[], as = 'admin') =>
  (await local.post('jql/match', { issueIds, jqls }, as)).body;

describe('POST search/jql', () => {
  const jql = 'project = DEMO ORDER BY key ASC';

  test('gives ids only, if nothing else is asked for', async () => {
    const { issues, isLast } = await searchPage(local, { jql });
    expect(issues[0]).toEqual({ id: String(await idOf('DEMO-1')) });
    expect(issues).toHaveLength(6);
    expect(isLast).toBe(true);
  });

  test('gives the fields, properties and parts that are asked for', async () => {
    await local.put('issue/DEMO-1/properties/a', { b: 1 }, 'app');
    const one = { jql: 'key = DEMO-1' };
    const [keyed] = (await searchPage(local, { ...one, fields: ['id', 'key'] })).issues;
    expect(keyed).toMatchObject({ key: 'DEMO-1' });
    expect(keyed).not.toHaveProperty('fields');
    const [brief] = (await searchPage(local, { ...one, fields: ['summary', 'labels'] })).issues;
    expect(brief?.fields).toEqual({ summary: 'Make it easy to begin', labels: ['onboarding'] });
    const [whole] = (await searchPage(local, { ...one, fields: ['*all', '-summary'] })).issues;
    expect(whole?.fields).toHaveProperty('status');
    expect(whole?.fields).not.toHaveProperty('summary');
    const more = { fields: ['summary'], properties: ['a'], expand: 'names,schema,changelog' };
    expect(await searchPage(local, { ...one, ...more })).toMatchObject({
      issues: [{ properties: { a: { b: 1 } }, changelog: { total: 0 } }],
      names: { summary: 'Summary' },
      schema: { summary: { type: 'string' } },
    });
    const properties = ['a', 'b', 'c', 'd', 'e', 'f'];
    messagesIn(await local.post('search/jql', { ...one, properties }, 'admin'));
  });

  test('has no parts that this Jira does not model (Sandbox: PARITY.md)', async () => {
    const asking = local.post('search/jql', { jql, expand: 'renderedFields' }, 'admin');
    await expect(asking).rejects.toThrow('does not model');
  });

  test('gives pages, each with the token of the next, but for the last', async () => {
    const keys: (string | undefined)[] = [];
    let nextPageToken: string | undefined;
    let pages = 0;
    do {
      const body = { jql, maxResults: 4, fields: ['key'], nextPageToken };
      const page = await searchPage(local, body);
      keys.push(...page.issues.map(({ key }) => key));
      nextPageToken = page.nextPageToken;
      pages += 1;
    } while (nextPageToken !== undefined);
    expect(keys).toEqual(['DEMO-1', 'DEMO-2', 'DEMO-3', 'DEMO-4', 'DEMO-5', 'DEMO-6']);
    expect(pages).toBe(2);
  });

  test('a token lasts 7 days', async () => {
    const { nextPageToken } = await searchPage(local, { jql, maxResults: 4 });
    await local.clock.advance(7 * 86_400_000);
    expect((await searchPage(local, { jql, nextPageToken })).issues).toHaveLength(2);
    await local.clock.advance(1);
    messagesIn(await local.post('search/jql', { jql, nextPageToken }, 'admin'));
  });

  test('has the issues that the caller may browse, and sees by their security level', async () => {
    local.jira.setSecurityLevel('WEB-1', 'Confidential');
    const all = 'type in (Epic, Task)';
    expect(await keysFound(local, `${all} AND project = WEB`)).toEqual(['WEB-1']);
    expect(await keysFound(local, `${all} AND project = WEB`, 'zoe.lefevre')).toEqual([]);
    local.jira.deny(local.user('lukasz.wojcik').accountId, 'DEMO', 'BROWSE_PROJECTS');
    expect(await keysFound(local, all, 'lukasz.wojcik')).toEqual(['OPS-2', 'OPS-1']);
    expect(await count(all, 'lukasz.wojcik')).toEqual({ count: 2 });
    const ids = [await idOf('WEB-1'), await idOf('DEMO-6'), await idOf('OPS-1')];
    expect(await match(ids, [all], 'lukasz.wojcik')).toEqual({
      matches: [{ matchedIssues: [ids[2]], errors: [] }],
    });
  });

  test.each([
    [{}],
    [{ jql: '' }],
    [{ jql: 'order by key desc' }],
    [{ jql: 'project =' }],
    [{ jql: 5 }],
    [{ jql: 'key = DEMO-1', reconcileIssues: ['DEMO-1'] }],
    [{ jql: 'key = DEMO-1', reconcileIssues: Array.from({ length: 51 }, (_, index) => index) }],
  ])('is 400 for %j', async (body) => {
    messagesIn(await local.post('search/jql', body, 'admin'));
  });
});

test('GET search/jql takes the same in its query', async () => {
  const ask = async (query: Record<string, string>) =>
    (await local.get(`search/jql?${new URLSearchParams(query).toString()}`, 'admin')).body;
  const jql = 'project = DEMO ORDER BY key ASC';
  expect(await ask({ jql, maxResults: '1', fields: 'key,summary' })).toMatchObject({
    issues: [{ key: 'DEMO-1', fields: { summary: 'Make it easy to begin' } }],
    isLast: false,
  });
  expect(await ask({ jql: 'order by key' })).toHaveProperty('errorMessages');
});

describe('POST search/approximate-count', () => {
  test('counts', async () => {
    expect(await count('project = DEMO')).toEqual({ count: 6 });
  });

  test('takes bounded queries only', async () => {
    messagesIn(await local.post('search/approximate-count', { jql: 'order by key' }, 'admin'));
    messagesIn(await local.post('search/approximate-count', { jql: 'universe = 42' }, 'admin'));
  });
});

describe('POST jql/match', () => {
  test('says for each query which of the issues it finds, and what is wrong with it', async () => {
    const [one, three] = [await idOf('DEMO-1'), await idOf('DEMO-3')];
    const jqls = ['project = DEMO', 'type = Bug', 'project = OPS', 'broken = value'];
    expect(await match([three, one, 99], jqls)).toEqual({
      matches: [
        { matchedIssues: [three, one], errors: [] },
        { matchedIssues: [three], errors: [] },
        { matchedIssues: [], errors: [] },
        { matchedIssues: [], errors: ['Invalid JQL: broken = value'] },
      ],
    });
  });

  test('is 400 for what is no list of ids and queries', async () => {
    messagesIn(await local.post('jql/match', { issueIds: ['1'], jqls: ['a'] }, 'admin'));
    messagesIn(await local.post('jql/match', { issueIds: [1] }, 'admin'));
  });
});

describe('searches are behind the changes (Jira: Search and reconcile)', () => {
  const LAG_MS = 60_000;
  let lagMs: number;
  beforeEach(() => {
    lagMs = 0;
    local = new LocalJira(undefined, { searchLagMs: () => lagMs });
    lagMs = LAG_MS;
  });

  const chairs = 'summary ~ chairs';

  test('what was created, changed or deleted shows later', async () => {
    await createIssue(local, { summary: 'New chairs' });
    expect(await keysFound(local, chairs)).toEqual(['DEMO-6']);
    await local.clock.advance(LAG_MS);
    expect(await keysFound(local, chairs)).toEqual(['DEMO-7', 'DEMO-6']);
    await local.put('issue/DEMO-7', { fields: { summary: 'New tables' } }, 'admin');
    await local.delete('issue/DEMO-6', 'admin');
    const old = await searchPage(local, { jql: chairs, fields: ['summary'] });
    expect(old.issues.map(({ fields }) => fields?.summary)).toEqual([
      'New chairs',
      'Order new chairs',
    ]);
    await local.clock.advance(LAG_MS);
    expect(await keysFound(local, chairs)).toEqual([]);
    expect(await keysFound(local, 'summary ~ tables')).toEqual(['DEMO-7']);
  });

  test('reconcileIssues makes the named issues consistent, and no others', async () => {
    const names = ['DEMO-1', 'DEMO-2'];
    for (const key of names) {
      await local.put(`issue/${key}`, { fields: { summary: 'More chairs' } }, 'admin');
    }
    await createIssue(local, { summary: 'New chairs' });
    const reconcileIssues = [await idOf('DEMO-1'), await idOf('DEMO-7'), 99];
    const fresh = await keysFound(local, chairs, 'admin', { reconcileIssues });
    expect(fresh).toEqual(['DEMO-7', 'DEMO-6', 'DEMO-1']);
    const six = await idOf('DEMO-6');
    await local.delete('issue/DEMO-6', 'admin');
    expect(await keysFound(local, chairs, 'admin', { reconcileIssues: [six] })).toEqual([]);
    const unchanged = 'summary ~ easy AND key = DEMO-1';
    expect(await keysFound(local, unchanged)).toEqual(['DEMO-1']);
    expect(await keysFound(local, unchanged, 'admin', { reconcileIssues })).toEqual([]);
  });

  test('the count is behind too', async () => {
    await createIssue(local, { summary: 'New chairs' });
    expect(await count(chairs)).toEqual({ count: 1 });
    await local.clock.advance(LAG_MS);
    expect(await count(chairs)).toEqual({ count: 2 });
  });

  test('the delay is drawn for each change, and is the same for the same seed', async () => {
    const run = async (seed: number) => {
      lagMs = 0;
      local = new LocalJira(undefined, { searchLagMs: () => lagMs, seed });
      lagMs = LAG_MS;
      for (let n = 0; n < 4; n += 1) await createIssue(local, { summary: 'New chairs' });
      const seen: number[] = [];
      for (let second = 0; second <= 60; second += 5) {
        seen.push((await keysFound(local, chairs)).length);
        await local.clock.advance(5_000);
      }
      return seen;
    };
    const first = await run(1);
    expect(first.at(-1)).toBe(5);
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });

  test('what a new site holds can be searched at once (Sandbox: sites)', async () => {
    local = new LocalJira(undefined, { searchLagMs: () => LAG_MS });
    expect(await count('project = DEMO')).toEqual({ count: 6 });
  });
});

describe('a site (Sandbox: faults, idle, violations)', () => {
  const SEARCH = '/rest/api/3/search/jql?maxResults=100&jql=';
  let dispose: () => Promise<void>;
  let north: Site;
  beforeEach(async () => {
    const sandbox = await startFixture();
    north = sandbox.site('north');
    dispose = () => sandbox.dispose();
  });
  afterEach(() => dispose());

  const search = (jql: string) =>
    north.invoke('jira', { as: 'app', path: SEARCH + encodeURIComponent(jql), method: 'GET' });

  test('searchLagMs is lagMs if not said, and idle waits for it', async () => {
    const { jira, clock } = north;
    for (const [faults, most, type] of [
      [{ lagMs: 60_000 }, 60_000, 'Bug'],
      [{ searchLagMs: 1_000 }, 1_000, 'Task'],
    ] as const) {
      north.setFaults(faults);
      jira.moveIssue('DEMO-6', 'DEMO', type);
      const lagMs = jira.searchSettledAt() - clock.now();
      expect(lagMs).toBeGreaterThan(0);
      expect(lagMs).toBeLessThanOrEqual(most);
      let idle = false;
      const waiting = north.idle().then(() => (idle = true));
      await clock.advance(lagMs - 1);
      expect(idle).toBe(false);
      await clock.advance(1);
      await waiting;
    }
  });

  test('what is not modelled is a violation', async () => {
    await search('sprint is EMPTY');
    expect(north.violations).toEqual([expect.stringContaining("the field 'sprint'")]);
  });

  test('an issue that is found costs a point', async () => {
    const points = () => north.stats.snapshot().jira.points;
    const before = points();
    await search('project = OPS');
    expect(points() - before).toBe(3);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('an unbounded query is told in these words [2nd]', async () => {
    for (const body of [{}, { jql: '' }, { jql: 'ORDER BY created DESC' }]) {
      expect(messagesIn(await local.post('search/jql', body, 'admin'))).toEqual([
        'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
      ]);
    }
  });

  test.each([
    { maxResults: 0 },
    { maxResults: -1 },
    { maxResults: 5_001 },
    { maxResults: '5' },
    { startAt: 0 },
    { nextPageToken: 'x' },
  ])('%j is 400 [2nd]', async (more) => {
    messagesIn(await local.post('search/jql', { jql: 'key = DEMO-1', ...more }, 'admin'));
  });

  test('a page with fields has 100 issues at most, one of ids 5,000 [2nd]', async () => {
    for (let n = 0; n < 100; n += 1) await createIssue(local);
    const body = { jql: 'project = DEMO', maxResults: 5_000 };
    expect((await searchPage(local, body)).issues).toHaveLength(106);
    const page = await searchPage(local, { ...body, fields: ['summary'] });
    expect(page.issues).toHaveLength(100);
    expect(page.isLast).toBe(false);
  });

  test('a token of another query is refused (UNVERIFIED)', async () => {
    const { nextPageToken } = await searchPage(local, { jql: 'project = DEMO', maxResults: 1 });
    messagesIn(await local.post('search/jql', { jql: 'project = OPS', nextPageToken }, 'admin'));
  });

  test('jql/match is behind as searches are, and takes 1,000 ids and 100 queries (UNVERIFIED)', async () => {
    local = new LocalJira(undefined, { searchLagMs: () => 60_000 });
    await createIssue(local, { summary: 'New chairs' });
    const id = await idOf('DEMO-7');
    const matched = async () => await match([id], ['summary ~ chairs']);
    expect(await matched()).toEqual({ matches: [{ matchedIssues: [], errors: [] }] });
    await local.clock.advance(60_000);
    expect(await matched()).toEqual({ matches: [{ matchedIssues: [id], errors: [] }] });
    const ids = Array.from({ length: 1_001 }, (_, index) => index);
    messagesIn(await local.post('jql/match', { issueIds: ids, jqls: [] }, 'admin'));
    const jqls = Array.from({ length: 101 }, () => 'key = DEMO-1');
    messagesIn(await local.post('jql/match', { issueIds: [], jqls }, 'admin'));
  });

  test('who lost sight of an issue does not find it any more (UNVERIFIED)', async () => {
    local = new LocalJira(undefined, { searchLagMs: () => 60_000 });
    local.jira.setSecurityLevel('WEB-1', 'Confidential');
    expect(await keysFound(local, 'summary ~ checkout', 'zoe.lefevre')).toEqual([]);
  });
});
