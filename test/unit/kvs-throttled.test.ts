/** Calls of the store that the platform has refused for its limit. */
import { ForgeKvsAPIError } from '@forge/kvs';
import { untilAllowed } from '../../src/forge/throttled';

const refusal = (status: number) =>
  new ForgeKvsAPIError({ status, statusText: '' }, { code: 'ANY', message: 'No' });

/** Runs a call that is refused so often. */
async function run(refusals: readonly Error[], random: number) {
  const waits: number[] = [];
  const left = [...refusals];
  const outcome = await untilAllowed(
    async () => {
      const error = left.shift();
      if (error) throw error;
      return 'done';
    },
    { wait: async (ms) => void waits.push(ms), random: () => random },
  ).catch((error: unknown) => error);
  return { outcome, waits };
}

test('what is refused for the limit is tried again, each time later, and not by all at once', async () => {
  const refused = [429, 429].map(refusal);
  expect(await run(refused, 0)).toEqual({ outcome: 'done', waits: [200, 400] });
  expect(await run(refused, 0.5)).toEqual({ outcome: 'done', waits: [250, 500] });
});

test('what stays refused is an error in the end; what is refused for anything else is one at once', async () => {
  const always = Array.from({ length: 9 }, () => refusal(429));
  expect(await run(always, 0)).toEqual({ outcome: always[4], waits: [200, 400, 800, 1_600] });
  const other = refusal(409);
  expect(await run([other], 0)).toEqual({ outcome: other, waits: [] });
});
