/** Fields that show people where the twin stands: written with the rest, synchronized nowhere. */
import type { ContractDraft } from '../../src/entry/admin/api';
import { errorsOf, succeed } from '../support/sites';
import {
  defaultContract,
  endAllowed,
  endOf,
  expectNothingTold,
  listedContract,
  startPair,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { create, createTwins, edit, issueOf, moveTo, theOne } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => endAllowed(synced.sandbox));

interface Fields {
  status: string;
  key: string;
}

/** Adds two fields to a site and chooses them in its contract. */
async function show(
  here: SyncedSite,
  there: SyncedSite,
  screens: readonly ('create' | 'edit')[] = ['create', 'edit'],
  changes: Partial<ContractDraft> = {},
): Promise<Fields> {
  const status = here.site.jira.addTextField('Status there', 'DEMO', screens);
  const key = here.site.jira.addTextField('Key there', 'DEMO', screens);
  const { connection, contract: id } = endOf(here, there);
  const chosen = { ...(await defaultContract(here.site, connection)), ...changes };
  const draft = { ...chosen, statusField: status, keyField: key };
  const updated = await succeed(here.site, 'contracts/update', { id, draft });
  expect(updated).toMatchObject({ statusField: status, keyField: key });
  return { status, key };
}

const shownOn = async (site: SyncedSite, id: string, { status, key }: Fields) => {
  const fields = (await issueOf(site, id)).fields as unknown as Record<string, unknown>;
  return { status: fields[status], key: fields[key] };
};

async function start(options: Parameters<typeof startPair>[0] = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

const expectRest = () => expectNothingTold(north, south);

const invocations = () => synced.sandbox.sites.map(({ stats }) => stats.snapshot().egress);

describe.each<[string, Parameters<typeof startPair>[0]]>([
  ['neither side passive', {}],
  ['the first side passive', { passive: 'first' }],
  ['the app as the Local User', { localUser: 'app' }],
])('%s', (_name, options) => {
  test('both sides show where the other one stands, and follow', async () => {
    await start(options);
    const [ofNorth, ofSouth] = [await show(north, south), await show(south, north)];
    const wait = () => synced.pass(150);
    const id = await create(north, { summary: 'Shown' });
    await wait();
    const { id: twin, key: twinKey } = await theOne(south, 'Shown');
    const { key } = await issueOf(north, id);
    expect(await shownOn(north, id, ofNorth)).toEqual({ status: 'To Do', key: twinKey });
    expect(await shownOn(south, twin, ofSouth)).toEqual({ status: 'To Do', key });
    await moveTo(south, twin, 'In Progress');
    await wait();
    expect(await shownOn(north, id, ofNorth)).toEqual({ status: 'In Progress', key: twinKey });
    // The status was mapped: the other side has followed, and that is shown, too.
    expect(await shownOn(south, twin, ofSouth)).toEqual({ status: 'In Progress', key });
    await expectRest();
    const before = invocations();
    await synced.pass(5);
    if (options?.passive === undefined) expect(invocations()).toEqual(before);
  });
});

test('a status that the other workflow does not have is shown all the same', async () => {
  await start();
  const ofSouth = await show(south, north);
  const [id, twin] = await createTwins({ synced, north, south });
  // Nobody there can follow: the screen asks for what nobody fills.
  south.site.jira.demandOnScreen('Done', 'environment');
  await moveTo(north, id, 'Done');
  await synced.pass();
  expect((await issueOf(south, twin)).fields.status.name).not.toBe('Done');
  expect(await shownOn(south, twin, ofSouth)).toMatchObject({ status: 'Done' });
});

test('a renamed project is told with the next change', async () => {
  await start();
  const ofSouth = await show(south, north);
  const [id, twin] = await createTwins({ synced, north, south });
  north.site.jira.renameProject('DEMO', 'SHOW');
  await edit(north, id, { summary: 'Renamed' });
  await synced.pass();
  const { key } = await issueOf(north, id);
  expect(key).toMatch(/^SHOW-/);
  expect(await shownOn(south, twin, ofSouth)).toMatchObject({ key });
});

test('what stands there is no change: nothing is sent for it, and it is put right with the next one', async () => {
  await start();
  const ofSouth = await show(south, north);
  const [id, twin] = await createTwins({ synced, north, south });
  const before = invocations();
  await edit(south, twin, { [ofSouth.status]: 'By hand' });
  await synced.pass();
  expect(invocations()).toEqual(before);
  await edit(north, id, { summary: 'Next' });
  await synced.pass();
  expect(await shownOn(south, twin, ofSouth)).toMatchObject({ status: 'To Do' });
});

test('the event of what the app has written there is an echo: two reads', async () => {
  await start();
  const ofNorth = await show(north, south);
  const [id] = await createTwins({ synced, north, south });
  await synced.pass(65);
  await edit(north, id, { [ofNorth.status]: 'By hand' });
  await synced.pass(65);
  north.site.setFaults({
    rules: [{ service: 'product-event', fault: { kind: 'delay', ms: 30_000 } }],
  });
  const { id: twin } = await theOne(south, 'Hello');
  await edit(south, twin, { summary: 'Of the south' });
  await synced.pass(10);
  expect((await issueOf(north, id)).fields.summary).toBe('Of the south');
  expect(await shownOn(north, id, ofNorth)).toMatchObject({ status: 'To Do' });
  north.site.stats.reset();
  await synced.pass(25);
  const { kvs, jira, egress } = north.site.stats.snapshot();
  expect({ ...kvs, jira: jira.calls, egress }).toEqual({ read: 2, write: 0, jira: 0, egress: 0 });
});

test('a field that is on no screen, or was chosen and taken away, is told in words and holds nothing back', async () => {
  await start();
  await show(south, north, ['create']);
  const [id, twin] = await createTwins({ synced, north, south });
  await expectRest();
  await moveTo(north, id, 'In Progress');
  await synced.pass();
  expect((await issueOf(south, twin)).fields.status.name).toBe('In Progress');
  expect(await listedContract(north, south)).toMatchObject({
    failed: 1,
    reasons: [{ reason: expect.stringContaining('the field Status there') as string }],
  });
});

test('a side that does not send says nothing of its issues', async () => {
  await start({ contract: { direction: 'receive' }, secondContract: { direction: 'send' } });
  const ofSouth = south.site.jira.addTextField('Status there', 'DEMO', ['create', 'edit']);
  const ofNorth = await show(north, south, undefined, { direction: 'receive' });
  const twin = await create(south, { summary: 'One way' });
  await synced.pass();
  const { id } = await theOne(north, 'One way');
  expect(await shownOn(north, id, ofNorth)).toMatchObject({ status: 'To Do' });
  const fields = (await issueOf(south, twin)).fields as unknown as Record<string, unknown>;
  expect(fields[ofSouth]).toBe(null);
});

test.each<[string, Parameters<typeof startPair>[0]]>([
  ['an active', {}],
  ['a passive', { passive: 'first' }],
])('what %s side’s Jira could not take at once is shown later', async (_side, options) => {
  await start(options);
  const fields = await show(north, south);
  const writing = { service: 'jira', match: { method: 'PUT', path: '/issue/\\d+' } } as const;
  north.site.setFaults({
    rules: [{ ...writing, times: 1, fault: { kind: 'fail', when: 'before', status: 503 } }],
  });
  const id = await create(north, { summary: 'Shown' });
  await synced.pass(5 * 60);
  const { key } = await theOne(south, 'Shown');
  expect(await shownOn(north, id, fields)).toEqual({ status: 'To Do', key });
  await expectRest();
});

describe('the contract', () => {
  test('does not map such a field, nor does any other contract of the site', async () => {
    await start();
    const { connection } = endOf(north, south);
    const web = { ...(await defaultContract(north.site, connection, 'DEMO')), name: 'Other' };
    const field = north.site.jira.addTextField('Status there', 'DEMO', ['create', 'edit']);
    const other = await succeed(north.site, 'contracts/add', web);
    expect(other.mapped.map((one) => one.field)).toContain('Status there');
    const { contract: id } = endOf(north, south);
    const draft = { ...(await defaultContract(north.site, connection)), statusField: field };
    await succeed(north.site, 'contracts/update', { id, draft });
    const listed = await succeed(north.site, 'contracts/list', { connection });
    expect(listed).toHaveLength(2);
    for (const contract of listed) {
      expect(contract.mapped.map((one) => one.field)).not.toContain('Status there');
      expect(contract.notMapped).toContainEqual({
        field: 'Status there',
        reason: expect.stringContaining('synchronized nowhere') as string,
      });
    }
    await succeed(north.site, 'contracts/update', { id: other.id, draft: web });
    const [, again] = await succeed(north.site, 'contracts/list', { connection });
    expect(again?.mapped.map((one) => one.field)).not.toContain('Status there');
  });

  test('refuses a field that does not fit, and one for both', async () => {
    await start();
    const { connection, contract: id } = endOf(north, south);
    const base = await defaultContract(north.site, connection);
    const codes = async (changes: Partial<ContractDraft>) =>
      (await errorsOf(north.site, 'contracts/update', { id, draft: { ...base, ...changes } })).map(
        ({ field, code }) => `${field ?? ''}: ${code}`,
      );
    const fits = north.site.jira.addTextField('Status there', 'DEMO', ['create', 'edit']);
    for (const wrong of ['summary', 'duedate', 'customfield_1']) {
      expect(await codes({ statusField: wrong })).toEqual(['statusField: field-does-not-fit']);
    }
    expect(await codes({ statusField: fits, keyField: fits })).toEqual(['keyField: same-field']);
  });
});
