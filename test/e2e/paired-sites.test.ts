/** What `npm start -- --paired` does to its sites; `npm-start.test.ts` has the process. */
import { Sandbox } from '../../sandbox';
import { pairSites } from '../../sandbox/pair-sites';
import { checkJiraAnswer } from '../support/openapi';
import { account, addConnection, GENERATED, succeed, type TestSite } from '../support/sites';
import { syncedSite } from '../support/synced-sites';
import { create, theOne } from '../support/twins';

let sandbox: Sandbox;
afterEach(async () => {
  for (const { violations } of sandbox.sites) expect(violations).toEqual([]);
  await sandbox.dispose();
});

async function start(...sites: string[]): Promise<void> {
  sandbox = await Sandbox.start({ sites, onJiraAnswer: checkJiraAnswer });
}

const site = (name: string): TestSite => sandbox.site(name);
const connectionsOf = (name: string) => succeed(site(name), 'connections/list', {});

async function contractsOf(name: string) {
  const connections = await connectionsOf(name);
  const ids = connections.map(({ id }) => id);
  return (
    await Promise.all(
      ids.map((connection) => succeed(site(name), 'contracts/list', { connection })),
    )
  ).flat();
}

/** Creates an issue on the one, and waits until it is on the other. */
async function isInStep(from: string, to: string, summary: string): Promise<void> {
  await create(syncedSite(site(from)), { summary });
  await sandbox.advance(5_000);
  await theOne(syncedSite(site(to)), summary);
}

test('each neighbour is paired with the next, and what comes is passed on', async () => {
  await start('a', 'b', 'c');
  const pairs = await pairSites(sandbox.sites);
  expect(pairs.map(({ sides, isNew }) => [...sides.map((side) => side.site), isNew])).toEqual([
    [site('a'), site('b'), true],
    [site('b'), site('c'), true],
  ]);
  await sandbox.advance(5_000);
  const names = async (name: string) => (await connectionsOf(name)).map((one) => one.name).sort();
  expect(await names('a')).toEqual(['To b']);
  expect(await names('b')).toEqual(['To a', 'To c']);
  expect(await names('c')).toEqual(['To b']);
  const localUsers = async (name: string) =>
    (await connectionsOf(name)).map((one) => [one.name, one.localUser]);
  const technicalUser = (name: string) => ({ accountId: account(site(name), 'sync') });
  expect(await localUsers('a')).toEqual([['To b', technicalUser('a')]]);
  // One account for both would not pass on what comes.
  expect(Object.fromEntries(await localUsers('b'))).toEqual({
    'To a': technicalUser('b'),
    'To c': 'app',
  });
  for (const contract of await contractsOf('b')) {
    expect(contract).toMatchObject({ name: 'DEMO', enabled: true, direction: 'both' });
    expect(contract.project.key).toBe('DEMO');
  }
  await isInStep('a', 'c', 'From one end to the other');
  await isInStep('c', 'a', 'And back');
});

test('what is there stays as it is, whatever has become of it', async () => {
  await start('north', 'south');
  await pairSites(sandbox.sites);
  const [connection] = await connectionsOf('south');
  const [contract] = await contractsOf('south');
  if (!connection || !contract) throw new Error('Nothing was paired');
  await succeed(site('south'), 'connections/update', {
    id: connection.id,
    changes: { passive: true, remoteUrl: null, remoteKey: null },
  });
  const request = { connection: connection.id, id: contract.id };
  await succeed(site('south'), 'contracts/disable', request);
  const before = [await connectionsOf('south'), await contractsOf('south')];
  const [pair] = await pairSites(sandbox.sites);
  expect(pair?.isNew).toBe(false);
  expect(pair?.sides.map((side) => side.contract.enabled)).toEqual([true, false]);
  expect([await connectionsOf('south'), await contractsOf('south')]).toEqual(before);
  expect(await connectionsOf('north')).toHaveLength(1);
});

test.each(['north', 'south'])(
  'a pair of which only the connection of %s is there is made whole with new keys',
  async (there) => {
    await start('north', 'south');
    const remote = there === 'north' ? 'south' : 'north';
    const keys = { local: GENERATED.north, remote: GENERATED.south };
    const { id } = await addConnection(site(there), site(remote), keys, { name: 'By hand' });
    const [pair] = await pairSites(sandbox.sites);
    expect(pair?.isNew).toBe(true);
    expect((await connectionsOf(there)).map((one) => [one.id, one.name])).toEqual([
      [id, 'By hand'],
    ]);
    await sandbox.advance(5_000);
    await isInStep('north', 'south', 'One way');
    await isInStep('south', 'north', 'The other way');
  },
);

test('what the app refuses is said in its words, and what was not done yet is done later', async () => {
  await start('north', 'south');
  site('south').setFaults({ distribution: 'none' });
  await expect(pairSites(sandbox.sites)).rejects.toThrow(
    /^south cannot be paired, contracts\/options: Jira does not let the app act as the Local User/,
  );
  site('south').setFaults({ distribution: 'link' });
  const localUser = account(site('south'), 'sync');
  site('south').jira.deny(localUser, 'DEMO', 'BROWSE_PROJECTS');
  await expect(pairSites(sandbox.sites)).rejects.toThrow('The Local User of south sees no DEMO');
  site('south').jira.allow(localUser, 'DEMO', 'BROWSE_PROJECTS');
  const [pair] = await pairSites(sandbox.sites);
  expect(pair?.sides.map((side) => side.contract.enabled)).toEqual([true, true]);
});
