/** The endpoint of a `syncWorld`, with its real ops, as connection `c-1`. */
import fc from 'fast-check';
import { endpointOps } from '../../src/sync/endpoint-ops';
import { spoiled } from './spoiled-json';
import { syncWorld, type SyncWorld } from './sync-world';
import { payloadOf, signedRequest, testEndpoint } from './wire-endpoint';

/** The endpoint's answer to `body`, as it travels. */
export async function answerTo(body: unknown, { ports }: SyncWorld) {
  const endpoint = testEndpoint({}, { ops: endpointOps(ports, () => undefined) });
  const response = await endpoint.answer(signedRequest(body));
  return { status: response.status, payload: payloadOf(response) };
}

/** Whatever stands in the place of a part of `request`: it is refused without any effect, or dealt with. */
export const expectNothingSpoils = (request: object, numRuns: number): Promise<void> =>
  fc.assert(
    fc.asyncProperty(spoiled(request), async (body) => {
      const world = syncWorld();
      const { status } = await answerTo(body, world);
      expect([200, 400]).toContain(status);
      if (status === 400) expect(world.calls).toEqual([]);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }),
    { numRuns },
  );
