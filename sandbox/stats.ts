/** Counts of what a site's app asked of the platform, for `/_sandbox/stats` and for tests of cost. */

import type { InjectedFault } from './fault-injector';
import { isKvsRead } from './forge/kvs-budgets';

export interface StatsSnapshot {
  kvs: { read: number; write: number };
  jira: { calls: number; points: number };
  egress: number;
  queue: number;
  invocations: number;
  /** Of 10 KB each, as the platform counts and bills them. */
  kvsUnits: { read: number; write: number };
  /** Faults of rules that have happened, by rule, service and kind. */
  faults: Record<string, number>;
}

const zero = (): StatsSnapshot => ({
  kvs: { read: 0, write: 0 },
  jira: { calls: 0, points: 0 },
  egress: 0,
  queue: 0,
  invocations: 0,
  kvsUnits: { read: 0, write: 0 },
  faults: {},
});

export class Stats {
  private counts = zero();

  /** One call of the key-value service, however many keys it names. */
  countKvs(path: string): void {
    this.counts.kvs[isKvsRead(path) ? 'read' : 'write'] += 1;
  }

  countKvsUnits(kind: 'read' | 'write', units: number): void {
    this.counts.kvsUnits[kind] += units;
  }

  countJiraCall(): void {
    this.counts.jira.calls += 1;
  }

  countJiraPoints(points: number): void {
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

  countFault({ rule, service, kind }: InjectedFault): void {
    const name = `${rule}: ${service} ${kind}`;
    this.counts.faults[name] = (this.counts.faults[name] ?? 0) + 1;
  }

  snapshot(): StatsSnapshot {
    return structuredClone(this.counts);
  }

  reset(): void {
    this.counts = zero();
  }
}
