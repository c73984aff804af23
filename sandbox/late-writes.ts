/** What queries do not see yet of what was written. */
import type { QueryLag } from './query-lag';

interface History<T> {
  /** What queries see as long as none of the versions has reached them. */
  base: T | undefined;
  /** In the order of the writes; `undefined` is a deletion. */
  versions: { visibleAt: number; value: T | undefined }[];
}

/** Kept in memory only: after a restart queries see everything. */
export class LateWrites<T> {
  private readonly behind = new Map<string, History<T>>();

  constructor(private readonly lag: QueryLag) {}

  /** Notes a write that queries will see later; called before the write itself. */
  note(key: string, before: T | undefined, after: T | undefined): void {
    const visibleAt = this.lag.visibleAt();
    const history = this.behind.get(key) ?? { base: before, versions: [] };
    history.versions.push({ visibleAt, value: after });
    this.behind.set(key, history);
    this.prune(key, history);
  }

  /** What a query that is made now sees of these entries, which are up to date. In no order. */
  seen(entries: readonly (readonly [key: string, value: T])[]): Map<string, T> {
    const seen = new Map(entries);
    for (const [key, history] of this.behind) {
      const value = this.prune(key, history);
      if (value === undefined) seen.delete(key);
      else seen.set(key, value);
    }
    return seen;
  }

  /** What queries see of that key now; forgets the versions that no later query can see. */
  private prune(key: string, history: History<T>): T | undefined {
    const now = this.lag.now();
    const newest = history.versions.findLastIndex(({ visibleAt }) => visibleAt <= now);
    if (newest >= 0) {
      history.base = history.versions[newest]?.value;
      history.versions.splice(0, newest + 1);
    }
    if (history.versions.length === 0) this.behind.delete(key);
    return history.base;
  }
}
