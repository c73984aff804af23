/** A page of the app that calls its resolver, with the real `@forge/resolver` behind it. */
import { invoke, InvocationFailed, type InvocationSite } from './invocation';
import { FRONTEND_REQUEST_MAX_BYTES } from './limits';
import type { AdminPage } from './manifest';
import { ENVIRONMENT_ID, ENVIRONMENT_TYPE } from './runtime-object';

export interface PageCall {
  functionKey: string;
  payload: unknown;
  /** Who looks at the page. */
  accountId: string;
}

/**
 * @param module key of the page; the app's first admin page if none
 * @returns the resolver's value, after a JSON round trip
 * @throws Error as the page sees it
 */
export async function callFromPage(
  site: InvocationSite,
  module: string | undefined,
  { functionKey, payload, accountId }: PageCall,
): Promise<unknown> {
  const { identity, manifest } = site;
  const page = pageWithResolver(manifest.adminPages, module);
  if (site.faults.uninstalled) throw new Error(`The app is not installed on ${identity.name}`);
  const call = { functionKey, payload };
  const size = Buffer.byteLength(JSON.stringify(call));
  if (size > FRONTEND_REQUEST_MAX_BYTES) throw pageError('Request payload exceeds 500 KB.');
  const context = {
    cloudId: identity.cloudId,
    environmentId: ENVIRONMENT_ID,
    environmentType: ENVIRONMENT_TYPE,
    extension: { type: 'jira:adminPage' },
    // The form of a local id is UNVERIFIED; the page's own context has the same.
    localId: `${manifest.appId}/${ENVIRONMENT_ID}/static/${page.key}`,
    moduleKey: page.key,
    siteUrl: identity.baseUrl,
    locale: 'en-US',
  };
  try {
    return await invoke(
      site,
      page.resolver,
      { call, context },
      { moduleType: 'jira:adminPage', moduleKey: page.key, accountId },
    );
  } catch (error) {
    throw error instanceof InvocationFailed ? pageError(error.message) : error;
  }
}

function pageWithResolver(
  pages: readonly AdminPage[],
  key: string | undefined,
): AdminPage & { resolver: string } {
  const page = key === undefined ? pages[0] : pages.find((each) => each.key === key);
  const resolver = page?.resolver;
  if (!page || resolver === undefined) {
    throw new Error(`manifest.yml has no page ${key ?? ''} with a resolver`);
  }
  return { ...page, resolver };
}

/** How the platform words a failure for the page ([2nd], seen by several apps). */
function pageError(message: string): Error {
  return new Error(`There was an error invoking the function - ${message}`);
}
