/** How far queries are behind the writes: of the key-value store, of Jira's search. */
import type { Clock } from './clock';
import { seededRandom, type Random } from './random';

/**
 * Says for each write when queries see it: at once to `lagMs` later, drawn per write from the seed, so that
 * two writes can show in the other order, and a run can be repeated.
 */
export class QueryLag {
  private readonly random: Random;
  private latest = 0;

  constructor(
    seed: number,
    private readonly clock: Clock,
    private readonly lagMs: () => number,
  ) {
    this.random = seededRandom(seed);
  }

  now(): number {
    return this.clock.now();
  }

  /** When (ms since the epoch) queries see a write that is made now. */
  visibleAt(): number {
    const lagMs = this.lagMs();
    const at = this.now() + (lagMs === 0 ? 0 : Math.round(this.random() * lagMs));
    this.latest = Math.max(this.latest, at);
    return at;
  }

  /** When (ms since the epoch) queries see everything that was written so far. */
  settledAt(): number {
    return this.latest;
  }
}
