/** `jira.js`, a client that others wrote for the real Jira Cloud, on a local site. */
import { Version3Client } from 'jira.js';
import { Sandbox, type Site } from '../../sandbox';
import { projectIdIn } from '../support/local-jira';
import { checkJiraAnswer } from '../support/openapi';
import { account } from '../support/sites';

let sandbox: Sandbox;
let north: Site;

beforeAll(async () => {
  sandbox = await Sandbox.start({ sites: ['north'], onJiraAnswer: checkJiraAnswer });
  north = sandbox.site('north');
});

afterAll(() => sandbox.dispose());

const clientOf = (email: string): Version3Client =>
  new Version3Client({
    host: north.url,
    authentication: { basic: { email, apiToken: 'any' } },
  });

test('reads users (Jira: REST API, Users)', async () => {
  const client = clientOf('admin@north.example');
  expect((await client.myself.getCurrentUser()).emailAddress).toBe('admin@north.example');
  const [found] = await client.userSearch.findUsers({ query: 'Zoë' });
  expect(found).toMatchObject({ displayName: 'Zoë Lefèvre', accountType: 'atlassian' });
  const accountId = account(north, 'jonas.grossmann');
  expect(await client.users.getUser({ accountId })).toMatchObject({ accountId, active: false });
  expect(await client.users.getAllUsers({ maxResults: 3 })).toHaveLength(3);
});

test('reads projects, page by page (Jira: REST API, Projects)', async () => {
  const client = clientOf('sync@north.example');
  const first = await client.projects.searchProjects({ maxResults: 2 });
  expect(first).toMatchObject({ total: 3, isLast: false });
  const rest = await client.projects.searchProjects({ startAt: 2, maxResults: 2 });
  expect([...first.values, ...rest.values].map(({ key }) => key)).toEqual(['DEMO', 'OPS', 'WEB']);
  // One key only: this client writes several with commas, Jira's description wants them repeated.
  const chosen = await client.projects.searchProjects({ keys: ['WEB'], expand: 'lead' });
  expect(chosen.values).toMatchObject([{ key: 'WEB', lead: { displayName: 'Zoë Lefèvre' } }]);
});

test('reads permissions (Jira: REST API, Permissions)', async () => {
  const client = clientOf('sync-limited@north.example');
  const mine = await client.permissions.getMyPermissions({
    permissions: 'ADMINISTER,EDIT_ISSUES',
    projectKey: 'OPS',
  });
  expect(mine.permissions).toMatchObject({
    ADMINISTER: { havePermission: false },
    EDIT_ISSUES: { havePermission: false },
  });
  const [web, ops] = [projectIdIn(north.jira, 'WEB'), projectIdIn(north.jira, 'OPS')];
  const granted = await client.permissions.getBulkPermissions({
    projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [web, ops], issues: [] }],
  });
  expect(granted.projectPermissions).toEqual([
    { permission: 'EDIT_ISSUES', issues: [], projects: [web] },
  ]);
  const all = await client.permissions.getAllPermissions();
  expect(all.permissions).toHaveProperty('CREATE_ATTACHMENTS');
});

test('reads the site, and understands a refusal (Jira: REST API, Server info)', async () => {
  const admin = clientOf('admin@north.example');
  expect((await admin.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
  const nobody = clientOf('nobody@north.example');
  await expect(nobody.myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
});
