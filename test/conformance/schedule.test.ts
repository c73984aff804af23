/** The app's scheduled triggers. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { logged } from '../support/queue-calls';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture({ sites: ['north'], schedules: true });
  north = sandbox.site('north');
});

afterEach(() => {
  expect(north.violations).toEqual([]);
  return sandbox.dispose();
});

const MINUTE_MS = 60_000;

interface Ticked {
  request: { context: { cloudId: string; moduleKey: string }; contextToken: string };
  context: unknown;
}

const ticks = (): (Ticked & { at: number })[] => logged<Ticked>(north, 'ticked');

/** Of one module: at which minute after the start each run began. */
const minutes = (moduleKey: string, start: number): number[] =>
  ticks()
    .filter(({ request }) => request.context.moduleKey === moduleKey)
    .map(({ at }) => (at - start) / MINUTE_MS);

describe('Forge: Scheduled trigger module', () => {
  test('the first run is about 5 minutes after the start, then one each interval', async () => {
    const start = sandbox.clock.now();
    await sandbox.advance(5 * MINUTE_MS - 1);
    expect(ticks()).toEqual([]);
    await sandbox.advance(66 * MINUTE_MS);
    expect(minutes('tick', start)).toEqual(
      Array.from({ length: 14 }, (_, index) => (index + 1) * 5),
    );
    expect(minutes('hourly', start)).toEqual([5, 65]);
  });

  test('without a user: a context of the site and the module', async () => {
    await sandbox.advance(5 * MINUTE_MS);
    const { cloudId } = north.identity;
    expect(ticks().find(({ request }) => request.context.moduleKey === 'tick')).toMatchObject({
      request: {
        context: { cloudId, moduleKey: 'tick' },
        contextToken: expect.any(String) as string,
      },
      context: { installContext: `ari:cloud:jira::site/${cloudId}` },
    });
    expect(ticks()[0]?.context).not.toHaveProperty('principal');
  });

  test.each([
    ['throws', { do: 'throw' }],
    ['asks for a retry', { do: 'retry' }],
    ['runs out of time', { do: 'sleep', ms: 121_000 }],
    ['returns something', { do: 'return', value: { statusCode: 204 } }],
  ])('one that %s is not tried again, and runs at the next interval', async (_, step) => {
    await north.invoke('set', { key: 'tick-steps', value: [step] });
    const start = sandbox.clock.now();
    await sandbox.advance(11 * MINUTE_MS);
    expect(minutes('tick', start)).toEqual([5, 10]);
    expect(minutes('hourly', start)).toEqual([5]);
  });

  test('it runs up to its time limit, 55 s if not said', async () => {
    await north.invoke('set', { key: 'tick-steps', value: [{ do: 'sleep', ms: 100_000 }] });
    await sandbox.advance(8 * MINUTE_MS);
    // `tick` has the default and was ended; `hourly` has 120 s.
    expect(north.logs.join('\n')).toMatch(/tick-fn Function timed out after 55 seconds/);
    expect(await north.invoke('get', { key: 'slept' })).toBe(100_000);
  });
});

test('Sandbox: a stopped one runs nothing any more', async () => {
  await sandbox.dispose();
  await sandbox.clock.advance(60 * MINUTE_MS);
  expect(ticks()).toEqual([]);
});

test('Sandbox: one can be started without them', async () => {
  const without = await startFixture({ sites: ['north'], schedules: false });
  await without.advance(60 * MINUTE_MS);
  expect(logged(without.site('north'), 'ticked')).toEqual([]);
  await without.dispose();
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('an app that was uninstalled is not called', async () => {
    north.setFaults({ uninstalled: true });
    await sandbox.advance(60 * MINUTE_MS);
    expect(ticks()).toEqual([]);
  });
});
