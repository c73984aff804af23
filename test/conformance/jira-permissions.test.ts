/** Permissions in the sandbox's Jira: what is granted to whom, and who may ask. */
import { z } from 'zod';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const mineSchema = z.object({
  permissions: z.record(z.string(), z.looseObject({ havePermission: z.boolean() })),
});

/** `{ EDIT_ISSUES: true }`, as told to `as` by `mypermissions`. */
async function mine(as: string, permissions: string, context = ''): Promise<object> {
  const { body } = await local.get(`mypermissions?permissions=${permissions}${context}`, as);
  const entries = Object.entries(mineSchema.parse(body).permissions);
  return Object.fromEntries(entries.map(([key, { havePermission }]) => [key, havePermission]));
}

const checkSchema = z.object({
  globalPermissions: z.array(z.string()),
  projectPermissions: z.array(z.object({ permission: z.string(), projects: z.array(z.number()) })),
});

/** Permission → keys of the projects in which `as` has it, as told by `permissions/check`. */
async function grants(as: string, permissions: string[]): Promise<Record<string, string[]>> {
  const projects = local.jira.projects();
  const { body } = await local.post(
    'permissions/check',
    { projectPermissions: [{ permissions, projects: projects.map(({ id }) => Number(id)) }] },
    as,
  );
  return Object.fromEntries(
    checkSchema
      .parse(body)
      .projectPermissions.map((one) => [
        one.permission,
        one.projects.map((id) => projects.find((project) => Number(project.id) === id)?.key ?? '?'),
      ]),
  );
}

const NEEDED = ['BROWSE_PROJECTS', 'CREATE_ISSUES', 'EDIT_ISSUES'];
const WANTED = ['ADD_COMMENTS', 'CREATE_ATTACHMENTS', 'TRANSITION_ISSUES'];
const EVERYWHERE = ['DEMO', 'WEB', 'OPS'];

describe('the seed (Sandbox: accounts)', () => {
  test.each(['sync', 'app'])('lets %s do all that synchronizing takes, everywhere', async (as) => {
    expect(await grants(as, [...NEEDED, ...WANTED])).toEqual(
      Object.fromEntries([...NEEDED, ...WANTED].map((permission) => [permission, EVERYWHERE])),
    );
    expect(await mine(as, 'ADMINISTER')).toEqual({ ADMINISTER: false });
  });

  test('lets the limited technical user edit nothing in one project', async () => {
    expect(await grants('sync-limited', NEEDED)).toEqual({
      BROWSE_PROJECTS: EVERYWHERE,
      CREATE_ISSUES: EVERYWHERE,
      EDIT_ISSUES: ['DEMO', 'WEB'],
    });
  });

  test('lets people into the projects that they are members of', async () => {
    expect(await grants('zoe.lefevre', ['BROWSE_PROJECTS'])).toEqual({
      BROWSE_PROJECTS: ['DEMO', 'WEB'],
    });
    expect(await grants('anonymous', ['BROWSE_PROJECTS'])).toEqual({ BROWSE_PROJECTS: [] });
    expect(await grants('jonas.grossmann', ['BROWSE_PROJECTS'])).toEqual({ BROWSE_PROJECTS: [] });
  });
});

describe('allow and deny (Sandbox: in tests)', () => {
  test('take one permission from one account in one project, and give it back', async () => {
    const { accountId } = local.user('sync');
    local.jira.deny(accountId, 'WEB', 'ADD_COMMENTS');
    expect(await grants('sync', ['ADD_COMMENTS', 'EDIT_ISSUES'])).toEqual({
      ADD_COMMENTS: ['DEMO', 'OPS'],
      EDIT_ISSUES: EVERYWHERE,
    });
    // Nobody else has more or less than before.
    expect(await grants('sync-limited', ['ADD_COMMENTS'])).toEqual({ ADD_COMMENTS: EVERYWHERE });
    expect(await grants('priya.raman', ['ADD_COMMENTS'])).toEqual({
      ADD_COMMENTS: ['DEMO', 'OPS'],
    });
    local.jira.allow(accountId, 'WEB', 'ADD_COMMENTS');
    expect(await grants('sync', ['ADD_COMMENTS'])).toEqual({ ADD_COMMENTS: EVERYWHERE });
  });

  test('refuse what is not there', () => {
    const { accountId } = local.user('sync');
    expect(() => local.jira.deny(accountId, 'NONE', 'EDIT_ISSUES')).toThrow('NONE');
    expect(() => local.jira.deny(accountId, 'WEB', 'ADMINISTER')).toThrow('ADMINISTER');
    expect(() => local.jira.allow('nobody', 'WEB', 'EDIT_ISSUES')).toThrow('nobody');
    expect(() => local.jira.setActive('nobody', true)).toThrow('nobody');
  });
});

describe('GET permissions', () => {
  test('lists global and project permissions, to anybody', async () => {
    const { body } = await local.get('permissions', 'anonymous');
    expect(body).toMatchObject({
      permissions: { ADMINISTER: { type: 'GLOBAL' }, EDIT_ISSUES: { type: 'PROJECT' } },
    });
  });
});

describe('GET mypermissions', () => {
  test('tells global permissions', async () => {
    expect(await mine('admin', 'ADMINISTER,USER_PICKER')).toEqual({
      ADMINISTER: true,
      USER_PICKER: true,
    });
    expect(await mine('sync', 'ADMINISTER, USER_PICKER')).toEqual({
      ADMINISTER: false,
      USER_PICKER: true,
    });
    expect(await mine('anonymous', 'ADMINISTER')).toEqual({ ADMINISTER: false });
  });

  test('without a project tells whether any project grants it', async () => {
    local.jira.deny(local.user('sync').accountId, 'DEMO', 'EDIT_ISSUES');
    local.jira.deny(local.user('sync').accountId, 'WEB', 'EDIT_ISSUES');
    expect(await mine('sync', 'EDIT_ISSUES')).toEqual({ EDIT_ISSUES: true });
    local.jira.deny(local.user('sync').accountId, 'OPS', 'EDIT_ISSUES');
    expect(await mine('sync', 'EDIT_ISSUES')).toEqual({ EDIT_ISSUES: false });
  });

  test('in a project tells that project, and the id goes before the key', async () => {
    const asked = 'BROWSE_PROJECTS,EDIT_ISSUES,ADMINISTER';
    const expected = { BROWSE_PROJECTS: true, EDIT_ISSUES: false, ADMINISTER: false };
    expect(await mine('sync-limited', asked, '&projectKey=OPS')).toEqual(expected);
    const byId = `&projectKey=DEMO&projectId=${local.projectId('OPS')}`;
    expect(await mine('sync-limited', asked, byId)).toEqual(expected);
  });

  test.each(['', '?permissions=', '?permissions=,'])(
    'needs to be told which permissions: "%s"',
    async (query) => {
      expect(await local.get(`mypermissions${query}`, 'admin')).toMatchObject({
        status: 400,
        body: { errorMessages: ["The 'permissions' query parameter is required."], errors: {} },
      });
    },
  );

  test.each(['NOT_A_PERMISSION', 'EDIT_ISSUE', 'edit_issues'])(
    'does not know %s',
    async (permission) => {
      const path = `mypermissions?permissions=EDIT_ISSUES,${permission}`;
      expect(await local.get(path, 'admin')).toMatchObject({
        status: 400,
        body: { errors: { [permission]: 'Unrecognized permission' } },
      });
    },
  );

  test.each(['projectKey=NONE', 'projectKey=demo', 'projectId=1', 'issueKey=DEMO-99', 'issueId=1'])(
    'does not find %s',
    async (context) => {
      const path = `mypermissions?permissions=EDIT_ISSUES&${context}`;
      expect((await local.get(path, 'admin')).status).toBe(404);
    },
  );

  test.each([
    ['EDIT_ISSUES', 400],
    ['BROWSE_PROJECTS,EDIT_ISSUES', 400],
    ['BROWSE_PROJECTS', 404],
  ])('asked %s of a comment is %s', async (permissions, status) => {
    const path = `mypermissions?permissions=${permissions}&commentId=1`;
    expect((await local.get(path, 'admin')).status).toBe(status);
  });

  test('does not find a project that the caller cannot see', async () => {
    const path = 'mypermissions?permissions=EDIT_ISSUES&projectKey=OPS';
    expect(await local.get(path, 'zoe.lefevre')).toMatchObject({
      status: 404,
      body: { errorMessages: ["No project could be found with key 'OPS'."] },
    });
    expect((await local.get(path, 'admin')).status).toBe(200);
  });
});

describe('POST permissions/check', () => {
  test('checks global permissions, and answers those that are granted', async () => {
    const body = { globalPermissions: ['ADMINISTER', 'USER_PICKER'] };
    expect((await local.post('permissions/check', body, 'sync')).body).toEqual({
      globalPermissions: ['USER_PICKER'],
      projectPermissions: [],
    });
  });

  test('lets only admins ask for somebody else', async () => {
    const { accountId } = local.user('sync-limited');
    const body = {
      accountId,
      projectPermissions: [
        {
          permissions: ['EDIT_ISSUES'],
          projects: [local.projectId('OPS'), local.projectId('WEB')],
        },
      ],
    };
    expect((await local.post('permissions/check', body, 'admin')).body).toEqual({
      globalPermissions: [],
      projectPermissions: [
        { permission: 'EDIT_ISSUES', issues: [], projects: [local.projectId('WEB')] },
      ],
    });
    for (const caller of ['app', 'sync', 'anonymous']) {
      expect(await local.post('permissions/check', body, caller)).toMatchObject({
        status: 403,
        body: { errorMessages: ['Only Jira administrators can perform this operation.'] },
      });
    }
    expect((await local.post('permissions/check', body, 'sync-limited')).status).toBe(200);
  });

  test('ignores ids that are not there, empty permissions, and what is null', async () => {
    const body = {
      globalPermissions: null,
      projectPermissions: [
        { permissions: ['', 'EDIT_ISSUES'], projects: [1, local.projectId('WEB')], issues: [1] },
        { permissions: ['EDIT_ISSUES'], projects: null },
      ],
    };
    expect((await local.post('permissions/check', body, 'sync')).body).toMatchObject({
      projectPermissions: [
        { permission: 'EDIT_ISSUES', issues: [], projects: [local.projectId('WEB')] },
      ],
    });
  });

  test.each([
    ['an unknown permission', { projectPermissions: [{ permissions: ['PERMISSION_123'] }] }],
    ['a global one for a project', { projectPermissions: [{ permissions: ['ADMINISTER'] }] }],
    ['a project one as a global one', { globalPermissions: ['EDIT_ISSUES'] }],
    ['no permission', { projectPermissions: [{ permissions: [''] }] }],
    ['no list of permissions', { projectPermissions: [{ projects: [1] }] }],
    [
      'a text as an id',
      { projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: ['a'] }] },
    ],
    ['an unknown field', { globalPermissions: [], fancy: 1 }],
    ['an unknown account', { accountId: 'nobody', globalPermissions: ['ADMINISTER'] }],
    [
      'too many projects',
      {
        projectPermissions: [
          { permissions: ['EDIT_ISSUES'], projects: Array.from({ length: 1001 }, (_, id) => id) },
        ],
      },
    ],
  ])('is 400 for %s', async (_, body) => {
    expect((await local.post('permissions/check', body, 'admin')).status).toBe(400);
  });

  test.each([undefined, '', '{', '[]'])('is 400 for the body %s', async (body) => {
    const answer = await local.request('POST', 'permissions/check', 'admin', body);
    expect(answer.status).toBe(400);
  });

  test('takes JSON only', async () => {
    const send = (headers: Record<string, string>) =>
      local.request('POST', 'permissions/check', 'admin', '{}', headers);
    expect((await send({ 'content-type': 'text/plain;charset=UTF-8' })).status).toBe(415);
    expect((await send({})).status).toBe(415);
    expect((await send({ 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });
});
