/** Issues: how they are created and read, by whom, and what Jira refuses. */
import { Jira } from '../../sandbox/jira/jira';
import { siteIdentity } from '../../sandbox/site';
import { MemoryStorage } from '../../sandbox/storage';
import { createIssue, documentOf, errorsIn, issueIn, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const create = (fields: Record<string, unknown>, as = 'admin') =>
  local.post('issue', { fields }, as);

const TASK = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'A task' };

test('a site begins with three projects (Sandbox: a site)', () => {
  const jira = new Jira({
    site: siteIdentity('south'),
    storage: new MemoryStorage(),
    clock: local.clock,
    appName: 'IssueSYNC for Jira',
  });
  expect(jira.projects()).toHaveLength(3);
});

describe('POST issue', () => {
  test('creates an issue with what it is given, and fills in the rest', async () => {
    const answer = await create({ ...TASK, labels: ['b', 'a', 'b'] }, 'zoe.lefevre');
    expect(answer).toMatchObject({ status: 201, body: { key: 'DEMO-7' } });
    const { id, self } = answer.body as { id: string; self: string };
    expect(self).toBe(`https://north.atlassian.net/rest/api/3/issue/${id}`);
    const zoe = expect.objectContaining({ displayName: 'Zoë Lefèvre' }) as unknown;
    expect((await readIssue(local, id)).fields).toMatchObject({
      summary: 'A task',
      labels: ['a', 'b'],
      issuetype: { name: 'Task', subtask: false },
      project: { key: 'DEMO' },
      status: { name: 'To Do', statusCategory: { key: 'new' } },
      priority: { name: 'Medium' },
      reporter: zoe,
      creator: zoe,
      assignee: null,
      resolution: null,
      components: [],
      duedate: null,
      description: null,
      created: '2026-01-05T09:00:00.000+0000',
      updated: '2026-01-05T09:00:00.000+0000',
    });
  });

  test('takes every kind of system field', async () => {
    const lukasz = local.user('lukasz.wojcik').accountId;
    const key = await createIssue(local, {
      issuetype: { name: 'Story' },
      description: documentOf('Words'),
      priority: { name: 'High' },
      components: [{ name: 'Backend' }],
      fixVersions: [{ name: '1.1' }],
      versions: [{ name: '1.0' }],
      duedate: '2026-03-01',
      assignee: { accountId: lukasz },
      reporter: { id: lukasz },
      parent: { key: 'DEMO-1' },
    });
    expect((await readIssue(local, key)).fields).toMatchObject({
      description: documentOf('Words'),
      priority: { name: 'High' },
      components: [{ name: 'Backend' }],
      fixVersions: [{ name: '1.1', released: false }],
      versions: [{ name: '1.0', released: true }],
      duedate: '2026-03-01',
      assignee: { accountId: lukasz },
      reporter: { accountId: lukasz },
      parent: { key: 'DEMO-1', fields: { summary: 'Make it easy to begin' } },
    });
  });

  test('sets properties, and tells of both', async () => {
    const value = { origin: 'a', path: ['a'] };
    const body = { fields: TASK, properties: [{ key: 'issuesync', value }] };
    expect((await local.post('issue', body, 'app')).status).toBe(201);
    expect(local.events).toMatchObject([
      { type: 'issue-created', actor: { by: 'app' }, issue: { key: 'DEMO-7' } },
      { type: 'issue-property-set', property: { key: 'issuesync', value } },
    ]);
    const issue = await readIssue(local, 'DEMO-7', '?properties=issuesync,other');
    expect(issue.properties).toEqual({ issuesync: value });
  });

  test('says all that is wrong at once, by field', async () => {
    const answer = await create({
      ...TASK,
      summary: 'two\nlines',
      labels: ['with space'],
      priority: { name: 'Huge' },
      duedate: '2026-02-30',
      status: { name: 'Done' },
      customfield_1: 'x',
      components: [{ name: 'Nowhere' }],
    });
    expect(answer.status).toBe(400);
    expect(errorsIn(answer)).toEqual({
      summary: 'The summary is invalid because it contains newline characters.',
      labels: "The label 'with space' contains spaces which is invalid.",
      priority: expect.stringContaining('Huge'),
      duedate: expect.any(String),
      status: "Field 'status' cannot be set. It is not on the appropriate screen, or unknown.",
      customfield_1:
        "Field 'customfield_1' cannot be set. It is not on the appropriate screen, or unknown.",
      components: expect.stringContaining('Nowhere'),
    });
    expect(local.events).toEqual([]);
  });

  test.each([
    [{}, 'project'],
    [{ project: { key: 'NONE' } }, 'project'],
    [{ project: { key: 'DEMO' } }, 'issuetype'],
    [{ project: { key: 'DEMO' }, issuetype: { name: 'Nothing' } }, 'issuetype'],
    [{ project: { key: 'OPS' }, issuetype: { name: 'Bug' }, summary: 'x' }, 'issuetype'],
    [{ project: { key: 'DEMO' }, issuetype: { name: 'Task' } }, 'summary'],
    [{ ...TASK, summary: '' }, 'summary'],
    [{ ...TASK, summary: ' ' }, 'summary'],
    [{ ...TASK, summary: null }, 'summary'],
    [{ ...TASK, summary: 'x'.repeat(256) }, 'summary'],
    [{ ...TASK, labels: 'a' }, 'labels'],
    [{ ...TASK, reporter: null }, 'reporter'],
    [{ ...TASK, assignee: { accountId: 'nobody' } }, 'assignee'],
    [{ ...TASK, parent: { key: 'DEMO-3' } }, 'parent'],
    [{ ...TASK, issuetype: { name: 'Sub-task' } }, 'parent'],
    [{ ...TASK, issuetype: { name: 'Sub-task' }, parent: { key: 'WEB-2' } }, 'parent'],
  ])('is 400 for %j, because of %s', async (fields, because) => {
    const answer = await create(fields);
    expect(answer.status).toBe(400);
    expect(Object.keys(errorsIn(answer))).toEqual([because]);
  });

  test('wants the fields that the project requires', async () => {
    const bug = { ...TASK, project: { key: 'WEB' }, issuetype: { name: 'Bug' } };
    const answer = await create(bug);
    const [[id, message] = []] = Object.entries(errorsIn(answer));
    expect(message).toBe('Browser is required.');
    const done = await create({ ...bug, [id ?? '']: { value: 'Chrome' } });
    expect(done).toMatchObject({ status: 201, body: { key: 'WEB-5' } });
  });

  test('refuses a field that is not on the screen of that type', async () => {
    const bug = { ...TASK, project: { key: 'WEB' }, issuetype: { name: 'Bug' } };
    const answer = await create({ ...bug, duedate: '2026-03-01' });
    expect(errorsIn(answer).duedate).toContain('not on the appropriate screen');
  });

  test.each(['[]', '3', '"x"', '{"fields":[]}', '{"fields":{},"update":{"labels":"x"}}', 'no'])(
    'is 400 for the body %s',
    async (body) => {
      expect((await local.request('POST', 'issue', 'admin', body)).status).toBe(400);
    },
  );

  test('takes a transition, and tells what came of it', async () => {
    const { body } = await local.get('issue/DEMO-1/transitions', 'admin');
    const { transitions } = body as { transitions: { id: string; name: string }[] };
    const done = transitions.find(({ name }) => name === 'Done')?.id;
    const answer = await local.post('issue', { fields: TASK, transition: { id: done } }, 'admin');
    const errorCollection = { errorMessages: [], errors: {} };
    expect(answer).toMatchObject({
      status: 201,
      body: { key: 'DEMO-7', transition: { status: 200, errorCollection } },
    });
    expect((await readIssue(local, 'DEMO-7')).fields).toMatchObject({
      status: { name: 'Done' },
      resolution: { name: 'Done' },
    });
  });

  test('issues are assigned to assignable people only', async () => {
    for (const name of ['jonas.grossmann', 'customer']) {
      const assignee = { accountId: local.user(name).accountId };
      expect(errorsIn(await create({ ...TASK, assignee }))).toEqual({
        assignee: `User '${assignee.accountId}' cannot be assigned issues.`,
      });
    }
    const { accountId } = local.user('priya.raman');
    local.jira.deny(accountId, 'DEMO', 'ASSIGNABLE_USER');
    expect((await create({ ...TASK, assignee: { accountId } })).status).toBe(400);
    // Nobody, in two ways.
    expect((await create({ ...TASK, assignee: null })).status).toBe(201);
    expect((await create({ ...TASK, assignee: { accountId: '-1' } })).status).toBe(201);
  });
});

describe('POST issue/bulk', () => {
  const bulk = (issueUpdates: unknown[], as = 'admin') =>
    local.post('issue/bulk', { issueUpdates }, as);

  test('creates what it can, and tells what it could not', async () => {
    const answer = await bulk([{ fields: TASK }, { fields: {} }, { fields: TASK }]);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        issues: [{ key: 'DEMO-7' }, { key: 'DEMO-8' }],
        errors: [
          {
            status: 400,
            failedElementNumber: 1,
            elementErrors: { errors: { project: expect.any(String) } },
          },
        ],
      },
    });
  });

  test('is 400 where nothing could be created', async () => {
    expect(await bulk([{ fields: {} }])).toMatchObject({
      status: 400,
      body: { issues: [], errors: [{ failedElementNumber: 0 }] },
    });
  });

  test('takes 1 to 50', async () => {
    const many = Array.from({ length: 51 }, () => ({ fields: TASK }));
    expect((await bulk(many)).status).toBe(400);
    expect((await bulk([])).status).toBe(400);
    expect((await bulk(many.slice(1))).status).toBe(201);
    expect((await readIssue(local, 'DEMO-56')).key).toBe('DEMO-56');
  });
});

describe('GET issue', () => {
  test('finds by id and by key, whatever the case', async () => {
    const { id } = await readIssue(local, 'DEMO-2');
    expect((await readIssue(local, id)).key).toBe('DEMO-2');
    expect((await readIssue(local, 'demo-2')).id).toBe(id);
  });

  test.each(['DEMO-99', '1', 'NONE-1', 'x', '%E0%A4%A'])('does not find %s', async (key) => {
    expect(await local.get(`issue/${key}`, 'admin')).toMatchObject({
      status: 404,
      body: {
        errorMessages: ['Issue does not exist or you do not have permission to see it.'],
        errors: {},
      },
    });
  });

  test('is 404 for whoever may not browse', async () => {
    expect((await local.get('issue/DEMO-2', 'anonymous')).status).toBe(404);
    expect((await local.get('issue/OPS-1', 'zoe.lefevre')).status).toBe(404);
    expect((await local.get('issue/OPS-1', 'priya.raman')).status).toBe(200);
  });

  test.each([
    ['?fields=summary', ['summary']],
    ['?fields=summary,labels&fields=status', ['labels', 'status', 'summary']],
    ['?fields=nothing', []],
  ])('gives the fields that are asked for: %s', async (query, expected) => {
    const { fields } = await readIssue(local, 'DEMO-2', query);
    expect(Object.keys(fields).sort()).toEqual(expected);
  });

  test('leaves fields out, and names them', async () => {
    const all = await readIssue(local, 'DEMO-2');
    const less = await readIssue(local, 'DEMO-2', '?fields=-description,-labels');
    expect(Object.keys(all.fields)).toEqual(expect.arrayContaining(Object.keys(less.fields)));
    expect(less.fields).not.toHaveProperty('description');
    expect(less.fields).toHaveProperty('summary');
    const { body } = await local.get('issue/DEMO-2?fields=duedate&expand=names,schema', 'admin');
    expect(body).toMatchObject({
      names: { duedate: 'Due date' },
      schema: { duedate: { type: 'date', system: 'duedate' } },
    });
  });

  test('has the custom fields of its project, by name the same on each site', async () => {
    const namesOf = async (key: string) => {
      const { body } = await local.get(`issue/${key}?expand=names`, 'admin');
      return Object.values((body as { names: Record<string, string> }).names);
    };
    expect(await namesOf('DEMO-2')).toEqual(expect.arrayContaining(['Customer', 'Effort']));
    expect(await namesOf('DEMO-2')).not.toContain('Browser');
    expect(await namesOf('WEB-2')).toContain('Browser');
  });

  test('e-mail addresses are for admins', async () => {
    const { fields } = await readIssue(local, 'DEMO-2', '', 'app');
    expect(fields.assignee).not.toHaveProperty('emailAddress');
  });
});

describe('POST issue/bulkfetch', () => {
  const fetch = async (body: Record<string, unknown>, as = 'admin') => {
    const answer = await local.post('issue/bulkfetch', body, as);
    expect(answer.status).toBe(200);
    return answer.body as { issues: { key: string }[]; issueErrors: { id: string }[] };
  };

  test('gives them by id, each once, and what it cannot give as errors', async () => {
    const { id } = await readIssue(local, 'OPS-1');
    const { issues, issueErrors } = await fetch(
      { issueIdsOrKeys: ['WEB-1', 'demo-2', 'DEMO-2', id, 'DEMO-99'], fields: ['summary'] },
      'zoe.lefevre',
    );
    expect(issues.map(({ key }) => key)).toEqual(['DEMO-2', 'WEB-1']);
    expect(issueErrors.map((error) => error.id)).toEqual([id, 'DEMO-99']);
  });

  test('has properties and fields', async () => {
    const properties = [{ key: 'p', value: 1 }];
    await local.post('issue', { fields: TASK, properties }, 'app');
    const { issues } = await fetch({
      issueIdsOrKeys: ['DEMO-7'],
      fields: ['summary'],
      properties: ['p'],
      expand: ['changelog'],
    });
    expect(issues).toEqual([
      expect.objectContaining({
        fields: { summary: 'A task' },
        properties: { p: 1 },
        changelog: { startAt: 0, maxResults: 0, total: 0, histories: [] },
      }),
    ]);
  });

  test.each([
    [{ issueIdsOrKeys: [] }],
    [{ issueIdsOrKeys: Array.from({ length: 101 }, (_, n) => `DEMO-${n}`) }],
    [{ issueIdsOrKeys: ['DEMO-1'], properties: ['a', 'b', 'c', 'd', 'e', 'f'] }],
    [{ issueIdsOrKeys: 'DEMO-1' }],
    [{}],
  ])('is 400 for %j', async (body) => {
    expect((await local.post('issue/bulkfetch', body, 'admin')).status).toBe(400);
  });
});

test('ids differ from site to site, keys do not (Sandbox: a site)', async () => {
  const south = new Jira({
    site: siteIdentity('south'),
    storage: new MemoryStorage(),
    clock: local.clock,
    appName: 'IssueSYNC for Jira',
  });
  const { body } = await south.handle({
    method: 'GET',
    path: '/rest/api/3/issue/DEMO-2',
    headers: {},
    body: undefined,
    principal: { type: 'app' },
  });
  const there = issueIn({ status: 200, headers: {}, body: JSON.parse(body ?? '') });
  const here = await readIssue(local, 'DEMO-2');
  expect(there.key).toBe(here.key);
  expect(there.id).not.toBe(here.id);
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a transition that cannot be taken does not undo the creation (UNVERIFIED)', async () => {
    const answer = await local.post('issue', { fields: TASK, transition: { id: '99' } }, 'admin');
    expect(answer).toMatchObject({ status: 201, body: { transition: { status: 400 } } });
    expect((await readIssue(local, 'DEMO-7')).fields.status).toMatchObject({ name: 'To Do' });
    expect(local.events).toHaveLength(1);
  });

  test('creation is for those who may', async () => {
    expect((await create(TASK, 'anonymous')).status).toBe(401);
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'CREATE_ISSUES');
    expect(errorsIn(await create(TASK, 'zoe.lefevre'))).toHaveProperty('project');
  });

  test.each([
    ['reporter', 'MODIFY_REPORTER', (id: string) => ({ accountId: id })],
    ['assignee', 'ASSIGN_ISSUES', (id: string) => ({ accountId: id })],
    ['duedate', 'SCHEDULE_ISSUES', () => '2026-03-01'],
    ['fixVersions', 'RESOLVE_ISSUES', () => [{ name: '1.1' }]],
  ])('%s takes the permission %s', async (field, permission, valueFor) => {
    const { accountId } = local.user('zoe.lefevre');
    const fields = { ...TASK, [field]: valueFor(accountId) };
    expect((await create(fields, 'zoe.lefevre')).status).toBe(201);
    local.jira.deny(accountId, 'DEMO', permission);
    expect(errorsIn(await create(fields, 'zoe.lefevre'))[field]).toContain('cannot be set');
  });
});
