/** How a queue's events reach their consumer, through the real `@forge/events`. */
import type { Sandbox, Site } from '../../sandbox';
import { MemoryStorage } from '../../sandbox/storage';
import { startFixture } from '../support/fixture-sandbox';
import { consumed, event, logged, push, retryAfter, statsOf } from '../support/queue-calls';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture({ sites: ['north'] });
  north = sandbox.site('north');
});

afterEach(() => {
  expect(north.violations).toEqual([]);
  return sandbox.dispose();
});

const DAY_MS = 24 * 3_600_000;

/** When, in ms after the first, each attempt began. */
function attemptsAt(): number[] {
  const times = consumed(north).map(({ at }) => at);
  return times.map((at) => at - (times[0] ?? 0));
}

const contexts = (): unknown[] =>
  consumed(north).map(({ event: { retryContext } }) => retryContext);

const settledStats = async (jobId: string): Promise<unknown> => {
  await sandbox.settled();
  return statsOf(north, jobId);
};

describe('Forge: Async events API: event consumer', () => {
  test('is called with the event and a context without a user', async () => {
    const body = { text: 'é', nested: [1, null] };
    const concurrency = { key: 'k', limit: 2 };
    const jobId = await push(north, { body, delayInSeconds: 1, concurrency });
    await sandbox.advance(1_000);
    expect(consumed(north)).toEqual([
      {
        event: {
          queueName: 'work',
          jobId,
          eventId: expect.any(String) as string,
          body,
          delayInSeconds: 1,
          concurrency,
        },
        context: { installContext: `ari:cloud:jira::site/${north.identity.cloudId}` },
        at: sandbox.clock.now(),
      },
    ]);
  });

  test('never runs inside the push', async () => {
    await north.invoke('push-often', { queue: 'work', events: event(), times: 3 });
    // The resolver has answered, and no consumer has begun: its own invocation is another one.
    expect(consumed(north)).toEqual([]);
    await north.idle();
    expect(consumed(north)).toHaveLength(3);
  });

  test('each event has an id of its own, each push a job', async () => {
    const first = await push(north, [event(), event()]);
    const second = await push(north, event());
    await north.idle();
    expect(new Set(consumed(north).map(({ event: { eventId } }) => eventId)).size).toBe(3);
    expect(first).not.toBe(second);
  });

  test('has no order: the same seed repeats one, and it is not that of the push', async () => {
    const orders: unknown[][] = [];
    for (const seed of [7, 7, 8]) {
      const seeded = await startFixture({ sites: ['north'], seed });
      const site = seeded.site('north');
      await push(
        site,
        Array.from({ length: 20 }, (_, n) => ({ body: { n } })),
      );
      await site.idle();
      orders.push(consumed(site).map(({ event: { body } }) => body.n));
      await seeded.dispose();
    }
    const [first = [], again, other] = orders;
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(first).not.toEqual([...first].sort((a, b) => Number(a) - Number(b)));
  });
});

describe('Forge: Async events API: retry', () => {
  test('a returned InvocationError is a retry after so many seconds, with its reason and data', async () => {
    const options = {
      retryAfter: 30,
      retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED',
      retryData: { page: 2 },
    };
    const jobId = await push(north, event({ do: 'retry', options }));
    await sandbox.advance(29_999);
    expect(consumed(north)).toHaveLength(1);
    expect(await settledStats(jobId)).toEqual({ success: 0, inProgress: 1, failed: 0 });
    await sandbox.advance(1);
    const [first, second] = consumed(north);
    expect(first?.event).not.toHaveProperty('retryContext');
    expect(second?.event.eventId).toBe(first?.event.eventId);
    expect(second?.event.retryContext).toEqual({
      retryCount: 1,
      retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED',
      retryData: { page: 2 },
      retentionWindow: {
        startTime: new Date(first?.at ?? 0).toISOString(),
        remainingTimeMs: DAY_MS - 30_000,
      },
    });
    expect(await settledStats(jobId)).toEqual({ success: 1, inProgress: 0, failed: 0 });
  });

  test('without options it is one second and FUNCTION_RETRY_REQUEST, counted on', async () => {
    await push(north, event({ do: 'retry' }, { do: 'retry' }, { do: 'retry' }));
    await sandbox.advance(10_000);
    expect(attemptsAt()).toEqual([0, 1_000, 2_000, 3_000]);
    expect(contexts()).toMatchObject([
      undefined,
      { retryCount: 1, retryReason: 'FUNCTION_RETRY_REQUEST' },
      { retryCount: 2 },
      { retryCount: 3 },
    ]);
  });

  test('retryAfter is lowered to 900 s, and raised to one', async () => {
    await push(
      north,
      event({ do: 'retry', options: retryAfter(5_000) }, { do: 'retry', options: retryAfter(-5) }),
    );
    await sandbox.advance(1_000_000);
    expect(attemptsAt()).toEqual([0, 900_000, 901_000]);
  });

  test('one that is thrown asks for nothing: the protocol is the returned value', async () => {
    const jobId = await push(north, event({ do: 'throw-retry' }));
    await sandbox.advance(DAY_MS);
    expect(consumed(north)).toHaveLength(1);
    expect(await settledStats(jobId)).toEqual({ success: 0, inProgress: 0, failed: 1 });
  });

  test('4 KB of retryData are taken', async () => {
    const options = { ...retryAfter(), retryData: 'x'.repeat(4 * 1024 - 2) };
    await push(north, event({ do: 'retry', options }));
    await sandbox.advance(1_000);
    expect(consumed(north)).toHaveLength(2);
  });

  test('any other result is a success', async () => {
    const jobId = await push(north, [
      event({ do: 'return', value: { _retry: false } }),
      event({ do: 'return', value: null }),
      event({ do: 'return', value: 'retry' }),
    ]);
    await sandbox.advance(DAY_MS);
    expect(await settledStats(jobId)).toEqual({ success: 3, inProgress: 0, failed: 0 });
  });

  test('for 24 hours, then the event is dropped', async () => {
    const forever = Array.from({ length: 120 }, () => ({
      do: 'retry' as const,
      options: retryAfter(900),
    }));
    const jobId = await push(north, event(...forever));
    await sandbox.advance(DAY_MS - 1);
    expect(attemptsAt().at(-1)).toBe(DAY_MS - 900_000);
    expect(await settledStats(jobId)).toEqual({ success: 0, inProgress: 1, failed: 0 });
    await sandbox.advance(DAY_MS);
    expect(attemptsAt().at(-1)).toBe(DAY_MS - 900_000);
    expect(await settledStats(jobId)).toEqual({ success: 0, inProgress: 0, failed: 1 });
  });
});

describe('Forge: Invocation limits: consumers', () => {
  test.each([
    ['work', 55],
    ['long-work', 900],
  ])('that of %s runs up to %i s', async (queue, seconds) => {
    const jobId = await push(north, event({ do: 'sleep', ms: seconds * 1_000 - 1 }), queue);
    await sandbox.advance(seconds * 1_000);
    expect(await north.invoke('get', { key: 'slept' })).toBe(seconds * 1_000 - 1);
    expect(await statsOf(north, jobId, queue)).toMatchObject({ success: 1 });
  });

  test('then it is ended, what it still does has no effect, and it is called again with back-off', async () => {
    const slow = { do: 'sleep' as const, ms: 55_001 };
    await push(north, event(slow, slow));
    await sandbox.advance(55_000);
    expect(consumed(north)).toHaveLength(1);
    await sandbox.advance(1_000_000);
    expect(contexts()).toMatchObject([
      undefined,
      { retryCount: 1, retryReason: 'FUNCTION_TIME_OUT' },
      { retryCount: 2, retryReason: 'FUNCTION_TIME_OUT' },
    ]);
    expect(await north.invoke('get', { key: 'slept' })).toBeUndefined();
    expect(logged(north, 'done')).toHaveLength(1);
  });

  test('waits grow to about 15 minutes, and the event is tried for 24 hours', async () => {
    const slow = Array.from({ length: 200 }, () => ({ do: 'sleep' as const, ms: 55_001 }));
    const jobId = await push(north, event(...slow));
    await sandbox.advance(2 * DAY_MS);
    const waits = attemptsAt().map((at, index, all) => at - (all[index - 1] ?? 0) - 55_000);
    expect(waits[1]).toBeLessThanOrEqual(4_000);
    expect(waits[3]).toBeGreaterThan(waits[1] ?? 0);
    expect(Math.max(...waits)).toBeGreaterThan(600_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(900_000);
    expect(attemptsAt().at(-1)).toBeGreaterThan(DAY_MS - 1_000_000);
    expect(attemptsAt().at(-1)).toBeLessThan(DAY_MS);
    expect(await settledStats(jobId)).toMatchObject({ inProgress: 0, failed: 1 });
  });

  test('a consumer that is killed is called again', async () => {
    north.setFaults({ kill: { call: 2, when: 'after' } });
    await push(north, event({ do: 'sleep', ms: 0 }));
    await sandbox.advance(60_000);
    expect(contexts()).toMatchObject([
      undefined,
      { retryCount: 1, retryReason: 'FUNCTION_OUT_OF_MEMORY' },
    ]);
  });
});

describe('Forge: Async events API: concurrency', () => {
  const sleeping = (concurrency: { key: string; limit: number }) => ({
    ...event({ do: 'sleep', ms: 10_000 }),
    concurrency,
  });

  /** How many ran at the same time at most. */
  function mostAtATime(): number {
    const starts = consumed(north).map(({ at }) => ({ at, change: 1 }));
    const ends = logged(north, 'done').map(({ at }) => ({ at, change: -1 }));
    let running = 0;
    return Math.max(
      ...[...ends, ...starts]
        .sort((a, b) => a.at - b.at || a.change - b.change)
        .map(({ change }) => (running += change)),
    );
  }

  test('without it all events are processed at once', async () => {
    await push(
      north,
      Array.from({ length: 5 }, () => event({ do: 'sleep', ms: 10_000 })),
    );
    await sandbox.advance(10_000);
    expect(mostAtATime()).toBe(5);
  });

  test.each([1, 2])('no more than %i with the same key', async (limit) => {
    const five = Array.from({ length: 5 }, () => sleeping({ key: 'issue', limit }));
    const jobId = await push(north, five);
    await sandbox.advance(600_000);
    expect(mostAtATime()).toBe(limit);
    expect(await statsOf(north, jobId)).toMatchObject({ success: 5 });
    // Held back is not tried again: there is nothing to tell the app.
    expect(contexts()).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  test('keys are counted for the installation, over all queues', async () => {
    await push(north, sleeping({ key: 'issue', limit: 1 }), 'work');
    await push(north, sleeping({ key: 'issue', limit: 1 }), 'long-work');
    await push(north, sleeping({ key: 'other', limit: 1 }), 'work');
    await sandbox.settled();
    expect(consumed(north)).toHaveLength(2);
    await sandbox.advance(60_000);
    expect(mostAtATime()).toBe(2);
    expect(consumed(north)).toHaveLength(3);
  });

  test('they are free again after a failure', async () => {
    const concurrency = { key: 'issue', limit: 1 };
    await push(north, { ...event({ do: 'throw' }), concurrency });
    await north.idle();
    await push(north, { ...event(), concurrency });
    await north.idle();
    expect(consumed(north)).toHaveLength(2);
  });
});

describe('Sandbox: what is pending outlives a restart', () => {
  test('delayed events, retries and what ran at the time', async () => {
    const storage = new MemoryStorage();
    // As `npm start` does with its store: closing it forgets nothing.
    const kept = { table: storage.table.bind(storage), close: () => Promise.resolve() };
    const before = await startFixture({ sites: ['north'], storage: kept });
    const jobId = await push(before.site('north'), [
      { ...event(), delayInSeconds: 600 },
      event({ do: 'retry', options: retryAfter(300) }),
      event({ do: 'sleep', ms: 50_000 }),
    ]);
    await before.settled();
    expect(consumed(before.site('north'))).toHaveLength(2);
    await before.dispose();

    const after = await startFixture({ sites: ['north'], storage: kept });
    const site = after.site('north');
    await after.settled();
    expect(consumed(site)).toHaveLength(1);
    await after.advance(600_000);
    expect(consumed(site)).toHaveLength(3);
    expect(await statsOf(site, jobId)).toEqual({ success: 3, inProgress: 0, failed: 0 });
    await after.dispose();
  });
});

describe('Sandbox: idle', () => {
  test('waits for what is due and what runs, not for what comes later', async () => {
    await push(north, [event(), { ...event(), delayInSeconds: 1 }]);
    await north.idle();
    expect(consumed(north)).toHaveLength(1);
    await push(north, event({ do: 'sleep', ms: 500 }));
    let idle = false;
    const waiting = north.idle().then(() => (idle = true));
    await sandbox.settled();
    expect(idle).toBe(false);
    await sandbox.advance(500);
    await waiting;
    expect(logged(north, 'done')).toHaveLength(2);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a consumer that throws is not called again, and its event is failed', async () => {
    const jobId = await push(north, event({ do: 'throw' }));
    await sandbox.advance(DAY_MS);
    expect(consumed(north)).toHaveLength(1);
    expect(await settledStats(jobId)).toEqual({ success: 0, inProgress: 0, failed: 1 });
  });

  test('with the fault retryThrown it is, with back-off', async () => {
    north.setFaults({ retryThrown: true });
    const jobId = await push(north, event({ do: 'throw' }, { do: 'throw' }));
    await sandbox.advance(60_000);
    expect(contexts()).toMatchObject([
      undefined,
      { retryCount: 1, retryReason: 'FUNCTION_PLATFORM_UNKNOWN_ERROR' },
      { retryCount: 2 },
    ]);
    expect(await settledStats(jobId)).toMatchObject({ success: 1, failed: 0 });
  });

  test.each([
    ['more than 4 KB of data', { ...retryAfter(), retryData: 'x'.repeat(4 * 1024) }],
    ['an unknown reason', { ...retryAfter(), retryReason: 'WHATEVER' }],
    ['no number of seconds', { ...retryAfter(), retryAfter: 'soon' }],
  ])('a request for a retry with %s is none', async (_, options) => {
    const jobId = await push(north, event({ do: 'retry', options }));
    await sandbox.advance(DAY_MS);
    expect(consumed(north)).toHaveLength(1);
    expect(await settledStats(jobId)).toMatchObject({ failed: 1 });
    expect(north.logs.join('\n')).toMatch(/retry is refused/);
  });

  test('neither is that of version 1 of the SDK', async () => {
    await push(north, event({ do: 'retry-as-v1' }));
    await sandbox.advance(DAY_MS);
    expect(consumed(north)).toHaveLength(1);
  });

  test('nor one whose event and data exceed 200 KB together (ECO-759)', async () => {
    const options = { ...retryAfter(), retryData: 'x'.repeat(4_000) };
    const one = event({ do: 'retry', options });
    const jobId = await push(north, { body: { ...one.body, text: 'x'.repeat(198_000) } });
    await sandbox.advance(DAY_MS);
    expect(consumed(north)).toHaveLength(1);
    expect(await settledStats(jobId)).toMatchObject({ failed: 1 });
  });

  test('nothing is delivered to an app that was uninstalled', async () => {
    await push(north, { ...event(), delayInSeconds: 10 });
    north.setFaults({ uninstalled: true });
    await sandbox.advance(DAY_MS);
    expect(consumed(north)).toEqual([]);
  });
});
