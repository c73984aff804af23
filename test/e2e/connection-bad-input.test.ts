/** Everything that an admin can get wrong: a clear message at its field, and nothing half-done. */
import {
  account,
  addConnection,
  call,
  checkOf,
  endpointUrl,
  errorsOf,
  GENERATED,
  startTwoSites,
  succeed,
  troubles,
  type TwoSites,
} from '../support/sites';
import type { AdminApi } from '../../src/entry/admin/api';

type Draft = AdminApi['connections/add']['request'];

let sites: TwoSites;

beforeAll(async () => {
  sites = await startTwoSites();
});

afterAll(() => sites.sandbox.dispose());

async function refusals(overrides: Partial<Draft>): Promise<(string | undefined)[][]> {
  const errors = await errorsOf(sites.north, 'connections/add', {
    name: 'To south',
    localUser: 'app',
    remoteUrl: await endpointUrl(sites.south),
    localKey: GENERATED.north,
    remoteKey: GENERATED.south,
    passive: false,
    ...overrides,
  });
  for (const { message } of errors) expect(message.length).toBeGreaterThan(20);
  const { entities, secrets } = sites.north.kvs.dump();
  expect([...Object.values(entities).flat(), ...secrets]).toEqual([]);
  return errors.map(({ field, code }) => [field, code]);
}

test.each<[what: string, draft: Partial<Draft>, field: string, code: string]>([
  ['an empty name', { name: '' }, 'name', 'required'],
  ['a name of spaces', { name: '   ' }, 'name', 'required'],
  ['a name of 81 characters', { name: 'x'.repeat(81) }, 'name', 'too-long'],
  ['a name that nobody can see', { name: '\u200b' }, 'name', 'required'],
  ['a name that turns the text around', { name: 'a\u202eb' }, 'name', 'unprintable'],
  ['a name with a line break', { name: 'two\nlines' }, 'name', 'unprintable'],
  ['no Remote URL', { remoteUrl: undefined }, 'remoteUrl', 'required'],
  ['no URL at all', { remoteUrl: 'south' }, 'remoteUrl', 'url-invalid'],
  [
    'credentials',
    { remoteUrl: 'https://me:pw@a.webtrigger.atlassian.app/public/x' },
    'remoteUrl',
    'url-credentials',
  ],
  [
    'a fragment',
    { remoteUrl: 'https://a.webtrigger.atlassian.app/public/x#y' },
    'remoteUrl',
    'url-fragment',
  ],
  [
    'a backslash',
    { remoteUrl: 'https://evil.example\\.webtrigger.atlassian.app/x' },
    'remoteUrl',
    'url-invalid',
  ],
  [
    'spaces',
    { remoteUrl: 'https://a.webtrigger.atlassian.app/pub lic/x' },
    'remoteUrl',
    'url-invalid',
  ],
  ['javascript:', { remoteUrl: 'javascript:alert(1)' }, 'remoteUrl', 'url-scheme'],
  ['http', { remoteUrl: 'http://a.webtrigger.atlassian.app/public/x' }, 'remoteUrl', 'url-scheme'],
  [
    'a port',
    { remoteUrl: 'https://a.webtrigger.atlassian.app:8443/public/x' },
    'remoteUrl',
    'url-port',
  ],
  ['a Jira site', { remoteUrl: 'https://other.atlassian.net' }, 'remoteUrl', 'url-is-site'],
  [
    'a bad URL on a passive side',
    { remoteUrl: 'nonsense', passive: true },
    'remoteUrl',
    'url-invalid',
  ],
  ['no Local key', { localKey: '' }, 'localKey', 'required'],
  ['a Local key with a line break', { localKey: 'one\ntwo' }, 'localKey', 'unprintable'],
  ['a Local key of spaces', { localKey: '   ' }, 'localKey', 'required'],
  ['a Local key with a space at its end', { localKey: 'key ' }, 'localKey', 'surrounding-space'],
  [
    'a Jira site without a scheme',
    { remoteUrl: 'other.atlassian.net' },
    'remoteUrl',
    'url-is-site',
  ],
  [
    'a Jira site over http',
    { remoteUrl: 'http://other.atlassian.net./' },
    'remoteUrl',
    'url-is-site',
  ],
  ['a Local key of 257 characters', { localKey: 'k'.repeat(257) }, 'localKey', 'too-long'],
  ['no Remote key', { remoteKey: undefined }, 'remoteKey', 'required'],
  ['the same key twice', { remoteKey: GENERATED.north }, 'remoteKey', 'same-as-local'],
  [
    'an Alternative Base URL of ftp',
    { alternativeBaseUrl: 'ftp://x' },
    'alternativeBaseUrl',
    'url-scheme',
  ],
  [
    'an Alternative Base URL with a query',
    { alternativeBaseUrl: 'http://x/?y=1' },
    'alternativeBaseUrl',
    'url-invalid',
  ],
])('%s', async (_what, draft, field, code) => {
  expect(await refusals(draft)).toEqual([[field, code]]);
});

test('this site’s own endpoint as Remote URL', async () => {
  const own = await endpointUrl(sites.north);
  expect(await refusals({ remoteUrl: own })).toEqual([['remoteUrl', 'url-is-own-endpoint']]);
});

test('a Jira site’s address is told by its name', async () => {
  const [error] = await errorsOf(sites.north, 'connections/add', {
    name: 'x',
    localUser: 'app',
    remoteUrl: 'https://other.atlassian.net/jira',
    localKey: 'k',
    remoteKey: 'r',
    passive: false,
  });
  expect(error?.message).toMatch(/other\.atlassian\.net is the Jira site itself.*endpoint URL/);
});

test('all that is wrong is told at once', async () => {
  const problems = await refusals({ name: '', remoteUrl: 'http://x', localKey: '', remoteKey: '' });
  expect(problems.map(([field]) => field)).toEqual(['name', 'remoteUrl', 'localKey', 'remoteKey']);
});

test.each([
  ['unknown', '712020:00000000-0000-4000-8000-000000000000', 'user-unknown'],
  ['malformed', '../../../etc/passwd?x=#', 'user-unknown'],
])('an %s account', async (_what, accountId, code) => {
  expect(await refusals({ localUser: { accountId } })).toEqual([['localUser', code]]);
});

test('an inactive account, an app’s, a customer’s, and the admin’s own', async () => {
  const { jira } = sites.north;
  const users = jira.users();
  const one = (test: (user: (typeof users)[number]) => boolean): string =>
    users.find(test)?.accountId ?? '';
  const accounts = {
    'user-inactive': one(({ active, accountType }) => !active && accountType === 'atlassian'),
    'user-not-a-person': one(({ accountType }) => accountType === 'app'),
    'user-is-you': account(sites.north, 'admin'),
  };
  for (const [code, accountId] of Object.entries(accounts)) {
    expect(await refusals({ localUser: { accountId } })).toEqual([['localUser', code]]);
  }
  const customer = one(({ accountType }) => accountType === 'customer');
  expect(await refusals({ localUser: { accountId: customer } })).toEqual([
    ['localUser', 'user-not-a-person'],
  ]);
});

test('Jira cannot be asked', async () => {
  sites.north.setFaults({ jiraStatus: 503 });
  const answer = await call(sites.north, 'connections/add', {
    name: 'To south',
    localUser: { accountId: account(sites.north, 'sync') },
    localKey: GENERATED.north,
    passive: true,
  });
  sites.north.setFaults({ jiraStatus: undefined });
  expect(!answer.ok && answer.errors.map(({ code }) => code)).toEqual(['jira-unavailable']);
  expect(sites.north.kvs.dump().secrets).toEqual([]);
});

test('nobody but a Jira administrator gets anywhere', async () => {
  const keys = [
    'connections/list',
    'connections/add',
    'connections/update',
    'connections/remove',
    'connections/pause',
    'connections/resume',
    'connections/test',
    'keys/generate',
    'keys/rate',
    'keys/rotate',
    'keys/retire',
    'site/describe',
  ] as const;
  for (const key of keys) {
    const answer = await call(sites.north, key, {}, account(sites.north, 'sync'));
    expect(answer).toMatchObject({ ok: false, errors: [{ code: 'forbidden' }] });
  }
});

test('a payload of another shape', async () => {
  expect(await errorsOf(sites.north, 'connections/add', { nonsense: true } as never)).toMatchObject(
    [
      { field: 'name', code: 'bad-request' },
      { field: 'localUser', code: 'bad-request' },
      { field: 'localKey', code: 'bad-request' },
      { field: 'passive', code: 'bad-request' },
      { code: 'bad-request' },
    ],
  );
  const draft = { name: 'x', localUser: 'app', localKey: 7, passive: true };
  expect(await errorsOf(sites.north, 'connections/test', { draft } as never)).toMatchObject([
    { field: 'localKey', code: 'bad-request' },
  ]);
  expect(await errorsOf(sites.north, 'connections/test', {} as never)).toMatchObject([
    { code: 'bad-request' },
  ]);
  const [noId] = await errorsOf(sites.north, 'connections/pause', { id: 'x' });
  expect(noId?.code).toBe('bad-request');
});

test('a connection that does not exist', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  for (const key of [
    'connections/pause',
    'connections/resume',
    'connections/test',
    'keys/rotate',
    'keys/retire',
  ] as const) {
    expect((await errorsOf(sites.north, key, { id }))[0]?.code).toBe('not-found');
  }
  // Another tab may have removed it: what is wanted is so.
  expect(await succeed(sites.north, 'connections/remove', { id })).toEqual({ id });
});

test('names in any script, with the joiners that they need', async () => {
  for (const name of ['می‌خواهم', 'Team 👩‍👩‍👧', '東京本社', 'x'.repeat(80)]) {
    const draft = {
      name,
      localUser: 'app' as const,
      localKey: `key ${name.length}`,
      passive: true,
    };
    const { id } = await succeed(sites.north, 'connections/add', draft);
    await succeed(sites.north, 'connections/remove', { id });
  }
});

test('a new Local key that is the stored Remote one is refused where it was typed', async () => {
  const keys = { local: GENERATED.north, remote: GENERATED.south };
  const { id } = await addConnection(sites.north, sites.south, keys);
  const changes = { localKey: GENERATED.south };
  const errors = await errorsOf(sites.north, 'connections/update', { id, changes });
  expect(errors).toMatchObject([{ field: 'localKey', code: 'same-as-local' }]);
  await succeed(sites.north, 'connections/remove', { id });
});

test('an answer of Jira that cannot be understood is an error that the platform counts', async () => {
  sites.north.setFaults({ jiraStatus: 418 });
  await expect(call(sites.north, 'connections/list', {})).rejects.toThrow(/error invoking/);
  sites.north.setFaults({ jiraStatus: undefined });
});

describe('told by Test, not refused by Add', () => {
  afterEach(async () => {
    sites.north.setFaults({ distribution: 'link' });
    for (const { id } of await succeed(sites.north, 'connections/list', {})) {
      await succeed(sites.north, 'connections/remove', { id });
    }
  });

  const KEYS = { local: GENERATED.north, remote: GENERATED.south };

  test('an account that lacks a permission in one project: which, and where', async () => {
    const localUser = { accountId: account(sites.north, 'sync-limited') };
    const { id } = await addConnection(sites.north, sites.south, KEYS, { localUser });
    const report = await succeed(sites.north, 'connections/test', { id });
    const check = checkOf(report, 'local-user-permissions');
    expect(check.status).toBe('passed');
    expect(check.detail).toMatch(
      /^In 2 of 3 projects that it sees; cannot edit issues in .+ \([A-Z]+\)\.$/,
    );
  });

  test('an account that lacks a permission everywhere', async () => {
    const { jira } = sites.north;
    const accountId = account(sites.north, 'sync-limited');
    const keys = jira.projects().map(({ key }) => key);
    for (const key of keys) jira.deny(accountId, key, 'CREATE_ISSUES');
    const { id } = await addConnection(sites.north, sites.south, KEYS, {
      localUser: { accountId },
    });
    const report = await succeed(sites.north, 'connections/test', { id });
    expect(troubles(report)).toEqual(['local-user-permissions: failed', 'remote-key: warning']);
    expect(checkOf(report, 'local-user-permissions').detail).toMatch(
      /In no project.*create issues/,
    );
    for (const key of keys) jira.allow(accountId, key, 'CREATE_ISSUES');
  });

  test('an account that the platform will not impersonate', async () => {
    sites.north.setFaults({ distribution: 'none' });
    const { id } = await addConnection(sites.north, sites.south, KEYS);
    const report = await succeed(sites.north, 'connections/test', { id });
    expect(troubles(report)).toEqual(['local-user-impersonation: failed', 'remote-key: warning']);
    const check = checkOf(report, 'local-user-impersonation');
    expect(check.detail).toMatch(/does not let the app act as this account/);
    expect(check.fix).toMatch(/sharing/);
    expect(check.help).toMatch(/troubleshooting\.md#local-user-impersonation$/);
  });

  test('an account that another connection uses too', async () => {
    await addConnection(
      sites.north,
      sites.south,
      { local: 'one', remote: 'two' },
      { name: 'First' },
    );
    const { id } = await addConnection(sites.north, sites.south, KEYS);
    const report = await succeed(sites.north, 'connections/test', { id });
    expect(checkOf(report, 'local-user-dedicated')).toMatchObject({
      status: 'warning',
      detail: expect.stringContaining('“First”') as string,
    });
  });

  test('an account that was deactivated after it was added', async () => {
    const { id } = await addConnection(sites.north, sites.south, KEYS);
    sites.north.jira.setActive(account(sites.north, 'sync'), false);
    const report = await succeed(sites.north, 'connections/test', { id });
    sites.north.jira.setActive(account(sites.north, 'sync'), true);
    expect(troubles(report)).toEqual(['local-user-active: failed', 'remote-key: warning']);
  });
});
