/** Contracts of a connection, through the resolver keys of the admin page. */
import type { ContractDraft, ContractView } from '../../src/entry/admin/api';
import type { RoutesRecord } from '../../src/contract/records';
import {
  account,
  addConnection,
  call,
  errorsOf,
  GENERATED,
  startTwoSites,
  succeed,
  type TestSite,
  type TwoSites,
} from '../support/sites';
import { everythingStored, expectWhole } from '../support/stored-connections';

let sites: TwoSites;
let connection: string;
let north: TestSite;

beforeEach(async () => {
  sites = await startTwoSites();
  north = sites.north;
  const keys = { local: GENERATED.north, remote: GENERATED.south };
  connection = (await addConnection(north, sites.south, keys)).id;
});
afterEach(() => sites.sandbox.dispose());

const projectId = (key: string): string => {
  const project = north.jira.projects().find((one) => one.key === key);
  if (project === undefined) throw new Error(`No project ${key}`);
  return project.id;
};

const draft = (changes: Partial<ContractDraft> = {}): ContractDraft => ({
  connection,
  name: 'Demo',
  projectId: projectId('DEMO'),
  issueTypeIds: [],
  events: ['create', 'update', 'comment', 'status'],
  direction: 'both',
  policy: 'newest',
  internalComments: false,
  onRemoteDelete: 'keep',
  ...changes,
});

const add = (changes: Partial<ContractDraft> = {}): Promise<ContractView> =>
  succeed(north, 'contracts/add', draft(changes));

const list = (): Promise<ContractView[]> => succeed(north, 'contracts/list', { connection });

/** What an event of Jira would be told. */
const routes = (): RoutesRecord['routes'] => {
  const [stored] = north.kvs.dump().entities['contract-routes'] ?? [];
  return (stored?.[1] as RoutesRecord | undefined)?.routes ?? [];
};

const codes = async (changes: Partial<ContractDraft>): Promise<string[]> =>
  (await errorsOf(north, 'contracts/add', draft(changes))).map(
    ({ field, code }) => `${field ?? ''}: ${code}`,
  );

test('the form offers what the Local User can see, without subtasks', async () => {
  north.jira.deny(account(north, 'sync'), 'OPS', 'BROWSE_PROJECTS');
  const { projects } = await succeed(north, 'contracts/options', { connection });
  expect(projects.map(({ key }) => key)).toEqual(['DEMO', 'WEB']);
  expect(projects[0]?.issueTypes.map(({ name }) => name)).toEqual(['Epic', 'Story', 'Task', 'Bug']);
});

test('a contract of a default project needs no hand: its fields are mapped, the others told with the reason', async () => {
  const added = await add({ name: ' Demo ' });
  expect(added).toMatchObject({
    name: 'Demo',
    enabled: false,
    bound: false,
    waiting: 0,
    failed: 0,
  });
  expect(added.issueTypes.map(({ name }) => name)).toEqual(['Epic', 'Story', 'Task', 'Bug']);
  expect(added.mapped.map(({ alias }) => alias)).toEqual(
    expect.arrayContaining([
      ...['summary', 'description', 'priority', 'labels', 'components', 'fix-versions'],
      ...['due-date', 'assignee', 'reporter', 'issue-type', 'status', 'custom:severity'],
    ]),
  );
  expect(new Set(added.mapped.map(({ direction }) => direction))).toEqual(new Set(['both']));
  const reasons = new Map(added.notMapped.map(({ field, reason }) => [field, reason]));
  expect(reasons.get('Project')).toBe('The project is chosen by the contract.');
  expect(reasons.get('Parent')).toContain('not synchronized yet');
  expect(await list()).toEqual([added]);
});

test('a connection says how many contracts it has', async () => {
  const counts = async () =>
    (await succeed(north, 'connections/list', {})).map(({ contracts }) => contracts);
  expect(await counts()).toEqual([0]);
  const { id } = await add();
  await add({ name: 'Other', projectId: projectId('WEB') });
  expect(await counts()).toEqual([2]);
  expect(await succeed(north, 'connections/pause', { id: connection })).toMatchObject({
    contracts: 2,
  });
  await succeed(north, 'contracts/remove', { connection, id });
  expect(await counts()).toEqual([1]);
});

test('a contract is changed, keeps what it is, and is listed by name', async () => {
  const first = await add({ name: 'Zeta' });
  await add({ name: 'Alpha', projectId: projectId('WEB') });
  await succeed(north, 'contracts/enable', { connection, id: first.id });
  const changes = { name: 'zeta', projectId: projectId('OPS'), policy: 'here' as const };
  const updated = await succeed(north, 'contracts/update', { id: first.id, draft: draft(changes) });
  expect(updated).toMatchObject({ id: first.id, name: 'zeta', enabled: true, policy: 'here' });
  expect(updated.project.key).toBe('OPS');
  expect((await list()).map(({ name }) => name)).toEqual(['Alpha', 'zeta']);
  expect(routes()).toMatchObject([{ contract: first.id, project: projectId('OPS') }]);
});

describe('what screens of transitions ask for', () => {
  const WEB = () => ({ projectId: projectId('WEB'), name: 'Web' });
  const screens = async (key: string) =>
    (await succeed(north, 'contracts/choices', { connection, projectId: projectId(key) })).screens;

  test('is seen on the issues that are there, as the Local User', async () => {
    const [only, ...others] = await screens('WEB');
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      fieldId: 'resolution',
      name: 'Resolution',
      input: 'choice',
      transitions: ['Release'],
    });
    expect(only?.choices.map(({ name }) => name)).toContain('Done');
    expect(await screens('DEMO')).toEqual([]);
    north.jira.deny(account(north, 'sync'), 'WEB', 'RESOLVE_ISSUES');
    expect(await screens('WEB')).toEqual([]);
  });

  test('has a default that is kept with the contract', async () => {
    const [resolution] = await screens('WEB');
    const done = resolution?.choices.find(({ name }) => name === 'Done')?.id ?? '';
    const screenDefaults = [{ fieldId: 'resolution', value: done }];
    const added = await add({ ...WEB(), screenDefaults });
    const kept = [{ fieldId: 'resolution', value: done, name: 'Resolution', label: 'Done' }];
    expect(added.screenDefaults).toEqual(kept);
    // The screen is not seen now.
    north.jira.deny(account(north, 'sync'), 'WEB', 'RESOLVE_ISSUES');
    const update = (changes: Partial<ContractDraft>) =>
      succeed(north, 'contracts/update', { id: added.id, draft: draft({ ...WEB(), ...changes }) });
    expect((await update({ screenDefaults })).screenDefaults).toEqual(kept);
    expect((await update({})).screenDefaults).toEqual([]);
  });

  test('is refused where no screen asks for it, or where it cannot be chosen', async () => {
    const given = (fieldId: string, value: string) => ({ screenDefaults: [{ fieldId, value }] });
    expect(await codes(given('resolution', '1'))).toEqual(['screenDefaults: default-not-asked']);
    expect(await codes({ ...WEB(), ...given('resolution', '4711') })).toEqual([
      'screenDefaults: default-invalid',
    ]);
    expect(await list()).toEqual([]);
  });
});

describe('refused', () => {
  test('all that is wrong is told at once, each with its field', async () => {
    const wrong = { name: '\u200b', projectId: '1', jql: 'x'.repeat(2_001), events: [] };
    expect(await codes(wrong)).toEqual([
      'name: required',
      'projectId: project-unknown',
      'jql: too-long',
      'events: required',
    ]);
    expect(await list()).toEqual([]);
  });

  test.each<[string, () => Partial<ContractDraft>]>([
    ['name: too-long', () => ({ name: 'x'.repeat(81) })],
    ['name: unprintable', () => ({ name: 'a\nb' })],
    ['projectId: required', () => ({ projectId: '' })],
    ['projectId: project-unknown', () => ({ projectId: 'DEMO' })],
    ['issueTypeIds: issue-type-unknown', () => ({ issueTypeIds: ['1'] })],
    ['events: manual-only-excludes-create', () => ({ events: ['create', 'manual-only'] })],
    ['jql: jql-invalid', () => ({ jql: 'labels =' })],
    ['jql: jql-invalid', () => ({ jql: 'universe = 42' })],
    ['jql: jql-ordered', () => ({ jql: 'labels = partner ORDER BY created' })],
    ['jql: jql-ordered', () => ({ jql: 'ORDER BY created' })],
  ])('%s', async (code, changes) => {
    expect(await codes(changes())).toEqual([code]);
  });

  test('a filter that Jira does not take, in its words, as the Local User asks it', async () => {
    const jql = 'component = Nothing AND summary = Chairs';
    const expected = [
      {
        field: 'jql',
        code: 'jql-invalid',
        message:
          "The value 'Nothing' does not exist for the field 'component'. The operator '=' is not supported by the 'summary' field.",
      },
    ];
    expect(await errorsOf(north, 'contracts/add', draft({ jql }))).toEqual(expected);
    expect(await errorsOf(north, 'contracts/preview', { draft: draft({ jql }) })).toEqual(expected);
    const ofOps = { jql: 'parent = OPS-1 OR labels = partner' };
    await add(ofOps);
    north.jira.deny(account(north, 'sync'), 'OPS', 'BROWSE_PROJECTS');
    expect(await codes({ ...ofOps, name: 'Other' })).toEqual(['jql: jql-invalid']);
  });

  test('a type of subtasks', async () => {
    const { body } = await north.jira.handle({
      method: 'GET',
      path: '/rest/api/3/project/DEMO/statuses',
      headers: {},
      body: undefined,
      principal: { type: 'app' },
    });
    const types = JSON.parse(body ?? '') as { id: string; subtask: boolean }[];
    const subtasks = types.filter(({ subtask }) => subtask).map(({ id }) => id);
    expect(subtasks).toHaveLength(1);
    expect(await codes({ issueTypeIds: subtasks })).toEqual([
      'issueTypeIds: issue-type-is-subtask',
    ]);
  });

  test('a name that another contract of the connection has, in whatever case', async () => {
    const { id } = await add({ name: 'Überall' });
    expect(await codes({ name: 'überALL\u200b ' })).toEqual(['name: duplicate-name']);
    // Its own name is no other one's.
    await succeed(north, 'contracts/update', { id, draft: draft({ name: 'ÜBERALL' }) });
  });

  test('a project that the Local User cannot see, or cannot create issues in', async () => {
    const sync = account(north, 'sync');
    north.jira.deny(sync, 'OPS', 'CREATE_ISSUES');
    expect(await codes({ projectId: projectId('OPS') })).toEqual([
      'projectId: project-not-creatable',
    ]);
    north.jira.deny(sync, 'OPS', 'BROWSE_PROJECTS');
    expect(await codes({ projectId: projectId('OPS') })).toEqual(['projectId: project-unknown']);
  });

  test('an account that the platform does not let the app act as', async () => {
    north.setFaults({ distribution: 'none' });
    expect(await codes({})).toEqual([': local-user-refused']);
  });

  test('everybody but Jira administrators', async () => {
    const { id } = await add();
    const zoe = account(north, 'zoe.lefevre');
    const answers = await Promise.all([
      call(north, 'contracts/list', { connection }, zoe),
      call(north, 'contracts/options', { connection }, zoe),
      call(north, 'contracts/preview', { draft: draft() }, zoe),
      call(north, 'contracts/add', draft({ name: 'Mine' }), zoe),
      call(north, 'contracts/update', { id, draft: draft({ name: 'Mine' }) }, zoe),
      call(north, 'contracts/enable', { connection, id }, zoe),
      call(north, 'contracts/disable', { connection, id }, zoe),
      call(north, 'contracts/retry', { connection, id }, zoe),
      call(north, 'contracts/remove', { connection, id }, zoe),
    ]);
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, errors: [{ code: 'forbidden' }] });
    }
    expect((await list()).map(({ name }) => name)).toEqual(['Demo']);
  });

  test('what is not there', async () => {
    const id = connection;
    const codesOf = async (errors: Promise<{ code: string }[]>) => (await errors)[0]?.code;
    for (const key of ['contracts/enable', 'contracts/disable', 'contracts/retry'] as const) {
      expect(await codesOf(errorsOf(north, key, { connection, id }))).toBe('not-found');
    }
    const update = errorsOf(north, 'contracts/update', { id, draft: draft() });
    expect(await codesOf(update)).toBe('not-found');
    const nowhere = '00000000-0000-4000-8000-000000000000';
    for (const key of ['contracts/list', 'contracts/options'] as const) {
      expect(await codesOf(errorsOf(north, key, { connection: nowhere }))).toBe('not-found');
    }
    expect(await codesOf(errorsOf(north, 'contracts/add', draft({ connection: nowhere })))).toBe(
      'not-found',
    );
  });
});

describe('previewed', () => {
  const preview = (changes: Partial<ContractDraft> = {}) =>
    succeed(north, 'contracts/preview', { draft: draft(changes) });

  const keysOf = async (changes: Partial<ContractDraft>): Promise<string[]> =>
    (await preview(changes)).samples.map(({ key }) => key);

  async function createIssue(summary: string): Promise<void> {
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary };
    const { status } = await north.jira.handle({
      method: 'POST',
      path: '/rest/api/3/issue',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fields }),
      principal: { type: 'user', accountId: account(north, 'zoe.lefevre') },
    });
    expect(status).toBe(201);
  }

  test('a contract tells how many issues it is for, the newest of them, its fields, and stores nothing', async () => {
    await createIssue('The newest');
    const before = north.kvs.dump();
    // Without a name: only its connection's other contracts say whether that is free.
    const shown = await preview({ name: '' });
    // All of DEMO but its one subtask.
    expect(shown.count).toBe(6);
    expect(shown.samples.map(({ key }) => key)).toEqual([
      ...['DEMO-7', 'DEMO-6', 'DEMO-4', 'DEMO-3', 'DEMO-2'],
    ]);
    expect(shown.samples[0]).toEqual({
      ...{ key: 'DEMO-7', summary: 'The newest', issueType: 'Task', status: 'To Do' },
    });
    expect(north.kvs.dump()).toEqual(before);
    expect(await add()).toMatchObject({ mapped: shown.mapped, notMapped: shown.notMapped });
  });

  test('types and a filter narrow it down, whatever the filter says of other projects', async () => {
    const bug = (await add()).issueTypes.find(({ name }) => name === 'Bug')?.id ?? '';
    expect(await preview({ issueTypeIds: [bug] })).toMatchObject({
      count: 1,
      samples: [{ key: 'DEMO-3', issueType: 'Bug' }],
    });
    expect(await keysOf({ jql: 'labels = onboarding' })).toEqual(['DEMO-2', 'DEMO-1']);
    expect(await keysOf({ jql: 'labels = onboarding OR project = OPS' })).toEqual([
      'DEMO-2',
      'DEMO-1',
    ]);
    expect(await preview({ jql: 'labels = nothing' })).toMatchObject({ count: 0, samples: [] });
    expect((await preview({ jql: '  ' })).count).toBe(5);
  });

  test('only issues that the Local User can see', async () => {
    const web = { projectId: projectId('WEB') };
    expect(await keysOf(web)).toEqual(['WEB-4', 'WEB-3', 'WEB-2', 'WEB-1']);
    north.jira.setSecurityLevel('WEB-2', 'Confidential');
    expect((await preview(web)).count).toBe(3);
    expect(await keysOf(web)).toEqual(['WEB-4', 'WEB-3', 'WEB-1']);
  });

  test('as Jira’s search sees it: what is new comes later', async () => {
    north.setFaults({ searchLagMs: 60_000 });
    await createIssue('New partner');
    const jql = 'summary ~ partner';
    expect(await preview({ jql })).toMatchObject({ count: 0, samples: [] });
    await sites.sandbox.advance(60_000);
    expect(await preview({ jql })).toMatchObject({ count: 1, samples: [{ key: 'DEMO-7' }] });
  });
});

describe('enabled', () => {
  test('a contract that sends has a route, with its connection’s end; disabled it has none', async () => {
    const { id } = await add();
    expect(routes()).toEqual([]);
    const enable = () => succeed(north, 'contracts/enable', { connection, id });
    expect((await enable()).enabled).toBe(true);
    const before = north.kvs.dump();
    expect((await enable()).enabled).toBe(true);
    expect(north.kvs.dump()).toEqual(before);
    expect(routes()).toEqual([
      {
        ...{ connection, contract: id, project: projectId('DEMO'), passive: false },
        issueTypes: (await list())[0]?.issueTypeIds,
        localUser: account(north, 'sync'),
      },
    ]);
    await succeed(north, 'contracts/disable', { connection, id });
    expect((await succeed(north, 'contracts/disable', { connection, id })).enabled).toBe(false);
    expect(routes()).toEqual([]);
  });

  test('a contract that only receives has no route', async () => {
    const { id } = await add({ direction: 'receive' });
    await succeed(north, 'contracts/enable', { connection, id });
    expect(routes()).toEqual([]);
  });

  test('two contracts of a connection never share a type of a project', async () => {
    const first = await add({ name: 'All' });
    const bug = first.issueTypes.find(({ name }) => name === 'Bug')?.id ?? '';
    const task = first.issueTypes.find(({ name }) => name === 'Task')?.id ?? '';
    const second = await add({ name: 'Bugs', issueTypeIds: [bug] });
    await succeed(north, 'contracts/enable', { connection, id: first.id });
    const [error] = await errorsOf(north, 'contracts/enable', { connection, id: second.id });
    expect(error).toMatchObject({ code: 'overlaps' });
    expect(error?.message).toContain('“All”');
    expect(error?.message).toContain('Bug of DEMO');

    const onlyTasks = draft({ name: 'All', issueTypeIds: [task] });
    await succeed(north, 'contracts/update', { id: first.id, draft: onlyTasks });
    await succeed(north, 'contracts/enable', { connection, id: second.id });
    const again = { id: first.id, draft: draft({ name: 'All' }) };
    expect(await errorsOf(north, 'contracts/update', again)).toMatchObject([
      { field: 'issueTypeIds', code: 'overlaps' },
    ]);
    expect(routes().map(({ issueTypes }) => issueTypes)).toEqual([[task], [bug]]);
  });
});

describe('with its connection', () => {
  test('another Local User and another direction of calls reach the routes', async () => {
    const { id } = await add();
    await succeed(north, 'contracts/enable', { connection, id });
    await succeed(north, 'connections/update', {
      id: connection,
      changes: { localUser: 'app', passive: true },
    });
    expect(routes()).toMatchObject([{ contract: id, localUser: 'app', passive: true }]);
    expectWhole(north);
  });

  test('the record and each key name the revision of the contracts', async () => {
    await add();
    await succeed(north, 'keys/rotate', { id: connection });
    await add({ name: 'Second', projectId: projectId('WEB') });
    const { entities } = north.kvs.dump();
    const [contracts] = entities.contracts ?? [];
    expect(contracts?.[1]).toMatchObject({ revision: 2 });
    expect(entities.connection?.[0]?.[1]).toMatchObject({ contractsRevision: 2 });
    expect(entities['connection-key']).toHaveLength(2);
    for (const [, key] of entities['connection-key'] ?? []) {
      expect(key).toMatchObject({ contractsRevision: 2 });
    }
    expectWhole(north);
  });

  test('contracts and routes go, those of others stay', async () => {
    const other = await addConnection(
      north,
      sites.south,
      { local: `${GENERATED.north}2`, remote: `${GENERATED.south}2` },
      { name: 'Other' },
    );
    const mine = await add();
    const theirs = await add({ connection: other.id });
    await succeed(north, 'contracts/enable', { connection, id: mine.id });
    await succeed(north, 'contracts/enable', { connection: other.id, id: theirs.id });
    await succeed(north, 'connections/remove', { id: connection });
    expect(routes().map(({ contract }) => contract)).toEqual([theirs.id]);
    await succeed(north, 'connections/remove', { id: other.id });
    expect(routes()).toEqual([]);
    expect(everythingStored(north)).toEqual(['site']);
  });
});

describe('at once', () => {
  test('two contracts that are added are both kept, of one name one', async () => {
    const names = ['A', 'B', 'B'];
    const answers = await Promise.all(
      names.map((name) => call(north, 'contracts/add', draft({ name }))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ errors: [{ code: 'duplicate-name' }] });
    expect((await list()).map(({ name }) => name)).toEqual(['A', 'B']);
    expectWhole(north);
  });

  test('contracts of two connections that are enabled both have a route', async () => {
    const other = await addConnection(
      north,
      sites.south,
      { local: `${GENERATED.north}2`, remote: `${GENERATED.south}2` },
      { name: 'Other' },
    );
    const pairs = await Promise.all([connection, other.id].map((id) => add({ connection: id })));
    await Promise.all(
      pairs.map(({ connection, id }) => succeed(north, 'contracts/enable', { connection, id })),
    );
    expect(new Set(routes().map(({ contract }) => contract))).toEqual(
      new Set(pairs.map(({ id }) => id)),
    );
  });

  test('a contract is never left behind by a connection that is removed meanwhile', async () => {
    const { id } = await add();
    await Promise.allSettled([
      add({ name: 'Late', projectId: projectId('WEB') }),
      succeed(north, 'contracts/enable', { connection, id }),
      succeed(north, 'connections/remove', { id: connection }),
    ]);
    expect(north.kvs.dump().entities.contracts ?? []).toEqual([]);
    expect(routes()).toEqual([]);
    expect(north.kvs.dump().entities.connection ?? []).toEqual([]);
  });
});

test('a contract is removed, once or twice, with its route', async () => {
  const { id } = await add();
  await succeed(north, 'contracts/enable', { connection, id });
  await succeed(north, 'contracts/remove', { connection, id });
  expect(await list()).toEqual([]);
  expect(routes()).toEqual([]);
  await succeed(north, 'contracts/remove', { connection, id });
  await succeed(north, 'connections/remove', { id: connection });
  await succeed(north, 'contracts/remove', { connection, id });
});
