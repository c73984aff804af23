/** What a site's admins have set up, as an app reads it: fields, types, statuses, projects and their parts. */
import { z } from 'zod';
import { createIssue, errorsIn, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const list = async (path: string, as = 'admin') => {
  const { status, body } = await local.get(path, as);
  expect(status).toBe(200);
  return z.array(z.looseObject({ name: z.string() })).parse(body);
};
const names = async (path: string, as?: string) => (await list(path, as)).map(({ name }) => name);

describe('GET field, priority, status, issuetype, resolution', () => {
  test('fields of the system and of the site', async () => {
    const fields = await list('field');
    expect(fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          id: 'summary',
          custom: false,
          orderable: true,
          schema: { type: 'string', system: 'summary' },
        }),
        expect.objectContaining({ id: 'status', orderable: false }),
        expect.objectContaining({ name: 'Severity', custom: true }),
      ]),
    );
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });

  test('priorities, resolutions, issue types, statuses, categories', async () => {
    expect((await names('priority')).slice(0, 5)).toEqual([
      ...['Highest', 'High', 'Medium', 'Low', 'Lowest'],
    ]);
    expect(await names('resolution')).toEqual(['Done', "Won't Do", 'Duplicate']);
    expect(await names('issuetype')).toEqual(['Epic', 'Story', 'Task', 'Bug', 'Sub-task']);
    expect((await names('status')).slice(0, 3)).toEqual(['To Do', 'In Progress', 'Done']);
    expect(await names('statuscategory')).toEqual(['To Do', 'In Progress', 'Done']);
    const types = await names(`issuetype/project?projectId=${local.projectId('OPS')}`);
    expect(types).toEqual(['Task', 'Sub-task']);
    expect((await local.get('issuetype/project?projectId=1', 'admin')).status).toBe(404);
    expect((await local.get('issuetype/project?projectId=x', 'admin')).status).toBe(400);
  });
});

describe('GET label', () => {
  test('labels of all issues, once, in pages', async () => {
    await createIssue(local, { labels: ['zebra', 'text'] });
    const { body } = await local.get('label', 'admin');
    expect(body).toMatchObject({ total: 3, values: ['onboarding', 'text', 'zebra'], isLast: true });
    const page = await local.get('label?maxResults=1&startAt=1', 'admin');
    expect(page.body).toMatchObject({ values: ['text'], isLast: false });
  });
});

describe('GET project', () => {
  test('a project with its parts, by id and by key', async () => {
    const { body } = await local.get('project/WEB', 'zoe.lefevre');
    expect(body).toMatchObject({
      key: 'WEB',
      name: 'Website relaunch',
      lead: { displayName: 'Zoë Lefèvre' },
      components: [{ name: 'Checkout' }, { name: 'Search' }, { name: 'Start page' }],
      versions: [{ name: 'Spring' }, { name: 'Summer' }],
      issueTypes: [{ name: 'Epic' }, { name: 'Story' }, { name: 'Bug' }, { name: 'Sub-task' }],
    });
    expect((await local.get(`project/${local.projectId('WEB')}`, 'admin')).body).toMatchObject({
      key: 'WEB',
    });
  });

  test('is 404 for whoever may not see it', async () => {
    for (const path of ['project/OPS', 'project/OPS/statuses', 'project/OPS/components']) {
      expect((await local.get(path, 'zoe.lefevre')).status).toBe(404);
    }
    expect((await local.get('project/NONE', 'admin')).status).toBe(404);
    expect((await local.get('project/demo', 'admin')).status).toBe(404);
  });

  test('statuses by type, with their categories', async () => {
    const types = await list('project/WEB/statuses');
    expect(types).toMatchObject([
      {
        name: 'Epic',
        statuses: [
          { name: 'Backlog', statusCategory: { key: 'new' } },
          { name: 'Selected' },
          { name: 'In development', statusCategory: { key: 'indeterminate' } },
          { name: 'In review' },
          { name: 'Released', statusCategory: { key: 'done' } },
        ],
      },
      { name: 'Story' },
      { name: 'Bug' },
      { name: 'Sub-task', subtask: true },
    ]);
  });
});

describe('POST component, POST version', () => {
  test('components are added by who administers the project, and can be used at once', async () => {
    const answer = await local.post('component', { name: 'API', project: 'DEMO' }, 'admin');
    expect(answer).toMatchObject({ status: 201, body: { name: 'API', project: 'DEMO' } });
    const { id } = answer.body as { id: string };
    expect((await local.get(`component/${id}`, 'app')).body).toEqual(answer.body);
    expect(await names('project/DEMO/components')).toContain('API');
    const key = await createIssue(local, { components: [{ id }] });
    expect((await readIssue(local, key)).fields.components).toMatchObject([{ name: 'API' }]);
  });

  test('versions too; an archived one cannot be chosen', async () => {
    const version = { name: '2.0', projectId: local.projectId('DEMO'), releaseDate: '2026-06-01' };
    const answer = await local.post('version', version, 'admin');
    expect(answer).toMatchObject({ status: 201, body: { ...version, released: false } });
    const { id } = answer.body as { id: string };
    expect((await local.get(`version/${id}`, 'app')).body).toEqual(answer.body);
    expect(await names('project/DEMO/versions')).toEqual(['1.0', '1.1', '2.0']);
    await local.post('version', { ...version, name: 'Old', archived: true }, 'admin');
    await createIssue(local, { fixVersions: [{ name: '2.0' }] });
    await expect(createIssue(local, { fixVersions: [{ name: 'Old' }] })).rejects.toThrow('Old');
  });

  test.each([
    ['component', { name: 'Backend', project: 'DEMO' }, 400],
    ['component', { name: 'BACKEND', project: 'DEMO' }, 400],
    ['component', { name: '', project: 'DEMO' }, 400],
    ['component', { name: 'x'.repeat(256), project: 'DEMO' }, 400],
    ['component', { project: 'DEMO' }, 400],
    ['component', { name: 'x', project: 'NONE' }, 404],
    ['component', { name: 'x', project: 'DEMO', leadAccountId: 'nobody' }, 400],
    ['version', { name: '1.0', project: 'DEMO' }, 400],
    ['version', { name: 'x' }, 400],
    ['version', { name: 'x', project: 'DEMO', releaseDate: 'soon' }, 400],
    ['version', { name: 'x', projectId: 1 }, 404],
  ])('%s %j is %d', async (path, body, status) => {
    expect((await local.post(path, body, 'admin')).status).toBe(status);
  });

  test('are for who administers the project', async () => {
    const zoe = 'zoe.lefevre';
    expect((await local.post('component', { name: 'x', project: 'DEMO' }, zoe)).status).toBe(403);
    expect((await local.post('version', { name: 'x', project: 'DEMO' }, zoe)).status).toBe(404);
    expect((await local.get('component/1', zoe)).status).toBe(404);
    expect((await local.get('version/1', zoe)).status).toBe(404);
  });

  test('an error names the field', async () => {
    const body = { name: 'Backend', project: 'DEMO' };
    expect(errorsIn(await local.post('component', body, 'admin'))).toHaveProperty('name');
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('whoever sees no project sees no configuration', async () => {
    for (const path of ['field', 'priority', 'status', 'issuetype', 'resolution']) {
      expect(await names(path, 'anonymous')).toEqual([]);
    }
    expect((await local.get('label', 'anonymous')).body).toMatchObject({ values: [] });
  });

  test('labels of issues that one cannot see are not listed', async () => {
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'BROWSE_PROJECTS');
    expect((await local.get('label', 'zoe.lefevre')).body).toMatchObject({ values: [] });
  });
});
