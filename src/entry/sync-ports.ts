/** What synchronizing gets of the platform, for the site of one invocation. */
import { localUserOf } from '../connection/records';
import { readContracts } from '../contract/read-contracts';
import { siteIdOf } from '../forge/site';
import { getCurrentAccount } from '../jira/users';
import { cachedContracts } from '../sync/contract-cache';
import { jiraIssues } from '../sync/jira-issues/jira-issues';
import type { Queue } from '../sync/queue';
import type { SyncPorts } from '../sync/sync-ports';
import { hmacSha256 } from '../wire/signature';
import { changeContracts } from './change-contracts';
import { platform } from './platform';

const contractsOf = cachedContracts((connection) => readContracts(platform.contracts, connection));

/** Account id of the app on each site that this process has worked for: it never changes. */
const appAccounts = new Map<string, string>();

async function appAccountOf(site: string): Promise<string> {
  const known = appAccounts.get(site);
  if (known !== undefined) return known;
  const { accountId } = await getCurrentAccount(platform.jira, 'app');
  appAccounts.set(site, accountId);
  return accountId;
}

/** A push that fails must not undo what was done before it: the tick finds what was not woken up. */
const quietQueue: Queue = {
  push: async (wakes) => {
    try {
      await platform.queue.push(wakes);
    } catch (error) {
      platform.logUnexpected('a push to the queue', error);
    }
  },
};

/** @param installContext as the platform hands it to a function */
export const syncPorts = (installContext: string): SyncPorts =>
  syncPortsOf(siteIdOf(installContext));

export function syncPortsOf(site: string): SyncPorts {
  const { stores, contracts, sources, jira, transport } = platform;
  const now = () => sources.now();
  const newId = () => sources.newId();
  return {
    ...platform,
    store: platform.syncStore,
    queue: quietQueue,
    site,
    wire: { now, newId, hmac: hmacSha256, transport },
    contracts: {
      of: contractsOf,
      bind: async (connection, contract, remote) => {
        await changeContracts(stores, contracts, connection, (all) =>
          all.some(({ id, remote: bound }) => id === contract && bound === undefined)
            ? all.map((one) => (one.id === contract ? { ...one, remote } : one))
            : undefined,
        );
      },
      meet: async (connection, met) => {
        await changeContracts(stores, contracts, connection, (all) =>
          all.map((one) => {
            const found = met.find(({ contract }) => contract === one.id);
            return found ? { ...one, remote: found.remote, pair: found.pair } : one;
          }),
        );
      },
    },
    issuesOf: async (contract, { id, record }) => {
      const localUser = localUserOf(record);
      const app = localUser === 'app' ? { appAccountId: await appAccountOf(site) } : {};
      const accountOf = async (other: string) => {
        const found = await stores.records.find('connection', other);
        return found?.localUser === 'app' ? appAccountOf(site) : found?.localUser;
      };
      return jiraIssues({
        jira,
        contract,
        connection: { id, localUser, remoteName: record.name },
        accountOf,
        ...app,
      });
    },
  };
}
