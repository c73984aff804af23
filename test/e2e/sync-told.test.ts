/** What the two sites do not agree on, and what one of them does not take: told in words, and nothing else waits for it. */
import type { HistoryRecord } from '../../src/sync/records';
import { account, succeed } from '../support/sites';
import {
  defaultContract,
  endAllowed,
  endOf,
  expectNothingTold,
  listedContract,
  startPair,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import {
  called,
  comment,
  create,
  createTwins,
  edit,
  issueOf,
  issuesOf,
  moveTo,
  paragraph,
  textsOf,
  theOne,
} from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => endAllowed(synced.sandbox));

async function start(options: PairOptions = {}): Promise<void> {
  ({ synced, north, south } = await startPair(options));
}

/** An issue on both sites, at rest. @returns its id on each */
const twins = (fields?: Record<string, unknown>) => createTwins({ synced, north, south }, fields);

const retry = (here: SyncedSite, there: SyncedSite) => {
  const { connection, contract: id } = endOf(here, there);
  return succeed(here.site, 'contracts/retry', { connection, id });
};

const expectRest = () => expectNothingTold(north, south);

/** The values that are in the history of either site, as JSON. */
const lostTexts = (): string[] =>
  [north, south].flatMap(({ site }) =>
    (site.kvs.dump().entities.history ?? []).map(([, record]) => (record as HistoryRecord).value),
  );

describe('who wins', () => {
  const conflicts = async (): Promise<[string, string]> => {
    const [id, twin] = await twins();
    const { connection } = endOf(north, south);
    await succeed(north.site, 'connections/pause', { id: connection });
    await edit(north, id, { summary: 'Of the north' });
    await synced.pass(10);
    await edit(south, twin, { summary: 'Of the south' });
    await synced.pass(10);
    await succeed(north.site, 'connections/resume', { id: connection });
    await synced.pass(20 * 60);
    return [id, twin];
  };

  test.each([
    ['here', 'there', 'Of the north', 'Of the south'],
    ['there', 'here', 'Of the south', 'Of the north'],
    ['newest', 'newest', 'Of the south', 'Of the north'],
  ] as const)('%s and %s', async (first, second, winner, loser) => {
    await start({ contract: { policy: first }, secondContract: { policy: second } });
    const [id, twin] = await conflicts();
    expect((await issueOf(north, id)).fields.summary).toBe(winner);
    expect((await issueOf(south, twin)).fields.summary).toBe(winner);
    expect(lostTexts().join()).toContain(loser);
    await expectRest();
  });

  test.each([
    ['here', 'here'],
    ['there', 'there'],
    ['newest', 'here'],
  ] as const)('%s and %s: they do not agree, it waits and is told why', async (first, second) => {
    await start({ contract: { policy: first }, secondContract: { policy: second } });
    await create(north, { summary: 'From the north' });
    await create(south, { summary: 'From the south' });
    await synced.pass(60);
    expect(await called(south, 'From the north')).toEqual([]);
    expect(await called(north, 'From the south')).toEqual([]);
    for (const [here, there] of [
      [north, south],
      [south, north],
    ] as const) {
      expect(await listedContract(here, there)).toMatchObject({
        waiting: 1,
        failed: 0,
        reasons: [{ reason: expect.stringMatching(/conflicts.*same winner/) as string, count: 1 }],
      });
    }
    for (const [here, there] of [
      [north, south],
      [south, north],
    ] as const) {
      const { connection, contract: id } = endOf(here, there);
      const draft = await defaultContract(here.site, connection);
      await succeed(here.site, 'contracts/update', { id, draft });
    }
    await retry(north, south);
    await retry(south, north);
    await synced.pass();
    await theOne(south, 'From the north');
    await theOne(north, 'From the south');
    await expectRest();
  });
});

test('an edit of a copied comment stays where it is, and its text is in the history', async () => {
  await start();
  const [id, twin] = await twins();
  await comment(north, id, 'Original');
  await synced.pass();
  const [copy] = (await issueOf(south, twin)).fields.comment.comments;
  await south.rest(
    'PUT',
    `issue/${twin}/comment/${copy?.id}`,
    { body: paragraph('Edited here') },
    'admin',
  );
  await synced.pass(60);
  expect(textsOf(await issueOf(north, id))).toEqual(['Original\n']);
  expect(textsOf(await issueOf(south, twin))).toEqual(['Edited here\n']);
  expect(lostTexts().join()).toContain('Edited here');
  await expectRest();
});

describe('a field that is refused', () => {
  const addComponent = ({ rest }: SyncedSite, name: string) =>
    rest('POST', 'component', { project: 'DEMO', name }, 'admin');

  const saveContract = async (here: SyncedSite, there: SyncedSite, project?: string) => {
    const { connection, contract: id } = endOf(here, there);
    const draft = await defaultContract(here.site, connection, project);
    await succeed(here.site, 'contracts/update', { id, draft });
  };

  test('a component that is missing there holds nothing back, is told, and comes once it is there', async () => {
    await start();
    await addComponent(north, 'Payments');
    const [id, twin] = await twins();
    const components = [{ name: 'Backend' }, { name: 'Payments' }];
    await edit(north, id, { components, summary: 'It costs' });
    await comment(north, id, 'How much?');
    await synced.pass();
    const there = await issueOf(south, twin);
    expect(there.fields.summary).toBe('It costs');
    expect(there.fields.components.map(({ name }) => name)).toEqual(['Backend']);
    expect(textsOf(there)).toEqual(['How much?\n']);
    expect(await listedContract(north, south)).toMatchObject({
      waiting: 0,
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/Payments/) as string, count: 1 }],
    });

    await edit(north, id, { duedate: '2026-12-24' });
    await synced.pass();
    expect((await issueOf(south, twin)).fields.duedate).toBe('2026-12-24');
    expect(await listedContract(north, south)).toMatchObject({ failed: 1 });
    // What is not there goes from nowhere.
    expect((await issueOf(north, id)).fields.components).toHaveLength(2);

    await addComponent(south, 'Payments');
    await saveContract(south, north);
    await retry(north, south);
    await synced.pass();
    const { components: mended } = (await issueOf(south, twin)).fields;
    expect(mended.map(({ name }) => name).sort()).toEqual(['Backend', 'Payments']);
    await expectRest();
  });

  test('a new issue comes without it', async () => {
    await start();
    await addComponent(north, 'Payments');
    const [, twin] = await twins({ components: [{ name: 'Payments' }], labels: ['new'] });
    expect((await issueOf(south, twin)).fields).toMatchObject({ components: [], labels: ['new'] });
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/Payments/) as string, count: 1 }],
    });
    await addComponent(south, 'Payments');
    await saveContract(south, north);
    await retry(north, south);
    await synced.pass();
    expect((await issueOf(south, twin)).fields.components).toMatchObject([{ name: 'Payments' }]);
    await expectRest();
  });

  test('what the Local User is not permitted to set is told, the rest comes', async () => {
    await start();
    const [id, twin] = await twins();
    const technical = account(south.site, 'sync');
    south.site.jira.deny(technical, 'DEMO', 'SCHEDULE_ISSUES');
    await edit(north, id, { duedate: '2026-12-24', summary: 'Hurry' });
    await synced.pass();
    expect((await issueOf(south, twin)).fields).toMatchObject({ summary: 'Hurry', duedate: null });
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/Due date/) as string, count: 1 }],
    });
    south.site.jira.allow(technical, 'DEMO', 'SCHEDULE_ISSUES');
    await retry(north, south);
    await synced.pass();
    expect((await issueOf(south, twin)).fields.duedate).toBe('2026-12-24');
    await expectRest();
  });

  test('an issue that cannot be created is told, and is created once it can', async () => {
    await start();
    const technical = account(south.site, 'sync');
    south.site.jira.deny(technical, 'DEMO', 'CREATE_ISSUES');
    await create(north, { summary: 'Let me in' });
    await synced.pass(60);
    expect(await called(south, 'Let me in')).toEqual([]);
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/\w+ \w+/) as string, count: 1 }],
    });
    south.site.jira.allow(technical, 'DEMO', 'CREATE_ISSUES');
    await retry(north, south);
    await synced.pass();
    await theOne(south, 'Let me in');
    await expectRest();
  });

  test('a field that is required there keeps an issue out, and is named', async () => {
    await start();
    await saveContract(south, north, 'WEB');
    const issue = await create(north, { summary: 'Broken', issuetype: { name: 'Bug' } });
    await synced.pass();
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/required/) as string, count: 1 }],
    });
    await edit(north, issue, { issuetype: { name: 'Story' } });
    await synced.pass();
    const there = await issuesOf(south, 'WEB');
    expect(there.filter(({ fields }) => fields.summary === 'Broken')).toHaveLength(1);
  });

  test('a field that is required of one issue type keeps no issue of another out', async () => {
    await start();
    await saveContract(north, south, 'WEB');
    await saveContract(south, north, 'WEB');
    const project = { key: 'WEB' };
    await create(north, { project, summary: 'No browser', issuetype: { name: 'Story' } });
    const fields = await north.rest<{ id: string; name: string }[]>('GET', 'field');
    const browser = {
      [fields.find(({ name }) => name === 'Browser')?.id ?? '']: { value: 'Chrome' },
    };
    await create(north, { project, summary: 'Ours', issuetype: { name: 'Bug' }, ...browser });
    await synced.pass(60);
    const there = (await issuesOf(south, 'WEB')).map(({ fields }) => fields.summary);
    expect(there).toContain('No browser');
    // A bug must have one of theirs.
    expect(there).not.toContain('Ours');
    const { reasons } = await listedContract(north, south);
    expect(reasons.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/^There is no option Chrome here/),
    );
  });
});

test('a status behind a screen that demands something is told, and reached once the contract has a default', async () => {
  await start();
  south.site.jira.demandOnScreen('Done', 'environment');
  const [id, twin] = await twins();
  await moveTo(north, id, 'Done');
  await synced.pass();
  expect(await listedContract(north, south)).toMatchObject({
    failed: 1,
    reasons: [
      { reason: expect.stringMatching(/asks for Environment: choose a default/) as string },
    ],
  });
  expect((await issueOf(south, twin)).fields.status.name).not.toBe('Done');
  const { connection, contract } = endOf(south, north);
  const draft = await defaultContract(south.site, connection);
  const { projectId } = draft;
  const { screens } = await succeed(south.site, 'contracts/choices', { connection, projectId });
  expect(screens).toMatchObject([{ name: 'Environment', input: 'text', transitions: ['Done'] }]);
  const screenDefaults = [{ fieldId: 'environment', value: 'Of the other site' }];
  const changed = { ...draft, screenDefaults };
  await succeed(south.site, 'contracts/update', { id: contract, draft: changed });
  await retry(north, south);
  await synced.pass();
  const { fields } = await issueOf(south, twin);
  expect(fields.status.name).toBe('Done');
  expect(JSON.stringify(fields)).toContain('Of the other site');
  await expectRest();
});

test('what a screen demands and the issue has already is left as it is', async () => {
  await start();
  south.site.jira.demandOnScreen('Done', 'components');
  const [id, twin] = await twins({ components: [{ name: 'Backend' }] });
  await moveTo(north, id, 'Done');
  await synced.pass();
  const { fields } = await issueOf(south, twin);
  expect(fields).toMatchObject({ status: { name: 'Done' }, components: [{ name: 'Backend' }] });
  await expectRest();
});
