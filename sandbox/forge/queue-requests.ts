/** What `@forge/events` sends, and what is wrong with it (Forge: Async events API, Async events limits). */
import { z } from 'zod';
import { sizeOf } from './json-size';
import { ASYNC_TIME_LIMIT_MS } from './limits';
import {
  MAX_DELAY_SECONDS,
  MAX_EVENTS_PER_REQUEST,
  MAX_LONG_RUNNING_EVENT_KB,
  MAX_REQUEST_KB,
} from './queue-limits';

/** The SDK writes the braces; the platform puts the values in. */
const SUFFIX = '/{contextAri}/{environmentId}/{appId}/{appVersion}';

export const QUEUE_PATHS = {
  push: `/webhook/queue/publish${SUFFIX}`,
  stats: `/webhook/queue/stats${SUFFIX}`,
  cancel: `/webhook/queue/cancel${SUFFIX}`,
};

export const jobRequestSchema = z.strictObject({
  queueName: z.string(),
  jobId: z.uuid(),
  time: z.iso.datetime(),
});

const eventSchema = z.object({
  body: z.record(z.string(), z.unknown()),
  delayInSeconds: z.number().min(0).max(MAX_DELAY_SECONDS).optional(),
  // No maximum of `limit` is documented.
  concurrency: z.strictObject({ key: z.string().min(1), limit: z.int().min(1) }).optional(),
});

export type PushedEvent = z.infer<typeof eventSchema>;

export const pushRequestSchema = jobRequestSchema.extend({
  type: z.literal('avi:forge:app:event'),
  schema: z.literal('ari:cloud:ecosystem::forge/app-event-2'),
  payload: z.array(z.unknown()).min(1).max(MAX_EVENTS_PER_REQUEST),
});

export type PushRequest = z.infer<typeof pushRequestSchema>;

/** Whether all events together are more than a request may carry, counted as the SDK does. */
export function isTooLarge({ payload }: PushRequest): boolean {
  return sizeOf(payload) / 1024 > MAX_REQUEST_KB;
}

export interface FailedEvent {
  /** Of the event in the request; the SDK takes a text or a number. */
  index: string;
  errorMessage: string;
}

/**
 * Each event is taken or refused by itself. Which faults are told per event and which fail the request is
 * UNVERIFIED, and so are the messages.
 */
export function sortEvents(
  { payload }: PushRequest,
  timeLimitMs: number,
): { taken: PushedEvent[]; failedEvents: FailedEvent[] } {
  const taken: PushedEvent[] = [];
  const failedEvents: FailedEvent[] = [];
  for (const [index, candidate] of payload.entries()) {
    const parsed = eventSchema.safeParse(candidate);
    const errorMessage = parsed.success
      ? sizeError(candidate, timeLimitMs)
      : z.prettifyError(parsed.error);
    if (errorMessage !== undefined) failedEvents.push({ index: String(index), errorMessage });
    else if (parsed.success) taken.push(parsed.data);
  }
  return { taken, failedEvents };
}

function sizeError(event: unknown, timeLimitMs: number): string | undefined {
  const isTooLong =
    timeLimitMs > ASYNC_TIME_LIMIT_MS && sizeOf(event) / 1024 > MAX_LONG_RUNNING_EVENT_KB;
  return isTooLong ? `The maximum event size is ${MAX_LONG_RUNNING_EVENT_KB}KB.` : undefined;
}
