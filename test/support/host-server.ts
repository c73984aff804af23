/** A site that is nothing but its pages: a resolver and a Jira that answer what the test says. */
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createHostPages, type HostManifest } from '../../sandbox/host/pages';
import { siteIdentity } from '../../sandbox/site';

const PEOPLE = [
  { accountId: '712020:ada', displayName: 'Ada Admin', emailAddress: 'ada@north.example' },
  { accountId: '712020:mia', displayName: 'Mia Member', emailAddress: 'mia@north.example' },
].map((person) => ({ ...person, active: true, accountType: 'atlassian' }));

export interface HostServer {
  url: string;
  /** Each call of a resolver, as the page sent it. */
  invocations: unknown[];
  /** The `Authorization` of each call of Jira's REST API, decoded. */
  callers: string[];
  close: () => Promise<void>;
}

export interface HostServerOptions {
  /** UI Kit files by page key, below `projectRoot`. */
  adminPages: HostManifest['adminPages'];
  projectRoot?: string;
}

const FIXTURES = join(__dirname, '../e2e/host-fixture');

/** An admin page of the app that is drawn from this file. */
export const pageOf = (resourcePath: string, useAsConfig = false) => ({
  key: useAsConfig ? 'fixture-configure' : 'fixture-page',
  title: useAsConfig ? 'Set up Fixture' : 'Fixture',
  resourcePath,
  useAsConfig,
});

/** Starts the site `north` on a free port. */
export async function startHostServer(options: HostServerOptions): Promise<HostServer> {
  const invocations: unknown[] = [];
  const callers: string[] = [];
  const pages = createHostPages({
    site: siteIdentity('north'),
    jira: {
      users: () => [...PEOPLE, { ...app, active: true }],
      projects: () => [{ key: 'ALPHA', name: 'Project <Alpha>' }],
      siteAdmin: () => PEOPLE[0] ?? app,
      // No project has an issue.
      handle: () =>
        Promise.resolve({ status: 200, headers: {}, body: '{"issues":[],"isLast":true}' }),
    },
    manifest: { appId: 'ari:cloud:ecosystem::app/fixture', adminPages: options.adminPages },
    projectRoot: options.projectRoot ?? FIXTURES,
  });

  async function answer(request: Request): Promise<Response> {
    const page = await pages.handle(request);
    if (page) return page;
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/_sandbox/invoke') {
      const call = (await request.json()) as { functionKey: string };
      invocations.push(call);
      return call.functionKey === 'fails'
        ? Response.json({ error: { message: 'the resolver failed' } })
        : Response.json({ value: `${call.functionKey} answered` });
    }
    const caller = callerOf(request);
    callers.push(caller);
    switch (pathname) {
      case '/rest/api/3/mypermissions':
        return Response.json({
          permissions: { ADMINISTER: { havePermission: caller === 'ada@north.example' } },
        });
      case '/rest/api/3/myself':
        return Response.json({ emailAddress: caller });
      case '/rest/api/3/user/search':
        return Response.json(
          PEOPLE.filter(({ displayName }) =>
            displayName.toLowerCase().startsWith((searchParams.get('query') ?? '').toLowerCase()),
          ),
        );
      case '/rest/api/3/user':
        return Response.json(
          PEOPLE.find(({ accountId }) => accountId === searchParams.get('accountId')),
        );
      default:
        return new Response(`nothing at ${pathname}`, { status: 404 });
    }
  }

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const response = await answer(await toRequest(incoming));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    invocations,
    callers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const app = {
  accountId: '712020:app',
  displayName: 'Fixture',
  emailAddress: undefined,
  active: true,
  accountType: 'app',
};

/** Who a request comes from: the e-mail address of its basic authentication. */
function callerOf(request: Request): string {
  const encoded = (request.headers.get('authorization') ?? '').replace('Basic ', '');
  return Buffer.from(encoded, 'base64').toString().split(':')[0] ?? '';
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = 'GET', headers, url = '/' } = incoming;
  return new Request(`http://${headers.host ?? 'localhost'}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ...(method === 'POST' && { body: Buffer.concat(chunks) }),
  });
}
