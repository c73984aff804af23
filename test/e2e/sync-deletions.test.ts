/** Issues that are deleted on one of the two sites: nothing comes back, and nothing goes that a person has made. */
import type { LinkRecord } from '../../src/sync/records';
import { account } from '../support/sites';
import {
  endAllowed,
  listedContract,
  startPair,
  type PairOptions,
  type Synced,
  type SyncedSite,
} from '../support/synced-sites';
import { called, comment, create, createTwins, edit, issueOf } from '../support/twins';

let synced: Synced;
let north: SyncedSite;
let south: SyncedSite;
afterEach(() => endAllowed(synced.sandbox));

const DELETIONS: PairOptions['contract'] = {
  events: ['create', 'update', 'comment', 'status', 'delete'],
};

/** Two sites with an issue of the first one and its twin. @returns its id on each */
async function startWithTwins(options: PairOptions = {}): Promise<[string, string]> {
  ({ synced, north, south } = await startPair(options));
  return createTwins({ synced, north, south });
}

const remove = ({ rest }: SyncedSite, id: string) =>
  rest('DELETE', `issue/${id}`, undefined, 'admin');

const statesOf = ({ site }: SyncedSite): string[] =>
  (site.kvs.dump().entities.link ?? []).map(([, link]) => (link as LinkRecord).state);

/** Whatever happens to what is left over stays there. */
async function expectTombstones(left: SyncedSite, id: string, other: SyncedSite): Promise<void> {
  await edit(left, id, { summary: 'Alone', labels: ['left'] });
  await comment(left, id, 'Is anybody there?');
  await synced.pass(30 * 60);
  expect(await called(other, 'Alone')).toEqual([]);
  expect(await called(other, 'Hello')).toEqual([]);
  expect([...statesOf(north), ...statesOf(south)]).toEqual(['gone', 'gone']);
  for (const contract of [await listedContract(north, south), await listedContract(south, north)]) {
    expect(contract).toMatchObject({ waiting: 0, failed: 0, reasons: [] });
  }
}

describe.each([
  ['deletions are told', DELETIONS],
  ['deletions are not told', {}],
] as const)('%s', (_name, contract) => {
  test('an original that was deleted does not come back, whatever its twin does', async () => {
    const [id, twin] = await startWithTwins({ contract });
    await remove(north, id);
    await synced.pass();
    await expectTombstones(south, twin, north);
  });

  test('a twin that was deleted does not come back, whatever its original does', async () => {
    const [id, twin] = await startWithTwins({ contract });
    await remove(south, twin);
    await synced.pass();
    await expectTombstones(north, id, south);
  });

  test('deleted here and edited there at the same time', async () => {
    const [id, twin] = await startWithTwins({ contract });
    await Promise.all([
      remove(north, id),
      edit(south, twin, { summary: 'Edited' }),
      comment(south, twin, 'Edited'),
    ]);
    await synced.pass();
    expect(await called(north, 'Edited')).toEqual([]);
    await expectTombstones(south, twin, north);
  });
});

/** An issue of the first site, whose twin is there and unknown to whoever has created it. */
async function createUnanswered(): Promise<string> {
  const creation = { service: 'jira', match: { method: 'POST', path: '/issue$' } } as const;
  south.site.setFaults({
    rules: [{ ...creation, times: 1, fault: { kind: 'fail', when: 'after', status: 500 } }],
  });
  const id = await create(north, { summary: 'Hello' });
  await synced.pass(10);
  return id;
}

test('a twin whose creation was not answered, and that was deleted before it was looked for, is not created again (site seed 161)', async () => {
  ({ synced, north, south } = await startPair());
  await createUnanswered();
  const [twin] = await called(south, 'Hello');
  await remove(south, twin?.id ?? '');
  await synced.pass(30 * 60);
  expect(await called(south, 'Hello')).toEqual([]);
  expect([...statesOf(north), ...statesOf(south)]).toEqual(['gone', 'gone']);
  for (const contract of [await listedContract(north, south), await listedContract(south, north)]) {
    expect(contract).toMatchObject({ waiting: 0, failed: 0, reasons: [] });
  }
});

describe('the contract says that twins go with their originals', () => {
  const options: PairOptions = { contract: { ...DELETIONS, onRemoteDelete: 'delete' } };

  test('a twin that the app has made goes', async () => {
    const [id] = await startWithTwins(options);
    await remove(north, id);
    await synced.pass();
    expect(await called(south, 'Hello')).toEqual([]);
    expect([...statesOf(north), ...statesOf(south)]).toEqual(['gone', 'gone']);
  });

  test('a twin that was on its way when its original was deleted goes', async () => {
    await startWithTwins(options);
    const creation = { service: 'jira', match: { method: 'POST', path: '/issue$' } } as const;
    south.site.setFaults({
      rules: [{ ...creation, times: 1, fault: { kind: 'delay', ms: 8_000 } }],
    });
    const id = await create(north, { summary: 'Short' });
    await synced.pass(4);
    await remove(north, id);
    await synced.pass(30 * 60);
    expect(await called(south, 'Short')).toEqual([]);
    expect(await listedContract(north, south)).toMatchObject({ waiting: 0, failed: 0 });
  });

  test('a twin whose creation was not answered when its original was deleted goes', async () => {
    ({ synced, north, south } = await startPair(options));
    await remove(north, await createUnanswered());
    await synced.pass(30 * 60);
    expect(await called(south, 'Hello')).toEqual([]);
    expect([...statesOf(north), ...statesOf(south)]).toEqual(['gone', 'gone']);
    expect(await listedContract(north, south)).toMatchObject({ waiting: 0, failed: 0 });
  });

  test('what a person has made stays', async () => {
    const [id, twin] = await startWithTwins(options);
    await remove(south, twin);
    await synced.pass();
    expect((await issueOf(north, id)).fields.summary).toBe('Hello');
    await expectTombstones(north, id, south);
  });

  test('one that the Local User may not delete is told, with the reason', async () => {
    const [id, twin] = await startWithTwins(options);
    south.site.jira.deny(account(south.site, 'sync'), 'DEMO', 'DELETE_ISSUES');
    await remove(north, id);
    await synced.pass();
    expect((await issueOf(south, twin)).fields.summary).toBe('Hello');
    expect(await listedContract(north, south)).toMatchObject({
      failed: 1,
      reasons: [{ reason: expect.stringMatching(/permission/) as string, count: 1 }],
    });
  });
});
