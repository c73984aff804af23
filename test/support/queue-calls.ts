/** What the conformance tests of queues, product events and schedules ask of the fixture app. */
// Types only: the packages take the platform's globals when they are loaded.
import type { AsyncEvent, PushEvent } from '@forge/events';
import type { Site } from '../../sandbox';
import type { Step } from './fixture-app/src/events';

/** As an app can tell one failure of `@forge/events` from another. */
export interface EventsFailure {
  error: string;
  message: string;
  failedEvents?: { errorMessage: string; payload: PushEvent }[];
}

/** An event whose consumer takes these steps, one an attempt. */
export const event = (...steps: Step[]): PushEvent => ({ body: { steps } });

/** What an `InvocationError` is made of, by default for one second. */
export const retryAfter = (seconds = 1) => ({
  retryAfter: seconds,
  retryReason: 'FUNCTION_RETRY_REQUEST',
});

/** Pushes by a resolver of the app. Returns the job's id. */
export async function push(
  site: Site,
  events: PushEvent | PushEvent[],
  queue = 'work',
): Promise<string> {
  const answer = (await site.invoke('push', { queue, events })) as
    { jobId: string } | EventsFailure;
  if ('error' in answer) throw new Error(`${answer.error}: ${answer.message}`);
  return answer.jobId;
}

export async function failureOf(answer: Promise<unknown>): Promise<EventsFailure> {
  const value = await answer;
  expect(value).toHaveProperty('error');
  return value as EventsFailure;
}

export const statsOf = (site: Site, jobId: string, queue = 'work'): Promise<unknown> =>
  site.invoke('stats', { queue, jobId });

/** All that the fixture app logged under `what`, oldest first. */
export function logged<T>(site: Site, what: string): (T & { at: number })[] {
  return site.logs.flatMap((line) => {
    const [, json] = new RegExp(` log: ${what} (\\{.*\\})$`).exec(line) ?? [];
    return json === undefined ? [] : [JSON.parse(json) as T & { at: number }];
  });
}

export interface Consumed {
  event: AsyncEvent;
  context: unknown;
}

export const consumed = (site: Site): (Consumed & { at: number })[] =>
  logged<Consumed>(site, 'consumed');
