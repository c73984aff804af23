/** Jira's REST API through the platform's proxy: scopes, on whose behalf, impersonation. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { account as accountOn } from '../support/sites';

const MYSELF = '/rest/api/3/myself';
/** The one call here whose scope the fixture's manifest lets be used for impersonation. */
const PROJECTS = '/rest/api/3/project/search';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

interface Answer {
  status: number;
  name?: string;
  message?: string;
  body: string;
}

const jira = async (request: object, accountId?: string): Promise<Answer> =>
  (await north.invoke('jira', request, { accountId })) as Answer;

const account = (name: string): string => accountOn(north, name);

const accountIdIn = ({ body }: Answer): unknown =>
  (JSON.parse(body) as { accountId: unknown }).accountId;

test('asApp is the app’s account, asUser the user who is there (Forge: requestJira, contextual methods)', async () => {
  expect(accountIdIn(await jira({ as: 'app', path: MYSELF }))).toBe(north.identity.appAccountId);
  expect(accountIdIn(await jira({ as: 'user', path: MYSELF }, account('sync')))).toBe(
    account('sync'),
  );
});

test('without asApp or asUser nobody asks (Forge: requestJira, contextual methods)', async () => {
  expect((await jira({ as: 'nobody', path: MYSELF })).status).toBe(401);
});

test('a route that Jira does not have is Jira’s 404 (Forge: requestJira)', async () => {
  expect((await jira({ as: 'app', path: '/rest/api/3/nope' })).status).toBe(404);
});

describe('impersonation (Forge: User impersonation)', () => {
  /** How it is refused is UNVERIFIED: that it is an error, and not Jira’s answer, is all that counts here. */
  const REFUSED = { name: 'PROXY_ERR' };
  const as = (accountId: string) => ({ as: { accountId }, path: PROJECTS });

  test('of an active person with a scope that allows it', async () => {
    expect(await jira(as(account('sync')))).toMatchObject({ status: 200 });
  });

  test('not where a scope does not allow it', async () => {
    const answer = await jira({ as: { accountId: account('sync') }, path: MYSELF });
    expect(answer).toMatchObject(REFUSED);
  });

  test('never of an unknown or inactive account, an app or a customer', async () => {
    const others = north.jira
      .users()
      .filter(({ active, accountType }) => !active || accountType !== 'atlassian');
    expect(new Set(others.map(({ accountType }) => accountType)).size).toBeGreaterThan(1);
    for (const { accountId } of [...others, { accountId: 'unknown' }]) {
      expect(await jira(as(accountId))).toMatchObject(REFUSED);
    }
  });

  test('of contributors only, unless the app is shared', async () => {
    north.setFaults({ distribution: 'none' });
    expect(await jira(as(account('sync')))).toMatchObject(REFUSED);
    expect(await jira(as(north.jira.siteAdmin().accountId))).toMatchObject({ status: 200 });
    north.setFaults({ distribution: 'link' });
    expect(await jira(as(account('sync')))).toMatchObject({ status: 200 });
  });
});

test('Jira is down on demand (Sandbox: faults)', async () => {
  north.setFaults({ jiraStatus: 503 });
  const answer = await jira({ as: 'app', path: MYSELF });
  expect(answer.status).toBe(503);
  expect(answer.body).toContain('<html>');
});

test('a signal ends the wait for Jira (HTTP: Fetch Standard, abort)', async () => {
  north.setFaults({ latencyMs: 5_000 });
  const calling = jira({ as: 'app', path: MYSELF, timeoutMs: 1_000 });
  await sandbox.settled();
  await sandbox.clock.advance(1_000);
  expect(await calling).toMatchObject({ name: 'TimeoutError' });
});

describe('requestJira of a page (Forge: UI bridge, requestJira)', () => {
  /** As the page's host hands it on; without its header it is a call of a person's own. */
  const ask = (path: string, headers: Record<string, string> = { 'X-Sandbox-App-Page': 'true' }) =>
    fetch(north.url + path, {
      headers: {
        Authorization: `Basic ${Buffer.from('sync@north.example:any').toString('base64')}`,
        ...headers,
      },
    });

  test('is made as the one who is there, and counted', async () => {
    const answer = await ask(MYSELF);
    expect(await answer.json()).toMatchObject({ accountId: account('sync') });
    expect(north.stats.snapshot().jira.calls).toBe(1);
  });

  test('needs the app’s scopes', async () => {
    expect((await ask('/rest/api/3/permissions', {})).status).toBe(200);
    const refused = await ask('/rest/api/3/permissions');
    expect(refused.status).toBe(401);
    expect(await refused.json()).toEqual({
      code: 401,
      message: 'Unauthorized; scope does not match',
    });
  });

  test('fails where Jira is down', async () => {
    north.setFaults({ jiraStatus: 503 });
    expect((await ask(MYSELF)).status).toBe(503);
    expect((await ask(MYSELF, {})).status).toBe(200);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a refused impersonation is 401, with the proxy’s header', async () => {
    const answer = await jira({ as: { accountId: 'unknown' }, path: PROJECTS });
    expect(answer).toMatchObject({
      name: 'PROXY_ERR',
      status: 401,
      errorCode: 'USER_IMPERSONATION_NOT_ALLOWED',
    });
  });

  test('a scope that the manifest does not have is Atlassian’s 401, whoever asks', async () => {
    for (const as of ['app', 'user', { accountId: account('sync') }]) {
      const answer = await jira({ as, path: '/rest/api/3/permissions' });
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).toEqual({
        code: 401,
        message: 'Unauthorized; scope does not match',
      });
    }
  });

  test('calls are counted, with their points', async () => {
    await jira({ as: 'app', path: MYSELF });
    const { calls, points } = north.stats.snapshot().jira;
    expect([calls, points]).toEqual([1, 3]);
  });
});
