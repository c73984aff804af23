/** The composition root: which adapter stands behind which port. Everything else gets them from here. */
import { forgeJiraClient } from '../forge/jira-client';
import { forgeStores } from '../forge/key-value-stores';
import { endpointUrl, forgeSources } from '../forge/site';
import { forgeQueue } from '../forge/queue';
import { forgeOutboxQueries, forgeSyncStore } from '../forge/sync-store';
import { forgeTransport } from '../forge/transport';

export const platform = {
  stores: forgeStores,
  sources: forgeSources,
  jira: forgeJiraClient,
  transport: forgeTransport,
  endpointUrl,
  syncStore: forgeSyncStore,
  outbox: forgeOutboxQueries,
  queue: forgeQueue,
};

export type Platform = typeof platform;
