/** `jira.js`, a client that others wrote for the real Jira Cloud, over HTTP. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Version3Client } from 'jira.js';
import type { Principal } from '../../sandbox/jira/jira';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let server: Server;

/** Basic auth: the address chooses the account, whatever the token. */
function principalOf({ headers }: IncomingMessage): Principal {
  const [scheme, credentials = ''] = headers.authorization?.split(' ') ?? [];
  const [email = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  const user = scheme === 'Basic' ? local.jira.findUserByEmail(email) : undefined;
  return user ? { type: 'user', accountId: user.accountId } : { type: 'anonymous' };
}

async function answer(request: IncomingMessage) {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return local.jira.handle({
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(headers),
    body: await text(request),
    principal: principalOf(request),
  });
}

beforeAll(async () => {
  local = new LocalJira();
  server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      // What the checker of answers throws: no client takes this for an answer of Jira.
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

function clientOf(email: string): Version3Client {
  const { port } = server.address() as AddressInfo;
  return new Version3Client({
    host: `http://127.0.0.1:${port}`,
    authentication: { basic: { email, apiToken: 'any' } },
  });
}

test('reads users', async () => {
  const client = clientOf('admin@north.example');
  expect((await client.myself.getCurrentUser()).emailAddress).toBe('admin@north.example');
  const [found] = await client.userSearch.findUsers({ query: 'Zoë' });
  expect(found).toMatchObject({ displayName: 'Zoë Lefèvre', accountType: 'atlassian' });
  const accountId = local.user('jonas.grossmann').accountId;
  expect(await client.users.getUser({ accountId })).toMatchObject({ accountId, active: false });
  expect(await client.users.getAllUsers({ maxResults: 3 })).toHaveLength(3);
});

test('reads projects, page by page', async () => {
  const client = clientOf('sync@north.example');
  const first = await client.projects.searchProjects({ maxResults: 2 });
  expect(first).toMatchObject({ total: 3, isLast: false });
  const rest = await client.projects.searchProjects({ startAt: 2, maxResults: 2 });
  expect([...first.values, ...rest.values].map(({ key }) => key)).toEqual(['DEMO', 'OPS', 'WEB']);
  // One key only: this client writes several with commas, Jira's description wants them repeated.
  const chosen = await client.projects.searchProjects({ keys: ['WEB'], expand: 'lead' });
  expect(chosen.values).toMatchObject([{ key: 'WEB', lead: { displayName: 'Zoë Lefèvre' } }]);
});

test('reads permissions', async () => {
  const client = clientOf('sync-limited@north.example');
  const mine = await client.permissions.getMyPermissions({
    permissions: 'ADMINISTER,EDIT_ISSUES',
    projectKey: 'OPS',
  });
  expect(mine.permissions).toMatchObject({
    ADMINISTER: { havePermission: false },
    EDIT_ISSUES: { havePermission: false },
  });
  const [web, ops] = [local.projectId('WEB'), local.projectId('OPS')];
  const granted = await client.permissions.getBulkPermissions({
    projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [web, ops], issues: [] }],
  });
  expect(granted.projectPermissions).toEqual([
    { permission: 'EDIT_ISSUES', issues: [], projects: [web] },
  ]);
  const all = await client.permissions.getAllPermissions();
  expect(all.permissions).toHaveProperty('CREATE_ATTACHMENTS');
});

test('reads the site, and understands a refusal', async () => {
  const client = clientOf('nobody@north.example');
  expect((await client.serverInfo.getServerInfo()).deploymentType).toBe('Cloud');
  await expect(client.myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
});
