/** Where the app runs: the site, its endpoint, its clock. */
import { randomBytes, randomUUID } from 'node:crypto';
import { webTrigger } from '@forge/api';
import type { Sources } from '../connection/ports';

/** Key of the web trigger in `manifest.yml`. */
const ENDPOINT = 'sync-endpoint';

/**
 * The site id of the installation, which is its cloud id.
 *
 * @param installContext as the platform hands it to a function: `ari:cloud:jira::site/<cloud id>`
 */
export function siteIdOf(installContext: string): string {
  const siteId = /^ari:cloud:jira::site\/([0-9a-f-]+)$/i.exec(installContext)?.[1];
  if (siteId === undefined) throw new Error('The app is not installed on a Jira site');
  return siteId;
}

/** The URL of this site's sync endpoint; the same until the app is installed anew. */
export function endpointUrl(): Promise<string> {
  return webTrigger.getUrl(ENDPOINT);
}

export const forgeSources: Sources = {
  now: () => Date.now(),
  newId: () => randomUUID(),
  randomBytes: (size) => randomBytes(size),
};
