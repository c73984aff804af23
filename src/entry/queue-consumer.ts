/** The queue: wake-ups, each to look at something now. */
import { z } from 'zod';
import { deliverRow } from '../sync/deliver-row';
import { poll } from '../sync/poll';
import { wakeSchema } from '../sync/queue';
import { syncPorts } from './sync-ports';

/** @see https://developer.atlassian.com/platform/forge/runtime-reference/async-events-api/ */
const eventSchema = z.object({ body: wakeSchema });

/** @throws what is unexpected, so that the platform counts it as failed: what it was about is in the outbox */
export async function queueConsumer(
  event: unknown,
  context: { installContext: string },
): Promise<void> {
  const { body } = eventSchema.parse(event);
  const ports = syncPorts(context.installContext);
  if (body.kind === 'deliver') await deliverRow(ports, body.row);
  else await poll(ports, body);
}
