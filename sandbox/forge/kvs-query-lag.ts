/** How far queries are behind the writes: "eventually consistent" (Forge: Key-Value Store, Consistency). */
import type { Clock } from '../clock';
import type { Faults } from '../faults';
import { seededRandom, type Random } from '../random';

/**
 * Says for each write when queries see it: at once to `faults().lagMs` later, drawn per write from the
 * seed, so that two writes can show in the other order, and a run can be repeated.
 */
export class QueryLag {
  private readonly random: Random;
  private latest = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
    private readonly faults: () => Faults,
  ) {
    this.random = seededRandom(seed);
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
}
