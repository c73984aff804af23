/** Accounts in the sandbox's Jira: who is seen by whom, and how they are found. */
import { z } from 'zod';
import { LocalJira } from '../support/local-jira';

const userSchema = z.looseObject({
  accountId: z.string(),
  accountType: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  emailAddress: z.string().optional(),
});

const one = (body: unknown) => userSchema.parse(body);
const many = (body: unknown) => z.array(userSchema).parse(body);
const names = (body: unknown) => many(body).map(({ displayName }) => displayName);

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const idOf = (name: string) => encodeURIComponent(local.user(name).accountId);

describe('the seed (Sandbox: accounts)', () => {
  test('has an admin, technical users, people, an inactive one, apps and a customer', async () => {
    const users = many((await local.get('users/search', 'admin')).body);
    const count = (test: (user: (typeof users)[number]) => boolean) => users.filter(test).length;
    expect(count(({ accountType }) => accountType === 'atlassian')).toBe(7);
    expect(count(({ accountType }) => accountType === 'app')).toBe(2);
    expect(count(({ accountType }) => accountType === 'customer')).toBe(1);
    expect(users.filter(({ active }) => !active).map(({ displayName }) => displayName)).toEqual([
      'Jonas Großmann',
    ]);
    expect(local.jira.siteAdmin().accountId).toBe(local.user('admin').accountId);
    expect(local.jira.findUser(local.site.appAccountId)?.displayName).toBe('IssueSYNC for Jira');
    expect(local.jira.findUserByEmail('SYNC@north.example')?.displayName).toBe(
      'IssueSYNC Technical User',
    );
    expect(local.jira.findUserByEmail('nobody@north.example')).toBeUndefined();
  });

  test('is kept: a second start finds what was changed', () => {
    local.jira.setActive(local.user('priya.raman').accountId, false);
    const again = new LocalJira(local.storage);
    expect(again.jira.users()).toEqual(local.jira.users());
    expect(again.user('priya.raman').active).toBe(false);
  });
});

describe('GET myself', () => {
  test.each(['admin', 'sync'])('tells %s who it is, with its own address', async (name) => {
    const { status, body } = await local.get('myself', name);
    expect(status).toBe(200);
    expect(one(body)).toMatchObject({
      accountId: local.user(name).accountId,
      emailAddress: `${name}@north.example`,
      accountType: 'atlassian',
      active: true,
    });
  });

  test('tells the app its own account, without an address', async () => {
    const { body } = await local.get('myself', 'app');
    expect(one(body)).toMatchObject({
      accountId: local.site.appAccountId,
      accountType: 'app',
      displayName: 'IssueSYNC for Jira',
    });
    expect(body).not.toHaveProperty('emailAddress');
  });

  test('lists groups only when they are expanded', async () => {
    const { body } = await local.get('myself', 'admin');
    expect(body).toMatchObject({ groups: { size: 3, items: [] } });
    const expanded = await local.get('myself?expand=groups', 'admin');
    expect(expanded.body).toMatchObject({
      groups: {
        items: [
          { name: 'jira-software-users-north' },
          { name: 'jira-admins-north' },
          { name: 'site-admins' },
        ],
      },
    });
  });

  test.each(['anonymous', 'jonas.grossmann', 'customer'])(
    'is 401, in plain text, for %s',
    async (name) => {
      const { status, body, headers } = await local.get('myself', name);
      expect(status).toBe(401);
      expect(body).toBe('Client must be authenticated to access this resource.');
      expect(headers['content-type']).toMatch(/^text\//);
      expect(headers['www-authenticate']).toContain('OAuth realm=');
    },
  );

  test('is 401 for an account that was deactivated a moment ago', async () => {
    local.jira.setActive(local.user('sync').accountId, false);
    expect((await local.get('myself', 'sync')).status).toBe(401);
    local.jira.setActive(local.user('sync').accountId, true);
    expect((await local.get('myself', 'sync')).status).toBe(200);
  });
});

describe('GET user', () => {
  test.each([
    ['zoe.lefevre', { displayName: 'Zoë Lefèvre', active: true, accountType: 'atlassian' }],
    ['jonas.grossmann', { displayName: 'Jonas Großmann', active: false }],
    ['customer', { accountType: 'customer' }],
  ])('gives %s', async (name, expected) => {
    const { status, body } = await local.get(`user?accountId=${idOf(name)}`, 'app');
    expect(status).toBe(200);
    expect(one(body)).toMatchObject(expected);
  });

  test('hides addresses from everybody but oneself and admins', async () => {
    const addressSeenBy = async (caller: string) =>
      one((await local.get(`user?accountId=${idOf('zoe.lefevre')}`, caller)).body).emailAddress;
    expect(await addressSeenBy('zoe.lefevre')).toBe('zoe.lefevre@north.example');
    expect(await addressSeenBy('admin')).toBe('zoe.lefevre@north.example');
    expect(await addressSeenBy('sync')).toBeUndefined();
    expect(await addressSeenBy('app')).toBeUndefined();
  });

  test('does not know what is no account', async () => {
    for (const accountId of ['712020:00000000-0000-8000-a000-000000000000', 'abc', 'x'.repeat(200)])
      expect(await local.get(`user?accountId=${accountId}`, 'app')).toMatchObject({
        status: 404,
        body: {
          errorMessages: ['Specified user does not exist or you do not have required permissions'],
          errors: {},
        },
      });
  });

  test('needs accountId: names and keys are gone', async () => {
    const { status, body } = await local.get('user?username=admin&key=admin', 'admin');
    expect(status).toBe(400);
    expect(body).toMatchObject({
      errorMessages: ["The 'accountId' query parameter needs to be provided."],
    });
  });

  test('is 401 for anonymous callers', async () => {
    expect((await local.get(`user?accountId=${idOf('admin')}`, 'anonymous')).status).toBe(401);
  });

  test('ignores parameters that it does not know', async () => {
    const answer = await local.get(`user?accountId=${idOf('sync')}&fancy=1`, 'app');
    expect(answer.status).toBe(200);
  });
});

describe('GET user/bulk (Jira: bulk get users)', () => {
  const bulk = (...names: string[]) =>
    local.get(`user/bulk?${names.map((name) => `accountId=${idOf(name)}`).join('&')}`, 'sync');

  test('several accounts at once, inactive ones too', async () => {
    const { status, body } = await bulk('zoe.lefevre', 'jonas.grossmann', 'zoe.lefevre');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: 2,
      isLast: true,
      values: [
        { displayName: 'Zoë Lefèvre', active: true },
        { displayName: 'Jonas Großmann', active: false },
      ],
    });
  });

  test('an id that nobody has is left out', async () => {
    const { body } = await local.get(`user/bulk?accountId=${idOf('admin')}&accountId=x`, 'sync');
    expect(body).toMatchObject({ values: [{ displayName: 'Avery Admin' }] });
  });

  test('without an id it is 400', async () => {
    expect((await local.get('user/bulk', 'sync')).status).toBe(400);
  });
});

describe('GET user/search', () => {
  test('finds active users by the start of a word of their name', async () => {
    const search = async (query: string) =>
      names((await local.get(`user/search?query=${encodeURIComponent(query)}`, 'app')).body);
    expect(await search('zoë')).toEqual(['Zoë Lefèvre']);
    expect(await search('wój')).toEqual(['Łukasz Wójcik']);
    expect(await search('Jonas')).toEqual([]);
    expect(await search('efèvre')).toEqual([]);
    expect(await search('time reports')).toEqual(['Time Reports for Jira']);
  });

  test('finds a hidden address only by the whole of it', async () => {
    const search = async (query: string, as: string) =>
      names((await local.get(`user/search?query=${query}`, as)).body);
    expect(await search('zoe.lefevre@north.example', 'app')).toEqual(['Zoë Lefèvre']);
    expect(await search('zoe.lefe', 'app')).toEqual([]);
    expect(await search('zoe.lefe', 'admin')).toEqual(['Zoë Lefèvre']);
  });

  test('finds one account by its id', async () => {
    const { body } = await local.get(`user/search?accountId=${idOf('sync')}`, 'app');
    expect(names(body)).toEqual(['IssueSYNC Technical User']);
  });

  test('pages', async () => {
    const all = names((await local.get('user/search?query=', 'app')).body);
    const rest = names((await local.get('user/search?query=&startAt=2&maxResults=3', 'app')).body);
    expect(rest).toEqual(all.slice(2, 5));
  });

  test.each(['user/search', 'user/search?query=a&accountId=b', 'user/search?query=a&startAt=-1'])(
    'is 400 for %s',
    async (path) => {
      expect((await local.get(path, 'app')).status).toBe(400);
    },
  );

  test('finds nobody for an anonymous caller', async () => {
    expect(await local.get('user/search?query=a', 'anonymous')).toMatchObject({
      status: 200,
      body: [],
    });
  });
});

describe('GET users/search', () => {
  test('lists everybody, inactive ones too, in pages', async () => {
    const everybody = names((await local.get('users/search', 'app')).body);
    expect(everybody).toHaveLength(10);
    const paged: string[] = [];
    for (let startAt = 0; startAt < 12; startAt += 4) {
      const path = `users/search?startAt=${startAt}&maxResults=4`;
      paged.push(...names((await local.get(path, 'app')).body));
    }
    expect(paged).toEqual(everybody);
  });

  test('is 403 without the permission to browse users', async () => {
    expect((await local.get('users/search', 'anonymous')).status).toBe(403);
  });

  test('is 400 where a number is none', async () => {
    expect((await local.get('users/search?maxResults=many', 'app')).status).toBe(400);
  });
});
