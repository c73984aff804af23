/** Counts of what a site's app asked of the platform, for `/_sandbox/stats` and for tests of cost. */

export interface StatsSnapshot {
  kvs: { read: number; write: number };
  jira: { calls: number; points: number };
  egress: number;
  queue: number;
  invocations: number;
}

const zero = (): StatsSnapshot => ({
  kvs: { read: 0, write: 0 },
  jira: { calls: 0, points: 0 },
  egress: 0,
  queue: 0,
  invocations: 0,
});

/** Key-value paths that read; every other one writes. */
const READS = /\/(get|query)$/;

export class Stats {
  private counts = zero();

  /** One call of the key-value service, however many keys it names. */
  countKvs(path: string): void {
    this.counts.kvs[READS.test(path) ? 'read' : 'write'] += 1;
  }

  countJira(points: number): void {
    this.counts.jira.calls += 1;
    this.counts.jira.points += points;
  }

  countEgress(): void {
    this.counts.egress += 1;
  }

  /** One call of a queue, however many events it pushes. */
  countQueue(): void {
    this.counts.queue += 1;
  }

  countInvocation(): void {
    this.counts.invocations += 1;
  }

  snapshot(): StatsSnapshot {
    const { kvs, jira } = this.counts;
    return { ...this.counts, kvs: { ...kvs }, jira: { ...jira } };
  }

  reset(): void {
    this.counts = zero();
  }
}
