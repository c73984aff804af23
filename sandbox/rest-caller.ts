/** On whose behalf a request from outside reaches a site's REST API. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Jira } from './jira/jira';
import type { Principal } from './jira/types';
import type { SiteIdentity } from './site';

/**
 * Basic auth `email:any-token` chooses the user; without it the cookie `acting-as-<site>` of the site's own
 * pages does; without that it is the site's admin. `undefined`: Jira answers 401.
 */
export function restCaller(
  { identity, jira }: { identity: SiteIdentity; jira: Jira },
  headers: IncomingHttpHeaders,
): Principal | undefined {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) {
    const email = emailOf(authorization);
    const user = email === undefined ? undefined : jira.findUserByEmail(email);
    return user?.active ? { type: 'user', accountId: user.accountId } : undefined;
  }
  // The site's name is in the cookie's: browsers share cookies between the ports of a host.
  const actingAs = (cookie ?? '')
    .split(/;\s*/)
    .find((each) => each.startsWith(`acting-as-${identity.name}=`))
    ?.replace(/^[^=]*=/, '');
  const chosen = actingAs === undefined ? undefined : jira.findUser(decode(actingAs));
  return { type: 'user', accountId: (chosen ?? jira.siteAdmin()).accountId };
}

function emailOf(authorization: string): string | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const credentials = Buffer.from(encoded, 'base64').toString('utf8');
  return /^([^:]+):./.exec(credentials)?.[1];
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
