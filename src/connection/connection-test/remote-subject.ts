/** What the checks of the remote part are told of the connection, and advice that they share. */
import { failed } from './report';

export interface RemoteSubject {
  remoteUrl: string;
  siteId: string;
  /** The remote's site id, if there was a verified contact before. */
  knownSiteId: string | undefined;
  /** When a test last saw our present key accepted (ISO 8601). */
  acceptedUntil: string | undefined;
}

export const UPDATE_OLDER = 'Update IssueSYNC on the site that has the older version.';
export const ASK_THE_ADMIN =
  'Compare the Remote URL with the endpoint URL that IssueSYNC shows on the other site under “This site”.';

export const ASK_FOR_CLOCK =
  'The clock that is wrong must be set. On Atlassian’s own platform that is Atlassian’s matter: contact support.';

export const LEADS_BACK = failed(
  'remote-site',
  'The Remote URL leads back to this site.',
  ASK_THE_ADMIN,
);
