/** The composition root: which adapter stands behind which port. Everything else gets them from here. */
import { acceptedNotes } from '../connection/find-caller';
import { forgeJiraClient } from '../forge/jira-client';
import { forgeContractStore, forgeStores } from '../forge/key-value-stores';
import { logUnexpected } from '../forge/log';
import { endpointUrl, forgeSources } from '../forge/site';
import { forgeQueue } from '../forge/queue';
import { forgeLeases, forgeOutboxQueries, forgeSyncStore } from '../forge/sync-store';
import { forgeTransport } from '../forge/transport';
import { remoteModes } from '../sync/remote-modes';
import { contractTraffic } from '../sync/traffic';
import { followWithContracts } from './change-contracts';

const stores = { ...forgeStores, follow: followWithContracts(forgeContractStore) };

export const platform = {
  stores,
  contracts: forgeContractStore,
  traffic: contractTraffic({
    store: forgeSyncStore,
    outbox: forgeOutboxQueries,
    queue: forgeQueue,
    sources: forgeSources,
  }),
  sources: forgeSources,
  jira: forgeJiraClient,
  transport: forgeTransport,
  endpointUrl,
  syncStore: forgeSyncStore,
  outbox: forgeOutboxQueries,
  leases: forgeLeases,
  queue: forgeQueue,
  modes: remoteModes(stores),
  noteAccepted: acceptedNotes(stores),
  logUnexpected,
};

export type Platform = typeof platform;
