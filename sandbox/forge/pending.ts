/** What must happen later and must not be lost by a restart: kept in the site's storage until it is done. */
import type { CancelTimer, Clock } from '../clock';
import type { Random } from '../random';
import type { Table } from '../storage';

interface PendingOptions<T> {
  table: Table<T>;
  clock: Clock;
  random: Random;
  /** Starts one that is due. It stays stored until it is removed, or put back with another time. */
  run: (id: string, item: T) => void;
}

/**
 * Starts each item when it is due, on the sandbox's clock. What is due at the same time is started in an
 * order that is drawn: nothing that is delivered this way has an order on the platform.
 */
export class Pending<T extends { dueAt: number }> {
  private readonly waiting = new Map<string, number>();
  private cancelTimer: CancelTimer = () => undefined;
  private active = false;
  /** When the timer wakes us; it may find nothing that is due, if that was removed. */
  private armedFor = Infinity;

  constructor(private readonly options: PendingOptions<T>) {
    for (const [id, { dueAt }] of options.table.entries()) this.waiting.set(id, dueAt);
  }

  /** Nothing is started before. */
  start(): void {
    this.active = true;
    this.arm();
  }

  /** Whether something is to be started now. What is due later does not count. */
  get isDue(): boolean {
    const now = this.options.clock.now();
    return this.active && [...this.waiting.values()].some((dueAt) => dueAt <= now);
  }

  put(id: string, item: T): void {
    this.options.table.set(id, item);
    this.waiting.set(id, item.dueAt);
    if (item.dueAt < this.armedFor) this.arm();
  }

  /** It is done, or will never be. */
  remove(id: string): void {
    this.options.table.delete(id);
    this.waiting.delete(id);
  }

  /** Those whose id starts with `prefix`, the running ones included. */
  entries(prefix: string): [id: string, item: T][] {
    return this.options.table.entries(prefix);
  }

  /** Whether it waits, and does not run. */
  isWaiting(id: string): boolean {
    return this.waiting.has(id);
  }

  /** Starts nothing any more; what is stored stays for the next time. */
  stop(): void {
    this.active = false;
    this.cancelTimer();
  }

  private arm(): void {
    this.cancelTimer();
    this.armedFor = Infinity;
    if (!this.active) return;
    for (const dueAt of this.waiting.values()) this.armedFor = Math.min(this.armedFor, dueAt);
    if (this.armedFor === Infinity) return;
    const { clock } = this.options;
    this.cancelTimer = clock.after(this.armedFor - clock.now(), () => this.startDue());
  }

  private startDue(): void {
    const { clock, random, table, run } = this.options;
    const now = clock.now();
    const due = [...this.waiting]
      .filter(([, dueAt]) => dueAt <= now)
      .map(([id]) => ({ id, order: random() }))
      .sort((a, b) => a.order - b.order);
    for (const { id } of due) {
      this.waiting.delete(id);
      const item = table.get(id);
      if (item !== undefined) run(id, item);
    }
    this.arm();
  }
}
