/** The web trigger: what another site sends, and this site's own test calls. */
import { findCaller, noteAccepted } from '../connection/find-caller';
import { confirmRemoteSite } from '../connection/remote-site';
import { localUserState } from '../connection/local-user-state';
import { siteIdOf } from '../forge/site';
import { answerRequest } from '../wire/endpoint';
import { hmacSha256 } from '../wire/signature';
import { platform } from './platform';

/** As the platform hands it over. @see https://developer.atlassian.com/platform/forge/events-reference/web-trigger/ */
interface WebTriggerRequest {
  method: string;
  headers: Record<string, string[]>;
  body?: string;
}

interface WebTriggerResponse {
  statusCode: number;
  headers: Record<string, string[]>;
  body: string;
}

/** @throws what is unexpected, so that the platform counts it as failed and answers without details */
export async function syncEndpoint(
  { method, headers, body }: WebTriggerRequest,
  context: { installContext: string },
): Promise<WebTriggerResponse> {
  const { stores, sources, jira } = platform;
  const now = (): number => sources.now();
  const response = await answerRequest(
    { method, headers, body: body ?? '' },
    {
      now,
      siteId: siteIdOf(context.installContext),
      hmac: hmacSha256,
      findCaller: (keyId) => findCaller(stores, now(), keyId),
      confirmRemoteSite: (id, siteId) => confirmRemoteSite(stores, id, siteId),
      noteAccepted: (id) => noteAccepted(stores, now(), id),
      localUserState: (id) => localUserState(stores, jira, now, id),
    },
  );
  return {
    statusCode: response.status,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, [value]]),
    ),
    body: response.body,
  };
}
