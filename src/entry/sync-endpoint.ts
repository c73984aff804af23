/** The web trigger: what another site sends, and this site's own test calls. */
import { findCaller } from '../connection/find-caller';
import { localUserState } from '../connection/local-user-state';
import type { ConnectionEnd } from '../connection/records';
import { confirmRemoteSite } from '../connection/remote-site';
import { endpointOps } from '../sync/endpoint-ops';
import { answerRequest } from '../wire/endpoint';
import { platform } from './platform';
import { syncPorts } from './sync-ports';

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
  const { stores, jira, noteAccepted } = platform;
  const ports = syncPorts(context.installContext);
  const { hmac } = ports.wire;
  const now = () => ports.sources.now();
  let end: ConnectionEnd | undefined;
  const response = await answerRequest(
    { method, headers, body: body ?? '' },
    {
      now,
      siteId: ports.site,
      hmac,
      findCaller: async (keyId) => {
        const caller = await findCaller(stores, now(), keyId);
        end = caller?.end;
        return caller;
      },
      confirmRemoteSite: (id, siteId) => confirmRemoteSite(stores, id, siteId),
      noteAccepted: (id) => noteAccepted(id, now()),
      localUserState: (id) => localUserState(stores, jira, now, id),
      ops: endpointOps(ports, () => end),
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
