/**
 * How much an installation may ask of its key-value store (Forge: KVS and Custom Entity Store limits): requests
 * a second, 10 KB units a minute, bytes a second of one key or index value. "Any request that exceeds a quota
 * or limit will return a 429 status" (Forge: Error handling).
 */
import { z } from 'zod';
import { sizeOf } from './json-size';
import {
  BATCHES_PER_MINUTE,
  QUERY_BYTES_PER_SECOND,
  READ_BYTES_PER_SECOND,
  READ_UNITS_PER_MINUTE,
  REQUESTS_PER_SECOND,
  UNIT_BYTES,
  WRITE_BYTES_PER_SECOND,
  WRITE_UNITS_PER_MINUTE,
} from './kvs-limits';
import { Refusal } from './kvs-refusal';
import { KeyedWindows, RollingWindow } from './rate-windows';

export interface KvsBudgetOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Whether what does not fit is refused; it is counted all the same. */
  isEnforced: () => boolean;
  /** Sees the units of each call, of 10 KB. */
  onUnits: (kind: 'read' | 'write', units: number) => void;
}

/** Whether a call reads; every other one writes. */
export const isKvsRead = (path: string): boolean => /\/(get|query)$/.test(path);

export class KvsBudgets {
  // Windows roll: which second and minute the page means is UNVERIFIED.
  private readonly requests = new RollingWindow(REQUESTS_PER_SECOND, 1_000);
  private readonly batches = new RollingWindow(BATCHES_PER_MINUTE, 60_000);
  private readonly units = {
    read: new RollingWindow(READ_UNITS_PER_MINUTE, 60_000),
    write: new RollingWindow(WRITE_UNITS_PER_MINUTE, 60_000),
  };
  private readonly written = new KeyedWindows(1_000);
  private readonly read = new KeyedWindows(1_000);
  private readonly queried = new KeyedWindows(1_000);

  constructor(private readonly options: KvsBudgetOptions) {}

  /** Every request, before it is looked at. @throws Refusal 429 */
  takeRequest(path: string): void {
    const now = this.options.now();
    if (!this.requests.fits(now)) this.refuse(path);
    this.requests.add(now);
    if (!path.includes('/batch/')) return;
    if (!this.batches.fits(now)) this.refuse(path);
    this.batches.add(now);
  }

  /**
   * A request that writes, before it does: its size counts, a batch or a transaction as one ("if set in a
   * single batch operation, it will count as 10KB of use").
   *
   * @throws Refusal 429
   */
  takeWrite(path: string, bytes: number, body: unknown): void {
    const store = path.includes('/secret/') ? 'secret' : 'plain';
    const parsed = writesSchema.safeParse(body);
    const items = parsed.success ? parsed.data : [];
    this.takeBytes(
      items.map(({ key, entityName = store, value }) => {
        const window = this.written.of(
          `${entityName} ${key}`,
          WRITE_BYTES_PER_SECOND,
          this.options.now(),
        );
        return { window, bytes: sizeOf(value) };
      }),
    );
    this.takeUnits(path, 'write', bytes);
  }

  /**
   * A request that has read: the size of its answer counts, an empty one as one unit.
   *
   * @throws Refusal 429, in place of the answer
   */
  takeRead(path: string, body: unknown, answer: unknown): void {
    const now = this.options.now();
    const store = path.includes('/secret/') ? 'secret' : 'plain';
    const bytes = sizeOf(answer);
    if (path.endsWith('/query')) {
      const index = indexOf(body);
      this.takeBytes([{ window: this.queried.of(index, QUERY_BYTES_PER_SECOND, now), bytes }]);
    } else {
      const entityOfAll = entitySchema.safeParse(body).data?.entityName;
      const parsed = readsSchema.safeParse(answer);
      const items = parsed.success ? parsed.data : [];
      this.takeBytes(
        items.map(({ key, entityName = entityOfAll ?? store, value }) => ({
          window: this.read.of(`${entityName} ${key}`, READ_BYTES_PER_SECOND, now),
          bytes: sizeOf(value),
        })),
      );
    }
    this.takeUnits(path, 'read', bytes);
  }

  private takeUnits(path: string, kind: 'read' | 'write', bytes: number): void {
    const now = this.options.now();
    const units = Math.max(1, Math.ceil(bytes / UNIT_BYTES));
    const window = this.units[kind];
    if (!window.fits(now, units)) this.refuse(path);
    window.add(now, units);
    this.options.onUnits(kind, units);
  }

  /** All of them or none. */
  private takeBytes(parts: { window: RollingWindow; bytes: number }[]): void {
    const now = this.options.now();
    if (this.options.isEnforced() && !parts.every(({ window, bytes }) => window.fits(now, bytes))) {
      throw new Refusal('REQUEST_THROTTLED', 'The transfer limit of a key was exceeded.', 429);
    }
    for (const { window, bytes } of parts) window.add(now, bytes);
  }

  /** The limits page names another code for transactions than the page on errors does for all requests. */
  private refuse(path: string): void {
    if (!this.options.isEnforced()) return;
    const code = path.endsWith('/transaction') ? 'TOO_MANY_REQUESTS' : 'RATE_LIMIT_EXCEEDED';
    throw new Refusal(code, 'Rate limit exceeded', 429);
  }
}

// Only what is counted is looked at: whether the request is a good one is for others.
const entitySchema = z.object({ entityName: z.string() });
const itemSchema = z.object({
  key: z.string(),
  entityName: z.string().optional(),
  value: z.unknown().optional(),
});
const itemsSchema = z.array(itemSchema);

const writesSchema = z.union([
  itemSchema.transform((item) => [item]),
  itemsSchema,
  z.object({ set: itemsSchema }).transform(({ set }) => set),
]);

const readsSchema = z.union([
  itemSchema.transform((item) => [item]),
  z.object({ successfulKeys: itemsSchema }).transform(({ successfulKeys }) => successfulKeys),
]);

/** The index value that a query reads: the index with its partition, or the prefix of the plain keys. */
function indexOf(body: unknown): string {
  const { entityName, indexName, partition, where } = querySchema.safeParse(body).data ?? {};
  return JSON.stringify([entityName, indexName, partition, where]);
}

const querySchema = z.object({
  entityName: z.string().optional(),
  indexName: z.string().optional(),
  partition: z.unknown().optional(),
  where: z.unknown().optional(),
});
