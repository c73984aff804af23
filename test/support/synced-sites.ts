/** Sites that are paired and have the default contract for `DEMO`, and what people do on them. */
import { Sandbox } from '../../sandbox';
import type { ContractDraft, ContractView } from '../../src/entry/admin/api';
import type { LocalUser } from '../../src/connection/draft';
import { account, addConnection, succeed, type TestSite } from './sites';
import { checkJiraAnswer } from './openapi';

export interface PairOptions {
  /** Which side of the pair is passive, if any. */
  passive?: 'first' | 'second';
  /** Picked: a technical user, another one for each connection of a site. */
  localUser?: LocalUser | 'picked';
  contract?: Partial<ContractDraft>;
  /** Of the second side, where it differs. */
  secondContract?: Partial<ContractDraft>;
}

/** A pair of site names. */
export type Pair = readonly [string, string];

export interface Synced {
  sandbox: Sandbox;
  site(name: string): SyncedSite;
  /** Lets time go on: by default as long as a message between two active sides may take. */
  pass(seconds?: number): Promise<void>;
}

export interface SyncedSite {
  site: TestSite;
  /** Other site's name → the connection's id here, and the contract's. */
  connections: Map<string, { connection: string; contract: string }>;
  /** Jira's REST API, as the person with that first part of an address. @throws Error for what Jira refuses */
  rest: <T = unknown>(method: string, path: string, body?: unknown, as?: string) => Promise<T>;
}

export async function startSynced(
  names: readonly string[],
  pairs: readonly Pair[],
  options: PairOptions = {},
  sandboxOptions: Parameters<typeof Sandbox.start>[0] = {},
): Promise<Synced> {
  const sandbox = await Sandbox.start({
    sites: [...names],
    onJiraAnswer: checkJiraAnswer,
    ...sandboxOptions,
  });
  const sites = new Map(names.map((name) => [name, syncedSite(sandbox.site(name))]));
  const site = (name: string): SyncedSite => {
    const found = sites.get(name);
    if (!found) throw new Error(`There is no site ${name}`);
    return found;
  };
  const pass = (seconds = 5): Promise<void> => sandbox.advance(seconds * 1000);
  try {
    for (const pair of pairs) await pairUp(site, pair, options);
    await pass();
  } catch (error) {
    // Nobody else can: its servers would keep the test run alive.
    await sandbox.dispose();
    throw error;
  }
  return { sandbox, site, pass };
}

/** Ends a sandbox in which nothing was asked for that the platform does not allow. */
export async function endAllowed(sandbox: Sandbox): Promise<void> {
  for (const { violations } of sandbox.sites) expect(violations).toEqual([]);
  await sandbox.dispose();
}

/** Two sites that are paired. */
export interface SyncedPair {
  synced: Synced;
  north: SyncedSite;
  south: SyncedSite;
}

export async function startPair(options: PairOptions = {}): Promise<SyncedPair> {
  const synced = await startSynced(['north', 'south'], [['north', 'south']], options);
  return { synced, north: synced.site('north'), south: synced.site('south') };
}

async function pairUp(
  site: Synced['site'],
  [first, second]: Pair,
  { passive, localUser = 'picked', contract, secondContract }: PairOptions,
): Promise<void> {
  for (const [here, there, isPassive, changes] of [
    [first, second, passive === 'first', contract],
    [second, first, passive === 'second', { ...contract, ...secondContract }],
  ] as const) {
    const { site: local, connections } = site(here);
    const keys = { local: keyFor(here, there), remote: keyFor(there, here) };
    const user =
      localUser === 'picked'
        ? { accountId: account(local, connections.size === 0 ? 'sync' : 'sync-limited') }
        : localUser;
    const { id } = await addConnection(local, site(there).site, keys, {
      localUser: user,
      passive: isPassive,
    });
    const draft = { ...(await defaultContract(local, id)), ...changes };
    const added = await succeed(local, 'contracts/add', draft);
    await succeed(local, 'contracts/enable', { connection: id, id: added.id });
    connections.set(there, { connection: id, contract: added.id });
  }
}

/** Nothing waits between two sites, and nothing needs a person. */
export async function expectNothingTold(one: SyncedSite, other: SyncedSite): Promise<void> {
  for (const contract of [await listedContract(one, other), await listedContract(other, one)]) {
    expect(contract).toMatchObject({ waiting: 0, failed: 0, reasons: [] });
  }
}

/** The ids of what a site has with another. */
export function endOf(
  { site, connections }: SyncedSite,
  other: SyncedSite,
): { connection: string; contract: string } {
  const end = connections.get(other.site.identity.name);
  if (!end)
    throw new Error(`${site.identity.name} has no contract with ${other.site.identity.name}`);
  return end;
}

/** The contract of a site with another, as the admin page lists it. */
export async function listedContract(here: SyncedSite, there: SyncedSite): Promise<ContractView> {
  const { connection } = endOf(here, there);
  const [only] = await succeed(here.site, 'contracts/list', { connection });
  if (!only) throw new Error(`${here.site.identity.name} has no contract`);
  return only;
}

/** The key by which `caller` is known to `owner`, by their names. */
export const keyFor = (owner: string, caller: string): string =>
  `whsec_${Buffer.alloc(32, `${owner}<${caller}`).toString('base64')}`;

/** What the form proposes, for all types of the project. */
export async function defaultContract(
  site: TestSite,
  connection: string,
  projectKey = 'DEMO',
): Promise<ContractDraft> {
  const { projects } = await succeed(site, 'contracts/options', { connection });
  const project = projects.find(({ key }) => key === projectKey);
  if (!project) throw new Error(`There is no project ${projectKey}`);
  return {
    connection,
    name: 'Everything',
    projectId: project.id,
    issueTypeIds: [],
    events: ['create', 'update', 'comment', 'status'],
    direction: 'both',
    policy: 'newest',
    internalComments: false,
    onRemoteDelete: 'keep',
  };
}

/** A local site for what people do in its Jira. */
export function syncedSite(site: TestSite): SyncedSite {
  return {
    site,
    connections: new Map(),
    rest: async <T>(method: string, path: string, body?: unknown, as = 'zoe.lefevre') => {
      const user = `${as}@${site.identity.name}.example`;
      const response = await fetch(`${site.url}/rest/api/3/${path}`, {
        method,
        headers: {
          authorization: `Basic ${Buffer.from(`${user}:token`).toString('base64')}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}
