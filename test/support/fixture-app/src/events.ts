/** The part of the fixture app that nobody waits for: it logs what it is given, and does what that says. */
import { __requestAtlassianAsApp, fetch } from '@forge/api';
import {
  appEvents,
  InvocationError,
  Queue,
  QueueResponse,
  type AsyncEvent,
  type PushEvent,
  type RetryOptions,
} from '@forge/events';
import { kvs } from '@forge/kvs';

/** What a consumer or trigger does with one attempt. */
export type Step =
  | { do: 'nothing' }
  | { do: 'retry'; options?: Record<string, unknown> }
  | { do: 'throw' }
  | { do: 'throw-retry' }
  | { do: 'retry-as-v1' }
  | { do: 'sleep'; ms: number }
  | { do: 'fetch'; url: string; times: number }
  | { do: 'push'; queue: string; event: PushEvent; times: number }
  | { do: 'return'; value: unknown };

interface Retried {
  retryContext?: { retryCount: number };
}

/** The step of this attempt: the first one is `steps[0]`, and so on; nothing where there is none. */
async function run(steps: unknown, { retryContext }: Retried): Promise<unknown> {
  const step = ((steps ?? []) as Step[])[retryContext?.retryCount ?? 0] ?? { do: 'nothing' };
  switch (step.do) {
    case 'nothing':
      return undefined;
    case 'retry':
      return new InvocationError(step.options as RetryOptions | undefined);
    case 'throw':
      throw new Error('broken');
    case 'throw-retry':
      // As people try it: the constructor returns a plain object, and throwing it is no protocol.
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- that is what is tested
      throw new InvocationError();
    case 'retry-as-v1': {
      const response = new QueueResponse();
      response.retry();
      return response;
    }
    case 'sleep':
      await new Promise((resolve) => setTimeout(resolve, step.ms));
      await kvs.set('slept', step.ms);
      return undefined;
    case 'fetch':
      for (let count = 0; count < step.times; count += 1) {
        await fetch(step.url, { method: 'POST' });
      }
      return undefined;
    case 'push':
      await pushUntilRefused(step);
      return undefined;
    case 'return':
      return step.value;
  }
}

/** Pauses before the platform's limit of events per minute, and logs how far it came. */
async function pushUntilRefused({
  queue,
  event,
  times,
}: Extract<Step, { do: 'push' }>): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    if (count % 400 === 399) await new Promise((resolve) => setTimeout(resolve, 60_000));
    const answer = await settle(() => new Queue({ key: queue }).push(event));
    if (typeof answer === 'object' && answer !== null && 'error' in answer) {
      log('refused', { count, ...answer });
      return;
    }
  }
  log('pushed', { count: times });
}

/** Shortens long texts: 200 KB of log are all that an invocation has (Forge: Invocation limits). */
const shortened = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > 10_000 ? value.slice(0, 10_000) : value;

const log = (what: string, details: object): void =>
  console.log(what, JSON.stringify({ ...details, at: Date.now() }, shortened));

export async function consume(event: AsyncEvent, context: unknown): Promise<unknown> {
  log('consumed', { event, context });
  const result = await run(event.body.steps, event);
  log('done', { event });
  return result;
}

interface JiraEvent extends Retried {
  issue?: { fields: Record<string, unknown> };
}

export async function onEvent(event: JiraEvent, context: unknown): Promise<unknown> {
  log('told', { event, context });
  return run(event.issue?.fields.steps, event);
}

export function onTick(request: unknown, context: unknown): Promise<unknown> {
  log('ticked', { request, context });
  return kvs.get('tick-steps').then((steps) => run(steps, {}));
}

interface Job {
  queue: string;
  jobId: string;
}

interface PushCall {
  queue: string;
  events: PushEvent | PushEvent[];
}

/** Resolver keys: each answers its result, or the error as an app would tell it from others. */
export const queueCalls: Record<string, (payload: never) => Promise<unknown>> = {
  push: ({ queue, events }: PushCall) => settle(() => new Queue({ key: queue }).push(events)),
  'push-often': ({ queue, events, times }: PushCall & { times: number }) =>
    settle(async () => {
      for (let count = 0; count < times; count += 1) await new Queue({ key: queue }).push(events);
    }),
  stats: ({ queue, jobId }: Job) =>
    settle(() => new Queue({ key: queue }).getJob(jobId).getStats()),
  cancel: ({ queue, jobId }: Job) => settle(() => new Queue({ key: queue }).getJob(jobId).cancel()),
  'stats-of-queue': ({ queue, jobId }: Job) =>
    settle(() => new Queue({ key: queue }).getStats(jobId)),
  'cancel-of-queue': ({ queue, jobId }: Job) =>
    settle(() => new Queue({ key: queue }).cancel(jobId)),
  'publish-app-event': () => settle(() => appEvents.publish({ key: 'some-event' })),
  /** What the SDK would not send. */
  'push-raw': ({ body, path }: { body: unknown; path: string }) =>
    settle(async () => {
      const response = await __requestAtlassianAsApp(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
    }),
};

async function settle(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    const { constructor, message, ...rest } = error as Error;
    return { ...rest, error: constructor.name, message };
  }
}
