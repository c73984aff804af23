/** What a queue takes and refuses, through the real `@forge/events`. */
import type { PushEvent } from '@forge/events';
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import {
  consumed,
  event,
  failureOf,
  logged,
  push,
  retryAfter,
  statsOf,
  type EventsFailure,
} from '../support/queue-calls';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture({ sites: ['north', 'south'] });
  north = sandbox.site('north');
});

afterEach(() => {
  expect(north.violations).toEqual([]);
  return sandbox.dispose();
});

const PUSH_PATH = '/webhook/queue/publish/{contextAri}/{environmentId}/{appId}/{appVersion}';
const STATS_PATH = '/webhook/queue/stats/{contextAri}/{environmentId}/{appId}/{appVersion}';
const JOB = '6f1d6f8e-9f4c-4f7e-8f3e-0a8f0f4f6f11';

const tryPush = (events: PushEvent | PushEvent[], queue = 'work'): Promise<EventsFailure> =>
  failureOf(north.invoke('push', { queue, events }));

const request = (payload: unknown): object => ({
  queueName: 'work',
  jobId: JOB,
  type: 'avi:forge:app:event',
  schema: 'ari:cloud:ecosystem::forge/app-event-2',
  payload,
  time: '2026-01-05T09:00:00.000Z',
});

const raw = (body: unknown, path = PUSH_PATH): Promise<unknown> =>
  north.invoke('push-raw', { path, body });

/** A list of `count` events that make `bytes` together, as the SDK counts them. */
function sized(bytes: number, count = 1): PushEvent[] {
  const empty = Array.from({ length: count }, () => ({ body: { text: '' } }));
  const rest = bytes - Buffer.byteLength(JSON.stringify(empty));
  return empty.map((one, index) => (index === 0 ? { body: { text: 'x'.repeat(rest) } } : one));
}

describe('Forge: Async events API: push', () => {
  test('answers a job, and the consumer gets every event of it', async () => {
    const jobId = await push(north, [{ body: { n: 1 } }, { body: { n: 2 } }]);
    await north.idle();
    expect(consumed(north).map(({ event: { body } }) => body.n)).toEqual(
      expect.arrayContaining([1, 2]),
    );
    expect(consumed(north)).toHaveLength(2);
    expect(await statsOf(north, jobId)).toEqual({ success: 2, inProgress: 0, failed: 0 });
  });

  test('belongs to its installation', async () => {
    const jobId = await push(north, event());
    await sandbox.settled();
    expect(consumed(sandbox.site('south'))).toEqual([]);
    expect(
      await failureOf(sandbox.site('south').invoke('stats', { queue: 'work', jobId })),
    ).toMatchObject({ error: 'JobDoesNotExistError' });
  });

  test('each call is counted, whatever it asks', async () => {
    const jobId = await push(north, [event(), event()]);
    await statsOf(north, jobId);
    expect(north.stats.snapshot().queue).toBe(2);
  });

  test('of nothing is refused by the SDK', async () => {
    expect(await tryPush([])).toMatchObject({ error: 'NoEventsToPushError' });
  });
});

describe('Forge: Async events limits: event per request', () => {
  test('50 are taken', async () => {
    await push(
      north,
      Array.from({ length: 50 }, () => event()),
    );
    await north.idle();
    expect(consumed(north)).toHaveLength(50);
  });

  test('51 are not, by the SDK and by the platform', async () => {
    const events = Array.from({ length: 51 }, () => event());
    expect(await tryPush(events)).toMatchObject({ error: 'TooManyEventsError' });
    expect(await raw(request(events))).toMatchObject({ status: 400 });
    await north.idle();
    expect(consumed(north)).toEqual([]);
  });
});

describe('Forge: Async events limits: payload size', () => {
  test('200 KB are taken', async () => {
    await push(north, sized(200 * 1024));
    await north.idle();
    expect(consumed(north)).toHaveLength(1);
  });

  test('a byte more is not, by the SDK and, with 413, by the platform', async () => {
    const events = sized(200 * 1024 + 1, 3);
    expect(await tryPush(events)).toEqual({
      error: 'PayloadTooBigError',
      message: 'The maximum payload size is 200KB.',
    });
    expect(await raw(request(events))).toEqual({
      status: 413,
      body: { errorMessage: expect.any(String) as string },
    });
    await north.idle();
    expect(consumed(north)).toEqual([]);
  });

  test('one event of over 100 KB is refused where its consumer may run longer than 55 s', async () => {
    const [small = event()] = sized(100 * 1024);
    const [large = event()] = sized(100 * 1024 + 3);
    const refusal = await failureOf(
      north.invoke('push', { queue: 'long-work', events: [large, event()] }),
    );
    expect(refusal).toMatchObject({
      error: 'PartialSuccessError',
      message: 'Failed to process 1 event(s).',
      result: { jobId: expect.any(String) as string },
      failedEvents: [{ payload: large }],
    });
    await push(north, small, 'long-work');
    await push(north, large, 'work');
    await north.idle();
    expect(consumed(north)).toHaveLength(3);
  });
});

describe('Forge: Async events API: delayInSeconds', () => {
  test.each([-1, 901])('%s is refused by the SDK', async (delayInSeconds) => {
    expect(await tryPush({ body: {}, delayInSeconds })).toMatchObject({
      error: 'InvalidPushSettingsError',
    });
  });

  test.each([0, 0.5, 900])('%s is taken, and the event comes so late', async (delayInSeconds) => {
    await push(north, { body: {}, delayInSeconds });
    await north.idle();
    if (delayInSeconds > 0) expect(consumed(north)).toEqual([]);
    const before = sandbox.clock.now();
    await sandbox.advance(delayInSeconds * 1_000);
    expect(consumed(north)).toMatchObject([
      { event: { delayInSeconds }, at: before + delayInSeconds * 1_000 },
    ]);
  });
});

describe('Forge: Async events limits: event per minute', () => {
  const fifty = Array.from({ length: 50 }, () => event());

  test('500, then a RateLimitError until a minute has passed, for this installation', async () => {
    expect(
      await north.invoke('push-often', { queue: 'work', events: fifty, times: 10 }),
    ).toBeUndefined();
    expect(await tryPush(event(), 'long-work')).toEqual({
      error: 'RateLimitError',
      message: 'Too many requests.',
    });
    await push(sandbox.site('south'), event());
    await sandbox.advance(59_999);
    expect(await tryPush(event())).toMatchObject({ error: 'RateLimitError' });
    await sandbox.advance(1);
    await push(north, event());
    await north.idle();
    expect(consumed(north)).toHaveLength(501);
  });
});

describe('Forge: Async events limits: cyclic invocation limit', () => {
  const pushing = (times: number, pushed: PushEvent): PushEvent =>
    event({ do: 'push', queue: 'work', event: pushed, times });

  test('1,000 push requests of all handlers that one invocation has set off, then an error', async () => {
    const later = { ...pushing(1, event()), delayInSeconds: 900 };
    // Hundreds of them come at once; this is not about the invocations of a second.
    north.setFaults({ budgets: false });
    // The resolver's own request is the first, so its consumer comes 999 requests far.
    await push(north, pushing(1_100, later), 'long-work');
    await sandbox.advance(180_000);
    const limit = {
      error: 'InvocationLimitReachedError',
      message: 'The limit on cyclic invocation has been reached.',
    };
    expect(logged(north, 'refused')).toEqual([
      expect.objectContaining({ count: 999, ...limit }) as unknown,
    ]);
    await sandbox.advance(900_000);
    const refused = logged<{ count: number }>(north, 'refused');
    expect(refused).toHaveLength(1_000);
    expect(refused.at(-1)).toMatchObject({ count: 0, ...limit });
    // Another invocation begins another chain.
    await push(north, pushing(1, event()));
    await north.idle();
    expect(logged(north, 'pushed')).toHaveLength(1);
  });
});

describe('Forge: Async events API: job stats and cancel', () => {
  test('an unknown job, and one of another queue, is a JobDoesNotExistError', async () => {
    const jobId = await push(north, event());
    for (const key of ['stats', 'cancel', 'stats-of-queue', 'cancel-of-queue']) {
      expect(await failureOf(north.invoke(key, { queue: 'work', jobId: JOB }))).toEqual({
        error: 'JobDoesNotExistError',
        message: `The job ${JOB} was not found for the queue work.`,
      });
      expect(await failureOf(north.invoke(key, { queue: 'long-work', jobId }))).toMatchObject({
        error: 'JobDoesNotExistError',
      });
    }
  });

  test('events that have not started are cancelled', async () => {
    const jobId = await push(north, [
      { body: {}, delayInSeconds: 10 },
      { body: {}, delayInSeconds: 20 },
    ]);
    await sandbox.advance(10_000);
    expect(await statsOf(north, jobId)).toEqual({ success: 1, inProgress: 1, failed: 0 });
    expect(await north.invoke('cancel-of-queue', { queue: 'work', jobId })).toBeUndefined();
    await sandbox.advance(60_000);
    expect(consumed(north)).toHaveLength(1);
  });

  test('neither are retries, but what runs goes on', async () => {
    const jobId = await push(north, [
      event({ do: 'retry', options: retryAfter(5) }),
      event({ do: 'sleep', ms: 20_000 }),
      // Would be called again for its time-out.
      event({ do: 'sleep', ms: 55_001 }),
    ]);
    await sandbox.settled();
    expect(await north.invoke('cancel', { queue: 'work', jobId })).toBeUndefined();
    await sandbox.advance(600_000);
    expect(consumed(north)).toHaveLength(3);
    expect(await north.invoke('get', { key: 'slept' })).toBe(20_000);
    expect(await statsOf(north, jobId)).toMatchObject({ success: 1, inProgress: 0 });
  });
});

describe('names (Package: @forge/events)', () => {
  test('a queue’s name of other signs is refused by the SDK', async () => {
    expect(await tryPush(event(), 'no queue')).toMatchObject({ error: 'InvalidQueueNameError' });
  });

  test('Sandbox: appEvents.publish is not modelled, it is an error that shows', async () => {
    expect(await failureOf(north.invoke('publish-app-event'))).toMatchObject({
      message: expect.stringContaining('/forge/events/v1/app-events') as string,
    });
    expect(north.violations.splice(0)).toHaveLength(1);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a queue without a consumer: 400, an InternalServerError', async () => {
    expect(await tryPush(event(), 'nobodys')).toMatchObject({
      error: 'InternalServerError',
      message: expect.stringContaining('400') as string,
    });
  });

  test.each([
    ['a limit below one', { body: {}, concurrency: { key: 'k', limit: 0 } }],
    ['a limit that is no whole number', { body: {}, concurrency: { key: 'k', limit: 1.5 } }],
    ['no key', { body: {}, concurrency: { key: '', limit: 1 } }],
  ])('a concurrency with %s fails that event, not the others', async (_, wrong) => {
    expect(await tryPush([event(), wrong])).toMatchObject({
      error: 'PartialSuccessError',
      failedEvents: [{ payload: wrong }],
    });
    await north.idle();
    expect(consumed(north)).toHaveLength(1);
  });

  test.each([
    ['a delay of 901 s', { body: {}, delayInSeconds: 901 }],
    ['no body', {}],
  ])('an event that the SDK would not send (%s) fails alone', async (_, wrong) => {
    expect(await raw(request([event(), wrong]))).toMatchObject({
      status: 202,
      body: { failedEvents: [{ index: '1' }] },
    });
  });

  test.each([
    ['another schema', { ...request([event()]), schema: 'other' }],
    ['a field more', { ...request([event()]), more: 1 }],
    ['a job that is no UUID', { ...request([event()]), jobId: 'job' }],
    ['no list', request(event())],
  ])('a request with %s is 400', async (_, body) => {
    expect(await raw(body)).toMatchObject({ status: 400 });
  });

  test('so is a question about a job of the wrong form', async () => {
    expect(await raw({ queueName: 'work', jobId: 1 }, STATS_PATH)).toMatchObject({ status: 400 });
  });
});
