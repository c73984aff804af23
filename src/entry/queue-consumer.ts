/** The queue: wake-ups, each to look at something now. */
import { z } from 'zod';
import { deliverRow } from '../sync/deliver-row';
import { poll } from '../sync/poll';
import { wakeSchema } from '../sync/queue';
import { scan } from '../sync/scan';
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
  switch (body.kind) {
    case 'deliver':
      return deliverRow(ports, body.row);
    case 'poll':
      return poll(ports, body);
    case 'scan':
      return scan(ports, body);
  }
}
