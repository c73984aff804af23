/** The composition root: which adapter stands behind which port. Everything else gets them from here. */
import { forgeJiraClient } from '../forge/jira-client';
import { forgeContractStore, forgeStores } from '../forge/key-value-stores';
import { endpointUrl, forgeSources } from '../forge/site';
import { forgeQueue } from '../forge/queue';
import { forgeOutboxQueries, forgeSyncStore } from '../forge/sync-store';
import { forgeTransport } from '../forge/transport';
import { followWithContracts } from './change-contracts';
import { noTraffic } from './contract-traffic';

export const platform = {
  stores: { ...forgeStores, follow: followWithContracts(forgeContractStore) },
  contracts: forgeContractStore,
  traffic: noTraffic,
  sources: forgeSources,
  jira: forgeJiraClient,
  transport: forgeTransport,
  endpointUrl,
  syncStore: forgeSyncStore,
  outbox: forgeOutboxQueries,
  queue: forgeQueue,
};

export type Platform = typeof platform;
