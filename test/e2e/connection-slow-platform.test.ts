/** A platform that is slow: the report still comes before the platform ends the resolver. */
import { addConnection, checkOf, GENERATED, startTwoSites, succeed } from '../support/sites';

test.each([1_000, 2_000, 3_000])('with %i ms a platform call', async (latencyMs) => {
  const { sandbox, north, south } = await startTwoSites();
  try {
    const keys = { local: GENERATED.north, remote: GENERATED.south };
    const { id } = await addConnection(north, south, keys);
    north.setFaults({ latencyMs });
    // The sandbox ends it after 25 s, as the platform does.
    const testing = succeed(north, 'connections/test', { id });
    for (let second = 0; second < 26; second += 1) {
      await sandbox.clock.advance(1_000);
      // What goes over real HTTP takes real time.
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const report = await testing;
    expect(report.durationMs).toBeLessThanOrEqual(20_000);
    expect(checkOf(report, 'local-user-exists').status).toBe('passed');
  } finally {
    await sandbox.dispose();
  }
});
