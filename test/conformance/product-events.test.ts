/** How a change in Jira reaches the app's triggers. The events are made up: `jira-events.test.ts` has Jira's own. */
import type { Sandbox, Site } from '../../sandbox';
import type { ProductEvent } from '../../sandbox/forge/product-event-shapes';
import { PRODUCT_EVENT_NAMES } from '../../sandbox/forge/product-event-names';
import { MemoryStorage } from '../../sandbox/storage';
import type { Step } from '../support/fixture-app/src/events';
import { startFixture } from '../support/fixture-sandbox';
import { logged, retryAfter } from '../support/queue-calls';

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

interface Told {
  event: ProductEvent & { retryContext?: Record<string, unknown> };
  context: unknown;
}

/** What the app's triggers were told, oldest first. */
const told = (site = north): (Told & { at: number })[] => logged<Told>(site, 'told');

const types = (): string[] => told().map(({ event }) => event.eventType);

/** An issue whose event makes the trigger take these steps, one an attempt. */
const issue = (...steps: Step[]): object => ({
  id: '10001',
  key: 'ONE-1',
  fields: { summary: 'One', steps },
});

const created = (...steps: Step[]): ProductEvent => ({
  eventType: 'avi:jira:created:issue',
  atlassianId: 'somebody',
  issue: issue(...steps),
});

const updated: ProductEvent = {
  eventType: 'avi:jira:updated:issue',
  issue: issue(),
  changelog: {
    id: '1',
    items: [
      {
        field: 'summary',
        fieldId: 'summary',
        fieldtype: 'jira',
        from: null,
        fromString: 'None',
        to: null,
        toString: 'One',
      },
    ],
  },
};

const selves = (): unknown[] => told().map(({ event }) => event.selfGenerated);

describe('Forge: Events, delivery', () => {
  test('a trigger is called with the event and a context without a user', async () => {
    north.publish(created());
    await north.idle();
    expect(told()).toEqual([
      {
        event: { ...created(), selfGenerated: false },
        context: { installContext: `ari:cloud:jira::site/${north.identity.cloudId}` },
        at: sandbox.clock.now(),
      },
    ]);
    expect(told(sandbox.site('south'))).toEqual([]);
  });

  test('it is not called before the change has been made', async () => {
    north.publish(created());
    // What has made the change still has to answer: it takes a few turns, and waits for nothing.
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    expect(told()).toEqual([]);
    await north.idle();
    expect(told()).toHaveLength(1);
  });

  test('every trigger of that event is told, of other events none', async () => {
    north.publish(updated);
    north.publish({ eventType: 'avi:jira:deleted:attachment', attachment: { id: '1' } });
    await north.idle();
    expect(types()).toEqual(['avi:jira:updated:issue', 'avi:jira:updated:issue']);
  });

  test('in no order: the same seed repeats one, and it is not that of the changes', async () => {
    const orders: string[][] = [];
    for (const seed of [3, 3, 4]) {
      const seeded = await startFixture({ sites: ['north'], seed });
      const site = seeded.site('north');
      const keys = Array.from({ length: 12 }, (_, index) => `ONE-${index + 10}`);
      for (const key of keys) site.publish({ ...created(), issue: { ...issue(), key } });
      await site.idle();
      orders.push(told(site).map(({ event }) => (event.issue as { key: string }).key));
      await seeded.dispose();
    }
    const [first = [], again, other] = orders;
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(first).not.toEqual([...first].sort());
  });

  test('up to eventLagMs late, as the seed draws it', async () => {
    north.setFaults({ eventLagMs: 180_000 });
    for (let count = 0; count < 20; count += 1) north.publish(created());
    const before = sandbox.clock.now();
    await north.idle();
    expect(told().length).toBeLessThan(3);
    await sandbox.advance(180_000);
    const delays = told().map(({ at }) => at - before);
    expect(delays).toHaveLength(20);
    expect(Math.max(...delays)).toBeGreaterThan(120_000);
    expect(new Set(delays).size).toBeGreaterThan(15);
    expect(() => north.setFaults({ eventLagMs: 180_001 })).toThrow(/eventLagMs/);
  });

  test('an event that waits outlives a restart', async () => {
    const storage = new MemoryStorage();
    const kept = { table: storage.table.bind(storage), close: () => Promise.resolve() };
    const before = await startFixture({ sites: ['north'], storage: kept, eventLagMs: 60_000 });
    before.site('north').publish(created());
    await before.dispose();
    const after = await startFixture({ sites: ['north'], storage: kept });
    await after.advance(60_000);
    expect(told(after.site('north'))).toHaveLength(1);
    await after.dispose();
  });
});

describe('Forge: Events, selfGenerated and ignoreSelf', () => {
  test('a change by the app itself says so, and ignoreSelf leaves it out', async () => {
    north.publish(updated, 'app');
    await north.idle();
    // Of the two triggers of this event only the one without the filter.
    expect(selves()).toEqual([true]);
  });

  test('a change by somebody in Jira is not', async () => {
    north.publish(updated, 'user');
    await north.idle();
    expect(selves()).toEqual([false, false]);
  });

  test('only the platform says whose change it was', () => {
    expect(() => north.publish({ ...updated, selfGenerated: true })).toThrow(/selfGenerated/);
  });
});

describe('Forge: Events, retry', () => {
  test('a returned InvocationError is a retry, at most four times', async () => {
    const options = { ...retryAfter(60), retryData: { page: 1 } };
    north.publish(created(...Array.from({ length: 9 }, () => ({ do: 'retry' as const, options }))));
    await sandbox.advance(3_600_000);
    expect(told().map(({ event }) => event.retryContext)).toEqual(
      [undefined, 1, 2, 3, 4].map(
        (retryCount) =>
          retryCount && {
            retryCount,
            retryReason: 'FUNCTION_RETRY_REQUEST',
            retryData: { page: 1 },
          },
      ),
    );
    expect(told().map(({ at }) => at - (told()[0]?.at ?? 0))).toEqual([
      0, 60_000, 120_000, 180_000, 240_000,
    ]);
  });

  test('retryAfter is lowered to 900 s', async () => {
    north.publish(created({ do: 'retry', options: retryAfter(5_000) }));
    await sandbox.advance(899_999);
    expect(told()).toHaveLength(1);
    await sandbox.advance(1);
    expect(told()).toHaveLength(2);
  });

  test('one that is thrown asks for nothing', async () => {
    north.publish(created({ do: 'throw-retry' }));
    await sandbox.advance(3_600_000);
    expect(told()).toHaveLength(1);
  });

  test('the platform repeats what ran out of time', async () => {
    north.publish(created({ do: 'sleep', ms: 25_001 }));
    await sandbox.advance(3_600_000);
    expect(told().map(({ event }) => event.retryContext)).toEqual([
      undefined,
      { retryCount: 1, retryReason: 'FUNCTION_TIME_OUT' },
    ]);
    expect(await north.invoke('get', { key: 'slept' })).toBeUndefined();
  });
});

const version = { id: '1', name: '1.0' };
const samples: Record<string, object> = {
  issue: { issue: issue() },
  comment: { issue: issue(), comment: { id: '1' } },
  attachment: { attachment: { id: '1', fileName: 'a.png' } },
  issuelink: {
    id: '1',
    sourceIssueId: '10001',
    destinationIssueId: '10002',
    issueLinkType: { id: '10000', name: 'Blocks' },
  },
  worklog: { worklog: { id: '1', issueId: '10001' } },
  version: { version },
  component: { component: { id: '1', name: 'Core' } },
  project: { project: { id: '10000', key: 'ONE' } },
  'issue-property': { issue: { id: '10001' }, property: { key: 'issuesync' } },
};

const sampleOf = (eventType: ProductEvent['eventType']): ProductEvent => ({
  eventType,
  ...(eventType === 'avi:jira:commented:issue'
    ? samples.comment
    : samples[eventType.split(':').at(-1) ?? '']),
});

/** Jira's event is taken; with a field more, or one less, it is refused. */
function expectShape(eventType: ProductEvent['eventType']): void {
  const event = sampleOf(eventType);
  expect(() => north.publish(event)).not.toThrow();
  expect(() => north.publish({ ...event, more: 1 })).toThrow(/more/);
  for (const name of Object.keys(event).filter((key) => key !== 'eventType')) {
    expect(() => north.publish({ ...event, [name]: undefined })).toThrow(new RegExp(name));
  }
}

/** No page that we could read shows these. */
const isGuessed = (name: string): boolean => name.endsWith(':issue-property');

describe('Forge: Jira events, shapes', () => {
  test.each(PRODUCT_EVENT_NAMES.filter((name) => !isGuessed(name)))('%s', expectShape);

  test('an event that there is not', () => {
    const event = { ...created(), eventType: 'avi:jira:created:comment' } as never;
    expect(() => north.publish(event)).toThrow('There is no event avi:jira:created:comment');
  });

  test.each([
    ['an id that is a number', { ...created(), issue: { ...issue(), id: 10001 } }],
    ['no fields', { ...created(), issue: { id: '10001', key: 'ONE-1' } }],
    [
      'a changed value that is no text',
      { ...updated, changelog: { items: [{ field: 'x', from: 1, to: 2 }] } },
    ],
    [
      'an issue beside an attachment',
      { ...sampleOf('avi:jira:created:attachment'), issue: issue() },
    ],
    [
      'somebody who has attached',
      { ...sampleOf('avi:jira:created:attachment'), atlassianId: 'somebody' },
    ],
  ])('%s is none of Jira’s', (_, event) => {
    expect(() => north.publish(event)).toThrow(/Jira has no such/);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test.each(PRODUCT_EVENT_NAMES.filter(isGuessed))('%s', expectShape);

  test.each([
    [true, [true]],
    [false, [false, false]],
  ])(
    'a change on behalf of a user, with impersonatedIsSelf %s',
    async (impersonatedIsSelf, expected) => {
      north.setFaults({ impersonatedIsSelf });
      north.publish(updated, 'impersonated');
      await north.idle();
      expect(selves()).toEqual(expected);
    },
  );

  test('a trigger that throws is not called again; with the fault retryThrown it is', async () => {
    north.publish(created({ do: 'throw' }));
    await sandbox.advance(3_600_000);
    expect(told()).toHaveLength(1);
    north.setFaults({ retryThrown: true });
    north.publish(created({ do: 'throw' }));
    await sandbox.advance(3_600_000);
    expect(told()).toHaveLength(3);
  });

  test('the platform’s own retries end with the fourth too', async () => {
    north.publish(
      created(...Array.from({ length: 9 }, () => ({ do: 'sleep' as const, ms: 25_001 }))),
    );
    await sandbox.advance(24 * 3_600_000);
    expect(told()).toHaveLength(5);
  });

  test('retryData that is no object is not sent (ECO-734)', async () => {
    north.publish(created({ do: 'retry', options: { ...retryAfter(), retryData: 'text' } }));
    await sandbox.advance(1_000);
    expect(told()[1]?.event.retryContext).toEqual({
      retryCount: 1,
      retryReason: 'FUNCTION_RETRY_REQUEST',
    });
  });

  test('events of more than 200 kB are not delivered', async () => {
    const large = { ...issue(), fields: { description: 'x'.repeat(200_000) } };
    north.publish({ ...created(), issue: large });
    await sandbox.advance(3_600_000);
    expect(told()).toEqual([]);
    expect(north.logs.join('\n')).toMatch(/exceeds 200 kB/);
  });

  test('nothing is delivered to an app that was uninstalled', async () => {
    north.setFaults({ uninstalled: true });
    north.publish(created());
    await sandbox.advance(3_600_000);
    expect(told()).toEqual([]);
  });
});
