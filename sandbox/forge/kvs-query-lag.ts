/** How far queries are behind the writes: "eventually consistent" (Forge: Key-Value Store, Consistency). */
import type { Clock } from '../clock';
import type { Faults } from '../faults';

/**
 * Says for each write when queries see it: at once to `faults().lagMs` later, drawn per write from the
 * seed, so that two writes can show in the other order, and a run can be repeated.
 */
export class QueryLag {
  private state: number;
  private latest = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
    private readonly faults: () => Faults,
  ) {
    this.state = seed >>> 0;
  }

  now(): number {
    return this.clock.now();
  }

  /** When (ms since the epoch) queries see a write that is made now. */
  visibleAt(): number {
    const { lagMs } = this.faults();
    const at = this.now() + (lagMs === 0 ? 0 : Math.round(this.random() * lagMs));
    this.latest = Math.max(this.latest, at);
    return at;
  }

  /** When (ms since the epoch) queries see everything that was written so far. */
  settledAt(): number {
    return this.latest;
  }

  /** The next number in [0, 1): mulberry32, small and good enough for delays. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
