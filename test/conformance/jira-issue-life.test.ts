/** What befalls an issue: it is assigned, moved, hidden, deleted; its project gets another key. */
import { createIssue, errorsIn, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const history = async (key: string) =>
  (await readIssue(local, key, '?expand=changelog')).changelog?.histories ?? [];

describe('PUT issue/{id}/assignee', () => {
  const assign = (accountId: unknown, as = 'zoe.lefevre') =>
    local.put('issue/DEMO-6/assignee', { accountId }, as);

  test('assigns, and takes away', async () => {
    const { accountId } = local.user('priya.raman');
    expect(await assign(accountId)).toMatchObject({ status: 204, body: undefined });
    expect((await readIssue(local, 'DEMO-6')).fields.assignee).toMatchObject({ accountId });
    expect((await assign(null)).status).toBe(204);
    expect((await readIssue(local, 'DEMO-6')).fields.assignee).toBeNull();
    expect(await history('DEMO-6')).toMatchObject([
      { items: [{ field: 'assignee', fromString: 'Priya Raman', to: null, toString: null }] },
      { items: [{ from: null, to: accountId, toString: 'Priya Raman' }] },
    ]);
  });

  test('takes no permission to edit, but one to assign', async () => {
    const { accountId } = local.user('zoe.lefevre');
    local.jira.deny(accountId, 'DEMO', 'EDIT_ISSUES');
    expect((await assign(accountId)).status).toBe(204);
    local.jira.deny(accountId, 'DEMO', 'ASSIGN_ISSUES');
    expect((await assign(null)).status).toBe(403);
    expect((await assign(null, 'anonymous')).status).toBe(404);
  });

  test('refuses whom issues cannot be assigned to', async () => {
    const inactive = local.user('jonas.grossmann').accountId;
    expect(errorsIn(await assign(inactive))).toHaveProperty('assignee');
    expect((await local.put('issue/DEMO-6/assignee', {}, 'admin')).status).toBe(400);
  });
});

describe('DELETE issue', () => {
  test('takes the issue away with all that is its own, and tells of it alone', async () => {
    await local.put('issue/DEMO-6/properties/p', 1, 'app');
    const { id } = await readIssue(local, 'DEMO-6');
    local.events.length = 0;
    expect(await local.delete('issue/DEMO-6', 'admin')).toMatchObject({
      status: 204,
      body: undefined,
    });
    for (const path of [`issue/${id}`, 'issue/DEMO-6', 'issue/DEMO-6/properties/p']) {
      expect((await local.get(path, 'admin')).status).toBe(404);
    }
    expect(local.events).toMatchObject([
      {
        type: 'issue-deleted',
        issue: { id, key: 'DEMO-6', fields: { summary: 'Order new chairs' } },
      },
    ]);
    expect(await createIssue(local)).toBe('DEMO-7');
  });

  test('takes subtasks along only when told to', async () => {
    expect((await local.delete('issue/DEMO-2', 'admin')).status).toBe(400);
    expect((await local.get('issue/DEMO-2', 'admin')).status).toBe(200);
    expect((await local.delete('issue/DEMO-2?deleteSubtasks=true', 'admin')).status).toBe(204);
    expect((await local.get('issue/DEMO-5', 'admin')).status).toBe(404);
    expect(local.events.map(({ issue }) => issue.key)).toEqual(['DEMO-5', 'DEMO-2']);
  });

  test('is for those who may', async () => {
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'DELETE_ISSUES');
    expect((await local.delete('issue/DEMO-6', 'zoe.lefevre')).status).toBe(403);
    expect((await local.delete('issue/DEMO-6', 'anonymous')).status).toBe(404);
  });
});

describe('another key (Jira: Editing a project key, Moving issues)', () => {
  test('of the project: old keys lead to it and to its issues', async () => {
    const { id } = await readIssue(local, 'DEMO-2');
    local.jira.renameProject('DEMO', 'SHOW');
    for (const key of ['DEMO-2', 'SHOW-2', id]) {
      expect(await readIssue(local, key)).toMatchObject({ id, key: 'SHOW-2' });
    }
    expect((await local.get('project/DEMO', 'admin')).body).toMatchObject({ key: 'SHOW' });
    expect(await createIssue(local, { project: { key: 'SHOW' } })).toBe('SHOW-7');
    expect(() => local.jira.renameProject('WEB', 'DEMO')).toThrow('DEMO');
  });

  test('of the issue: it keeps its id, its old key leads to it, and is not given again', async () => {
    await local.put('issue/DEMO-6/properties/p', 1, 'app');
    const { id } = await readIssue(local, 'DEMO-6');
    local.events.length = 0;
    local.jira.moveIssue('DEMO-6', 'WEB', 'Story');
    const moved = await readIssue(local, 'DEMO-6', '?properties=p&expand=changelog');
    expect(moved).toMatchObject({
      id,
      key: 'WEB-5',
      fields: {
        project: { key: 'WEB' },
        issuetype: { name: 'Story' },
        status: { name: 'Backlog' },
        priority: { name: 'Normal' },
      },
      properties: { p: 1 },
    });
    expect(moved.changelog?.histories).toMatchObject([
      {
        items: [
          { field: 'Key', fromString: 'DEMO-6', toString: 'WEB-5' },
          { field: 'project', fromString: 'Demo', toString: 'Website relaunch' },
          { field: 'issuetype', fromString: 'Task', toString: 'Story' },
          { field: 'status', fromString: 'To Do', toString: 'Backlog' },
        ],
      },
    ]);
    expect(local.events).toMatchObject([{ type: 'issue-updated', issue: { key: 'WEB-5' } }]);
    expect(await createIssue(local)).toBe('DEMO-7');
    local.jira.moveIssue('WEB-5', 'DEMO', 'Task');
    expect((await readIssue(local, 'WEB-5')).key).toBe('DEMO-8');
  });
});

describe('security levels (Jira: Configuring issue-level security)', () => {
  test('hide an issue from all who are not in them, whatever they may do', async () => {
    local.jira.setSecurityLevel('WEB-2', 'Confidential');
    expect((await readIssue(local, 'WEB-2')).fields.security).toMatchObject({
      name: 'Confidential',
    });
    const { id } = await readIssue(local, 'WEB-2');
    for (const as of ['app', 'sync', 'zoe.lefevre']) {
      expect((await local.get('issue/WEB-2', as)).status).toBe(404);
      expect((await local.put(`issue/${id}`, { fields: { summary: 'x' } }, as)).status).toBe(404);
      expect((await local.delete('issue/WEB-2', as)).status).toBe(404);
      const bulk = await local.post('issue/bulkfetch', { issueIdsOrKeys: ['WEB-2'] }, as);
      expect(bulk.body).toMatchObject({ issues: [], issueErrors: [{ id: 'WEB-2' }] });
    }
    local.jira.setSecurityLevel('WEB-2', 'Internal');
    expect((await local.get('issue/WEB-2', 'app')).status).toBe(200);
    local.jira.setSecurityLevel('WEB-2', undefined);
    expect((await readIssue(local, 'WEB-2', '', 'sync')).fields.security).toBeNull();
    expect(() => local.jira.setSecurityLevel('DEMO-2', 'Internal')).toThrow('DEMO-2');
  });

  test('are told by an event, hidden or not', () => {
    local.jira.setSecurityLevel('WEB-2', 'Confidential');
    expect(local.events).toMatchObject([
      {
        type: 'issue-updated',
        changelog: { items: [{ field: 'security', toString: 'Confidential' }] },
      },
    ]);
  });
});

describe('POST permissions/check, GET mypermissions, of issues', () => {
  test('count what the caller sees', async () => {
    const { id } = await readIssue(local, 'WEB-2');
    const check = async (as: string) => {
      const projectPermissions = [{ permissions: ['EDIT_ISSUES'], issues: [Number(id), 1] }];
      return (await local.post('permissions/check', { projectPermissions }, as)).body;
    };
    const granted = (issues: number[]) => ({
      globalPermissions: [],
      projectPermissions: [{ permission: 'EDIT_ISSUES', issues, projects: [] }],
    });
    expect(await check('sync')).toEqual(granted([Number(id)]));
    local.jira.setSecurityLevel('WEB-2', 'Confidential');
    expect(await check('sync')).toEqual(granted([]));
    const path = `mypermissions?permissions=EDIT_ISSUES&issueId=${id}`;
    expect((await local.get(path, 'sync')).status).toBe(404);
    expect((await local.get(path, 'admin')).body).toMatchObject({
      permissions: { EDIT_ISSUES: { havePermission: true } },
    });
    expect(
      (await local.get('mypermissions?permissions=EDIT_ISSUES&issueKey=OPS-1', 'sync-limited'))
        .body,
    ).toMatchObject({ permissions: { EDIT_ISSUES: { havePermission: false } } });
  });
});
