/** Projects, the site itself, and paths that Jira does not have, or no longer. */
import { z } from 'zod';
import { Jira } from '../../sandbox/jira/jira';
import { siteIdentity } from '../../sandbox/site';
import { MemoryStorage } from '../../sandbox/storage';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const pageSchema = z.looseObject({
  startAt: z.number(),
  maxResults: z.number(),
  total: z.number(),
  isLast: z.boolean(),
  nextPage: z.string().optional(),
  values: z.array(z.looseObject({ id: z.string(), key: z.string(), name: z.string() })),
});

async function search(query: string, as = 'app') {
  const { status, body } = await local.get(`project/search${query}`, as);
  expect(status).toBe(200);
  return pageSchema.parse(body);
}

const keys = async (query: string, as?: string) =>
  (await search(query, as)).values.map(({ key }) => key);

describe('GET project/search', () => {
  test('lists the projects that the caller can see, by key', async () => {
    expect(await keys('', 'app')).toEqual(['DEMO', 'OPS', 'WEB']);
    expect(await keys('', 'admin')).toEqual(['DEMO', 'OPS', 'WEB']);
    expect(await keys('', 'zoe.lefevre')).toEqual(['DEMO', 'WEB']);
    expect(await keys('', 'anonymous')).toEqual([]);
    local.jira.deny(local.user('sync-limited').accountId, 'OPS', 'ADMINISTER_PROJECTS');
    local.jira.deny(local.user('sync-limited').accountId, 'OPS', 'BROWSE_PROJECTS');
    expect(await keys('', 'sync-limited')).toEqual(['DEMO', 'WEB']);
  });

  test('pages, and the next page is where it says', async () => {
    const first = await search('?maxResults=2&orderBy=-key');
    expect(first).toMatchObject({ startAt: 0, maxResults: 2, total: 3, isLast: false });
    expect(first.values.map(({ key }) => key)).toEqual(['WEB', 'OPS']);
    const next = new URL(first.nextPage ?? '');
    const last = await search(next.search);
    expect(last).toMatchObject({ startAt: 2, maxResults: 2, total: 3, isLast: true });
    expect(last.values.map(({ key }) => key)).toEqual(['DEMO']);
  });

  test('lowers maxResults to 100', async () => {
    expect(await search('?maxResults=1000')).toMatchObject({ maxResults: 100 });
    expect(await search('')).toMatchObject({ maxResults: 50 });
  });

  test.each([
    ['?query=WEBsite', ['WEB']],
    ['?query=op', ['OPS']],
    ['?keys=WEB&keys=DEMO', ['DEMO', 'WEB']],
    ['?keys=WEB,DEMO', []],
    ['?typeKey=business', ['OPS']],
    ['?orderBy=name', ['DEMO', 'OPS', 'WEB']],
    ['?orderBy=-name', ['WEB', 'OPS', 'DEMO']],
    ['?orderBy=+owner', ['DEMO', 'OPS', 'WEB']],
    ['?status=archived', []],
    ['?fancy=1', ['DEMO', 'OPS', 'WEB']],
  ])('filters and orders: %s', async (query, expected) => {
    expect(await keys(query)).toEqual(expected);
  });

  test('filters by id, and by what the caller can do', async () => {
    expect(await keys(`?id=${local.projectId('WEB')}`)).toEqual(['WEB']);
    expect(await keys('?action=edit', 'zoe.lefevre')).toEqual([]);
    expect(await keys('?action=edit', 'admin')).toEqual(['DEMO', 'OPS', 'WEB']);
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'CREATE_ISSUES');
    expect(await keys('?action=create', 'zoe.lefevre')).toEqual(['WEB']);
    expect(await keys('?action=browse', 'zoe.lefevre')).toEqual(['DEMO', 'WEB']);
  });

  test('adds what is expanded', async () => {
    const { values } = await search('?keys=WEB&expand=description,lead');
    expect(values).toEqual([
      expect.objectContaining({
        description: 'The new website, from design to launch.',
        lead: expect.objectContaining({ displayName: 'Zoë Lefèvre' }) as unknown,
      }),
    ]);
    const [plain] = (await search('?keys=WEB')).values;
    expect(plain).not.toHaveProperty('lead');
    expect(plain).not.toHaveProperty('issueTypes');
  });

  test('expand=issueTypes adds the types of each project, subtasks too', async () => {
    const { values } = await search('?keys=DEMO&keys=WEB&expand=issueTypes');
    const issueTypesOf = z.looseObject({ issueTypes: z.array(z.unknown()) });
    const [demo, web] = z.array(issueTypesOf).parse(values);
    expect(demo?.issueTypes).toEqual([
      expect.objectContaining({ name: 'Epic', subtask: false, hierarchyLevel: 1 }),
      expect.objectContaining({ name: 'Story', subtask: false, hierarchyLevel: 0 }),
      expect.objectContaining({ name: 'Task' }),
      expect.objectContaining({ name: 'Bug' }),
      expect.objectContaining({ name: 'Sub-task', subtask: true, hierarchyLevel: -1 }),
    ]);
    expect(web?.issueTypes).toEqual(
      issueTypesOf.parse((await local.get('project/WEB', 'app')).body).issueTypes,
    );
  });

  test.each([
    ...['?orderBy=colour', '?action=look', '?id=WEB', '?startAt=x', '?maxResults=-1'],
    `?${Array.from({ length: 51 }, (_, n) => `keys=A${n}`).join('&')}`,
  ])('is 400 for %s', async (query) => {
    expect((await local.get(`project/search${query}`, 'app')).status).toBe(400);
  });
});

describe('GET serverInfo', () => {
  test("tells the site's address and its time, to anybody", async () => {
    const { body } = await local.get('serverInfo', 'anonymous');
    expect(body).toMatchObject({
      baseUrl: 'https://north.atlassian.net',
      deploymentType: 'Cloud',
      serverTime: '2026-01-05T09:00:00.000+0000',
    });
    await local.clock.advance(90_000);
    expect((await local.get('serverInfo', 'app')).body).toMatchObject({
      serverTime: '2026-01-05T09:01:30.000+0000',
    });
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test.each(['nothing', 'myself/', 'MYSELF', 'nothing/at/all', 'issue/', '../2/myself', '/'])(
    'GET %s is 404, in the form of the REST framework',
    async (path) => {
      expect(await local.get(path, 'admin')).toMatchObject({
        status: 404,
        body: {
          message: `null for uri: https://north.atlassian.net/rest/api/3/${path}`,
          'status-code': 404,
        },
      });
    },
  );

  test('the old search is 410, and says where to go', async () => {
    for (const answer of [
      await local.get('search?jql=project=DEMO', 'app'),
      await local.post('search', { jql: 'project = DEMO' }, 'app'),
    ]) {
      expect(answer.status).toBe(410);
      expect(JSON.stringify(answer.body)).toContain('/rest/api/3/search/jql');
    }
  });

  test('another method is 405, and says which there are', async () => {
    const answer = await local.request('DELETE', 'search', 'admin');
    expect(answer).toMatchObject({ status: 405, body: undefined, headers: { allow: 'GET,POST' } });
    expect((await local.request('POST', 'myself', 'admin', '{}')).status).toBe(405);
  });
});

test('two sites have nothing in common (Sandbox: a site)', () => {
  const open = (name: string) =>
    new Jira({
      site: siteIdentity(name),
      storage: new MemoryStorage(),
      clock: local.clock,
      appName: 'IssueSYNC for Jira',
    });
  const [north, south] = [open('north'), open('south')];
  const idsOf = (jira: Jira) => [
    ...jira.users().map(({ accountId }) => accountId),
    ...jira.projects().map(({ id }) => id),
  ];
  expect(idsOf(north).filter((id) => idsOf(south).includes(id))).toEqual([]);
});
