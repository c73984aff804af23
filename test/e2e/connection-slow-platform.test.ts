/** A platform that is slow: the report still comes in time. */
import { addConnection, checkOf, GENERATED, startTwoSites, succeed } from '../support/sites';

test('with 2 s a platform call the report comes within 20 s', async () => {
  const { sandbox, north, south } = await startTwoSites();
  try {
    const keys = { local: GENERATED.north, remote: GENERATED.south };
    const { id } = await addConnection(north, south, keys);
    north.setFaults({ latencyMs: 2_000 });
    const testing = succeed(north, 'connections/test', { id });
    for (let seconds = 0; seconds < 25; seconds += 1) {
      await sandbox.clock.advance(1_000);
      // Real I/O, between the sites, takes real time.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const report = await testing;
    expect(report.durationMs).toBeLessThanOrEqual(20_000);
    expect(checkOf(report, 'local-user-exists').status).toBe('passed');
  } finally {
    await sandbox.dispose();
  }
});
