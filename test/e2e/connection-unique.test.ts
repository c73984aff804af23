/** Names and keys are unique, whoever comes at the same moment. */
import { account, call, startTwoSites, succeed, type TwoSites } from '../support/sites';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites();
});

afterEach(() => sites.sandbox.dispose());

test('1,000 concurrent adds with 10 distinct keys and 1,000 names leave exactly 10 of everything', async () => {
  const { north } = sites;
  // So many within a second are more than the platform lets in: what it lets in can only race less.
  north.setFaults({ budgets: false });
  const localUser = { accountId: account(north, 'sync') };
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      call(north, 'connections/add', {
        name: `Connection ${index}`,
        localUser,
        localKey: `key number ${index % 10}`,
        passive: true,
      }),
    ),
  );
  const refused = answers.filter((answer) => !answer.ok);
  expect(refused).toHaveLength(990);
  for (const answer of refused) {
    expect(answer.errors.map(({ field, code }) => [field, code])).toEqual([
      ['localKey', 'duplicate-key'],
    ]);
  }
  const dump = north.kvs.dump();
  expect(dump.entities.connection).toHaveLength(10);
  expect(dump.entities['connection-key']).toHaveLength(10);
  expect(dump.entities['connection-name']).toHaveLength(10);
  expect(dump.secrets).toHaveLength(10);
  expect(await succeed(north, 'connections/list', {})).toHaveLength(10);
}, 120_000);

test('of two identical adds at the same instant exactly one wins; the other says both duplicates', async () => {
  const { north } = sites;
  const draft = {
    name: 'Twins',
    localUser: { accountId: account(north, 'sync') },
    localKey: 'the same key',
    passive: true,
  };
  const answers = await Promise.all([
    call(north, 'connections/add', draft),
    call(north, 'connections/add', draft),
  ]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const loser = answers.find((answer) => !answer.ok);
  expect(loser?.ok === false && loser.errors.map(({ code }) => code)).toContain('duplicate-key');
  expect(north.kvs.dump().entities.connection).toHaveLength(1);
});

test('a name is the same in another case, Unicode form and with spaces around', async () => {
  const { north } = sites;
  const add = (name: string, localKey: string) =>
    call(north, 'connections/add', { name, localUser: 'app', localKey, passive: true });
  expect((await add('Café North', 'one')).ok).toBe(true);
  const second = await add('  CAFE\u0301 north ', 'two');
  expect(!second.ok && second.errors).toMatchObject([{ field: 'name', code: 'duplicate-name' }]);
  const both = await add('Café North', 'one');
  expect(!both.ok && both.errors.map(({ code }) => code)).toEqual([
    'duplicate-key',
    'duplicate-name',
  ]);
});

test('a name or key that was given up is free again', async () => {
  const { north } = sites;
  const draft = { name: 'First', localUser: 'app' as const, localKey: 'one', passive: true };
  const first = await succeed(north, 'connections/add', draft);
  await succeed(north, 'connections/update', { id: first.id, changes: { name: 'Renamed' } });
  const second = await succeed(north, 'connections/add', { ...draft, localKey: 'two' });
  await succeed(north, 'connections/remove', { id: second.id });
  await succeed(north, 'connections/add', { ...draft, localKey: 'two' });
});

test('concurrent edits of one connection are all kept', async () => {
  const { north } = sites;
  const { id } = await succeed(north, 'connections/add', {
    name: 'Edited',
    localUser: 'app',
    localKey: 'one',
    passive: true,
  });
  await Promise.all([
    succeed(north, 'connections/update', { id, changes: { name: 'Edited twice' } }),
    succeed(north, 'connections/update', {
      id,
      changes: { alternativeBaseUrl: 'http://10.0.0.5:8080' },
    }),
    succeed(north, 'connections/pause', { id }),
  ]);
  const [stored] = await succeed(north, 'connections/list', {});
  expect(stored).toMatchObject({
    name: 'Edited twice',
    alternativeBaseUrl: 'http://10.0.0.5:8080/',
    state: 'paused',
  });
});
