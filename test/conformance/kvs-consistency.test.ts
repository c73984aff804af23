/** What queries see, and when, through the real `@forge/kvs`. */
import { kvs, startKvs, type KvsUnderTest } from '../support/kvs-sdk';

let sandbox: KvsUnderTest;
beforeEach(() => {
  sandbox = startKvs();
});

describe('queries are eventually consistent, reads by key are strictly (Forge: Consistency)', () => {
  const seen = async (): Promise<unknown[]> =>
    (await kvs.query().getMany()).results.map(({ value }) => value);

  it('a query sees a write, an overwrite and a deletion only later', async () => {
    await kvs.set('key', 'old');
    sandbox.faults.lagMs = 1000;
    await kvs.set('key', 'new');
    await expect(kvs.get('key')).resolves.toBe('new');
    await expect(seen()).resolves.toEqual(['old']);
    await sandbox.clock.advance(1000);
    await expect(seen()).resolves.toEqual(['new']);
    await kvs.delete('key');
    await expect(kvs.get('key')).resolves.toBeUndefined();
    await expect(seen()).resolves.toEqual(['new']);
    await sandbox.clock.advance(1000);
    await expect(seen()).resolves.toEqual([]);
  });

  it('an index query lags too, and a transaction’s writes may show one by one', async () => {
    sandbox.faults.lagMs = 10_000;
    const transaction = kvs.transact();
    for (let n = 10; n < 30; n += 1) {
      const value = { surname: 'Doe', age: n, gender: 'x' };
      transaction.set(`e${n}`, value, { entityName: 'employee' });
    }
    await transaction.execute();
    const count = async (): Promise<number> =>
      (await kvs.entity('employee').query().index('by-key').limit(100).getMany()).results.length;
    const counts: number[] = [];
    for (let at = 0; at <= 10; at += 1) {
      counts.push(await count());
      await sandbox.clock.advance(1000);
    }
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(20);
    expect(counts.some((each) => each > 0 && each < 20)).toBe(true);
  });

  it('the lag is at most lagMs, repeats with the seed, and settledAt tells its end', async () => {
    const run = async (seed: number): Promise<number[]> => {
      sandbox = startKvs({ seed });
      sandbox.faults.lagMs = 100;
      const start = sandbox.clock.now();
      for (let n = 0; n < 5; n += 1) await kvs.set(`k${n}`, n);
      expect(sandbox.service.settledAt() - start).toBeLessThanOrEqual(100);
      const counts: number[] = [];
      for (let at = 0; at <= 10; at += 1) {
        counts.push((await seen()).length);
        await sandbox.clock.advance(10);
      }
      expect(counts.at(-1)).toBe(5);
      return counts;
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });
});
