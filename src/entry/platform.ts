/** The composition root: which adapter stands behind which port. Everything else gets them from here. */
import { forgeJiraClient } from '../forge/jira-client';
import { forgeStores } from '../forge/key-value-stores';
import { endpointUrl, forgeSources } from '../forge/site';
import { forgeTransport } from '../forge/transport';

export const platform = {
  stores: forgeStores,
  sources: forgeSources,
  jira: forgeJiraClient,
  transport: forgeTransport,
  endpointUrl,
};

export type Platform = typeof platform;
