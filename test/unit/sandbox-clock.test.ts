/** The sandbox's clock, where people move it while it runs. */
import { Clock } from '../../sandbox/clock';
import { startFixture } from '../support/fixture-sandbox';

describe('a clock that runs on', () => {
  let clock: Clock;
  beforeEach(() => {
    clock = new Clock('real');
  });
  afterEach(() => clock.dispose());

  test('what was to come after an advance comes that much sooner', async () => {
    const startedAt = clock.now();
    const fired = new Promise<number>((resolve) => {
      clock.setTimeout(() => resolve(clock.now()), 60_000);
    });
    await clock.advance(59_950);
    expect((await fired) - startedAt).toBeGreaterThanOrEqual(60_000);
  });

  test('what is due in longer than the machine’s timers last does not come at once', async () => {
    let hasFired = false;
    clock.setTimeout(() => {
      hasFired = true;
    }, 3e9);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(hasFired).toBe(false);
    await clock.advance(3e9);
    expect(hasFired).toBe(true);
  });
});

describe('two who advance at once', () => {
  test('never move time back', async () => {
    const clock = new Clock('virtual');
    clock.setTimeout(() => undefined, 500);
    const startedAt = clock.now();
    await Promise.all([clock.advance(1_000), clock.advance(60_000)]);
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(60_000);
  });

  test('move a sandbox’s time by both', async () => {
    const sandbox = await startFixture();
    const startedAt = sandbox.clock.now();
    await Promise.all([sandbox.advance(1_000), sandbox.advance(60_000)]);
    expect(sandbox.clock.now() - startedAt).toBe(61_000);
    await sandbox.dispose();
  });
});
