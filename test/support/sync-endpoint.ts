/** The endpoint of a `syncWorld`, with its real ops, as connection `c-1`. */
import { endpointOps } from '../../src/sync/endpoint-ops';
import type { SyncWorld } from './sync-world';
import { payloadOf, signedRequest, testEndpoint } from './wire-endpoint';

/** The endpoint's answer to `body`, as it travels. */
export async function answerTo(body: unknown, { ports }: SyncWorld) {
  const endpoint = testEndpoint({}, { ops: endpointOps(ports, () => undefined) });
  const response = await endpoint.answer(signedRequest(body));
  return { status: response.status, payload: payloadOf(response) };
}
