/** `jira.js`, a client that others wrote for the real Jira Cloud, on a local site. */
import { Version3Client } from 'jira.js';
import { Sandbox, type Site } from '../../sandbox';
import { documentOf } from '../support/jira-fields';
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

test('creates, edits, moves on and reads an issue (Jira: REST API, Issues)', async () => {
  const client = clientOf('sync@north.example');
  const { key } = await client.issues.createIssue({
    fields: {
      project: { key: 'DEMO' },
      issuetype: { name: 'Bug' },
      summary: 'The list is empty',
      description: documentOf('On Mondays only.'),
      labels: ['list'],
    },
    properties: [{ key: 'issuesync', value: { origin: 'elsewhere' } }],
  });
  await client.issues.editIssue({
    issueIdOrKey: key,
    fields: { duedate: '2026-03-01', assignee: { accountId: account(north, 'priya.raman') } },
    update: { labels: [{ add: 'monday' }] },
  });
  const { transitions = [] } = await client.issues.getTransitions({ issueIdOrKey: key });
  const start = transitions.find(({ name }) => name === 'In Progress');
  await client.issues.doTransition({ issueIdOrKey: key, transition: { id: start?.id ?? '' } });
  const issue = await client.issues.getIssue({
    issueIdOrKey: key,
    expand: 'changelog,names',
    properties: ['issuesync'],
  });
  expect(issue).toMatchObject({
    key,
    properties: { issuesync: { origin: 'elsewhere' } },
    names: { duedate: 'Due date' },
    fields: {
      summary: 'The list is empty',
      description: documentOf('On Mondays only.'),
      labels: ['list', 'monday'],
      duedate: '2026-03-01',
      assignee: { displayName: 'Priya Raman' },
      status: { name: 'In Progress' },
    },
  });
  expect(issue.changelog?.histories?.map(({ items }) => items?.length)).toEqual([1, 3]);
  const { values } = await client.issues.getChangeLogs({ issueIdOrKey: key });
  expect(values).toHaveLength(2);
  await client.issues.deleteIssue({ issueIdOrKey: key });
  await expect(client.issues.getIssue({ issueIdOrKey: key })).rejects.toMatchObject({
    status: 404,
  });
});

test('comments, edits and deletes a comment (Jira: REST API, Issue comments)', async () => {
  const { issueComments } = clientOf('sync@north.example');
  const issueIdOrKey = 'DEMO-6';
  const { id = '' } = await issueComments.addComment({
    issueIdOrKey,
    comment: documentOf('Four of them?'),
    properties: [{ key: 'issuesync', value: { origin: 'elsewhere' } }],
  });
  await issueComments.updateComment({
    issueIdOrKey,
    id,
    body: documentOf('Six of them?'),
    notifyUsers: false,
  });
  const { total, comments } = await issueComments.getComments({ issueIdOrKey });
  expect(total).toBe(1);
  expect(comments).toMatchObject([
    {
      id,
      body: documentOf('Six of them?'),
      author: { displayName: 'IssueSYNC Technical User' },
      jsdPublic: true,
    },
  ]);
  const { values } = await issueComments.getCommentsByIds({
    ids: [Number(id)],
    expand: 'properties',
  });
  expect(values).toMatchObject([
    { id, properties: [{ key: 'issuesync', value: { origin: 'elsewhere' } }] },
  ]);
  await issueComments.deleteComment({ issueIdOrKey, id });
  await expect(issueComments.getComment({ issueIdOrKey, id })).rejects.toMatchObject({
    status: 404,
  });
});

test('reads the site, and understands a refusal (Jira: REST API, Server info)', async () => {
  const admin = clientOf('admin@north.example');
  expect((await admin.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
  const nobody = clientOf('nobody@north.example');
  await expect(nobody.myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
});
