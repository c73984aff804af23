/** Web triggers: their URLs by the real `@forge/api`, requests over real HTTP, responses. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

const getUrl = async (site: Site, key = 'hook', forceCreate = false): Promise<string> =>
  String(await site.invoke('url', { key, forceCreate }));

/** The address on this machine of a web trigger's public one. */
const local = (site: Site, url: string): string => site.url + new URL(url).pathname;

async function call(suffix: string, init: RequestInit = {}): Promise<Response> {
  return fetch(local(north, await getUrl(north)) + suffix, init);
}

describe('URLs (Forge: Web trigger API)', () => {
  test('the format is the manifest’s, the host is the installation’s', async () => {
    const { installationId } = north.identity;
    expect(await getUrl(north)).toMatch(
      new RegExp(`^https://${installationId}\\.webtrigger\\.atlassian\\.app/public/[\\w-]+$`),
    );
    expect(await getUrl(north, 'old-hook')).toMatch(
      new RegExp(`^https://${installationId}\\.hello\\.atlassian-dev\\.net/x1/[\\w-]+$`),
    );
  });

  test('one does not answer under the path of the other format (Forge: web trigger module, urlFormat)', async () => {
    const hook = local(north, await getUrl(north));
    const old = local(north, await getUrl(north, 'old-hook'));
    for (const [url, status] of [
      [hook, 201],
      [hook.replace('/public/', '/x1/'), 404],
      [old, 201],
      [old.replace('/x1/', '/public/'), 404],
    ] as const) {
      expect((await fetch(url)).status).toBe(status);
    }
  });

  test('it is the same each time, unless a new one is asked for; both answer then', async () => {
    expect(north.endpointUrl()).toBeUndefined();
    const first = await getUrl(north);
    expect(await getUrl(north)).toBe(first);
    expect(await getUrl(sandbox.site('south'))).not.toBe(first);
    const second = await getUrl(north, 'hook', true);
    expect(second).not.toBe(first);
    expect(await getUrl(north)).toBe(second);
    expect(north.endpointUrl()).toBe(second);
    for (const url of [first, second]) expect((await fetch(local(north, url))).status).toBe(201);
  });

  test('a deleted one does not answer and never comes back', async () => {
    const url = await getUrl(north);
    await north.invoke('delete-url', { url });
    expect((await fetch(local(north, url))).status).toBe(404);
    expect(await getUrl(north)).not.toBe(url);
    await expect(north.invoke('delete-url', { url })).rejects.toThrow(/Failed to delete/);
  });

  test('they can be listed', async () => {
    const hook = await getUrl(north);
    const old = await getUrl(north, 'old-hook');
    const urls = (await north.invoke('urls')) as unknown[];
    expect(urls).toHaveLength(2);
    expect(urls).toEqual(
      expect.arrayContaining([
        { moduleKey: 'hook', url: hook },
        { moduleKey: 'old-hook', url: old },
      ]),
    );
  });

  test('they can be listed by module, and an address that is none is refused', async () => {
    const hook = await getUrl(north);
    await getUrl(north, 'old-hook');
    expect(await north.invoke('urls', { key: 'hook' })).toEqual([{ moduleKey: 'hook', url: hook }]);
    await expect(north.invoke('delete-url', { url: 'https://example.com/' })).rejects.toThrow(
      /Failed to parse web trigger URL/,
    );
  });

  test('a new one can be asked for by an option too', async () => {
    const first = await getUrl(north);
    const options = { forceCreate: true };
    expect(await north.invoke('url', { key: 'hook', forceCreate: options })).not.toBe(first);
  });

  test('a key that the manifest does not have is an error', async () => {
    await expect(getUrl(north, 'nope')).rejects.toThrow(/Failed to get web trigger URL/);
  });
});

test('the function is told method, paths, headers, parameters and body (Forge: Web trigger events, request)', async () => {
  const response = await call('/more/path?a=1&a=2&b=', {
    method: 'PUT',
    headers: { 'X-Custom': 'yes' },
    body: 'tëxt',
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('x-twice')).toBe('a, b');
  const { request, context } = (await response.json()) as {
    request: { headers: Record<string, string[]> };
    context: unknown;
  };
  const path = new URL(await getUrl(north)).pathname;
  expect(request).toMatchObject({
    method: 'PUT',
    path: `${path}/more/path`,
    userPath: '/more/path',
    queryParameters: { a: ['1', '2'], b: [''] },
    body: 'tëxt',
  });
  const names = Object.keys(request.headers);
  expect(names.find((name) => name.toLowerCase() === 'x-custom')).toBeDefined();
  expect(context).toEqual({ installContext: `ari:cloud:jira::site/${north.identity.cloudId}` });
});

test('nobody is there to ask authorize() about (Forge: Authorize API)', async () => {
  const response = await call('?do=authorize');
  expect(response.status).toBe(500);
  expect(north.logs.join()).toContain('find the accountId of the invoking user');
});

test('nobody is there to be asUser() (Forge: requestJira, contextual methods)', async () => {
  const response = await call('?do=user');
  expect(await response.json()).toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR', status: 401 });
});

describe('responses (Forge: Web trigger events, response)', () => {
  const returned = (result: unknown): Promise<Response> =>
    call('?do=return', { method: 'POST', body: JSON.stringify(result) });

  test('a body and headers are not needed', async () => {
    const response = await returned({ statusCode: 204 });
    expect([response.status, await response.text()]).toEqual([204, '']);
  });

  test.each([
    ['a status text that is no reason phrase', { statusCode: 200, statusText: '✓' }],
    ['a status text of two lines', { statusCode: 200, statusText: 'a\nb' }],
    ['nothing', null],
    ['no status', { body: 'x' }],
    ['a status that is text', { statusCode: '200' }],
    ['a status that is none', { statusCode: 42 }],
    ['a header that is no list', { statusCode: 200, headers: { a: 'b' } }],
    ['a header with a line break', { statusCode: 200, headers: { a: ['b\r\nc: d'] } }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ])('%s is a 500', async (_name, result) => {
    const response = await returned(result);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Internal Server Error');
  });

  test('an error of the app is a 500 that tells nothing', async () => {
    const response = await call('?do=throw:internal-detail');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('internal-detail');
    expect(north.logs.join('\n')).toContain('internal-detail');
  });
});

test('up to 55 s it has the answer (Forge: Invocation limits)', async () => {
  const calling = call('?do=sleep:54999');
  await arrived();
  await sandbox.clock.advance(54_999);
  expect((await calling).status).toBe(200);
});

test('requests and answers are recorded (Sandbox: in tests)', async () => {
  await call('?x=1', { method: 'POST', headers: { 'X-Custom': 'yes' }, body: 'sent' });
  const [exchange] = north.traffic;
  expect(exchange).toMatchObject({ direction: 'in', requestBody: 'sent', status: 201 });
  expect(exchange?.url).toMatch(/\?x=1$/);
  expect(exchange?.responseBody).toContain('"body":"sent"');
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('after 55 s the caller has a 424 [2nd: Atlassian’s issue ECO-75]', async () => {
    const calling = call('?do=sleep:55001');
    await arrived();
    await sandbox.clock.advance(55_001);
    expect((await calling).status).toBe(424);
  });

  test('what is refused before the function is called: statuses', async () => {
    await getUrl(north);
    north.stats.reset();
    const large = await call('', { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024 + 1) });
    expect(large.status).toBe(413);
    expect((await fetch(`${north.url}/public/nope`)).status).toBe(404);
    const path = new URL(await getUrl(north)).pathname;
    expect((await fetch(sandbox.site('south').url + path)).status).toBe(404);
    north.setFaults({ uninstalled: true });
    expect((await fetch(north.url + path)).status).toBe(424);
  });
});

/** Waits until the web trigger's function runs. */
async function arrived(): Promise<void> {
  const before = north.stats.snapshot().invocations;
  // One for getUrl, which `call` makes first.
  while (north.stats.snapshot().invocations < Math.max(2, before)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await sandbox.settled();
}
