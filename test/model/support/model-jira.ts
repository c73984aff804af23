/** The Jira of one site: users edit at any moment, and it keeps text in its own way. */
import type { AliasWrite, ObservedAlias } from '../../../src/sync/alias';
import type { Issues, Passed, Snapshot, Written } from '../../../src/sync/ports';
import type { Marker } from '../../../src/sync/records';
import type { Scheduler, Task } from './scheduler';

interface ModelIssue {
  id: string;
  summary: string;
  labels: string[];
  changedAt: number;
  passed?: Passed & { nonce: string; connection: string };
  markers: Record<string, Marker>;
  /** Which write of the app made the summary as it is; none: a user. */
  summaryBy?: string;
  /** Write of the app → the summary that it has replaced, as the changelog keeps it. */
  replaced: Record<string, { summary: string; changedAt: number }>;
}

export class ModelJira {
  readonly issues = new Map<string, ModelIssue>();
  private count = 0;

  constructor(
    readonly site: string,
    private readonly scheduler: Scheduler,
    /** How this Jira keeps a summary that it is given. */
    readonly normalize: (summary: string) => string,
    /** An event of Jira: something about this issue has changed. */
    private readonly onChange: (issue: string) => void,
    private readonly skewMs: number,
  ) {}

  userCreates(summary: string, labels: string[]): string {
    return this.add({ summary, labels }).id;
  }

  userEdits(id: string, change: (issue: ModelIssue) => Partial<ModelIssue>): void {
    const issue = this.issue(id);
    const changes = change(issue);
    if (changes.summary !== undefined) delete issue.summaryBy;
    this.put({ ...issue, ...changes });
  }

  issue(id: string): ModelIssue {
    const issue = this.issues.get(id);
    if (!issue) throw new Error(`${this.site} has no issue ${id}`);
    return issue;
  }

  /** Jira as one function of the app sees it, for one connection. */
  portOf(task: Task, connection: string): Issues<string> {
    const call = <T>(effect: () => T): Promise<T> => this.scheduler.call(task, effect);
    return {
      read: (id) =>
        call(() => {
          const issue = this.issues.get(id);
          return issue && this.snapshotOf(issue, connection);
        }),
      write: (id, writes, marker) =>
        call(() => {
          const was = this.observe(this.issue(id));
          const issue = this.put(this.written(this.issue(id), writes, marker, connection));
          return { readBack: this.observe(issue), was };
        }),
      create: (writes, { nonce, ...passed }, marker) =>
        call(() => {
          const empty = this.add(
            { summary: '', labels: [], passed: { ...passed, nonce, connection } },
            true,
          );
          const issue = this.put(this.written(empty, writes, marker, connection));
          return { issue: issue.id, readBack: this.observe(issue) };
        }),
      findByNonce: (nonce) =>
        call(() => [...this.issues.values()].find(({ passed }) => passed?.nonce === nonce)?.id),
    };
  }

  private snapshotOf(issue: ModelIssue, connection: string): Snapshot<string> {
    const { passed } = issue;
    const marker = issue.markers[connection];
    return structuredClone({
      aliases: this.observe(issue),
      ...(passed ? { passed } : {}),
      ...(marker ? { marker, written: { summary: this.writtenBy(issue, marker) } } : {}),
    });
  }

  private writtenBy(issue: ModelIssue, { write }: Marker): Written<string> {
    const was = issue.replaced[write];
    return {
      isOurs: issue.summaryBy === write,
      ...(was
        ? {
            was: { kind: 'value', value: was.summary, hash: was.summary, changedAt: was.changedAt },
          }
        : {}),
    };
  }

  private observe({
    summary,
    labels,
    changedAt,
  }: ModelIssue): Record<string, ObservedAlias<string>> {
    return {
      summary: { kind: 'value', value: summary, hash: summary, changedAt },
      labels: { kind: 'set', elements: [...labels] },
    };
  }

  private written(
    issue: ModelIssue,
    { summary, labels }: Readonly<Record<string, AliasWrite<string>>>,
    marker: Marker,
    connection: string,
  ): ModelIssue {
    const next = { ...issue, markers: { ...issue.markers, [connection]: structuredClone(marker) } };
    if (summary?.kind === 'value') {
      next.summary = this.normalize(summary.value);
      next.summaryBy = marker.write;
      const { summary: replaced, changedAt } = issue;
      next.replaced = { ...issue.replaced, [marker.write]: { summary: replaced, changedAt } };
    }
    if (labels?.kind === 'set') {
      const removed = new Set(labels.remove);
      const kept = issue.labels.filter((label) => !removed.has(label));
      next.labels = [...new Set([...kept, ...labels.add])];
    }
    return next;
  }

  private add(
    details: Pick<ModelIssue, 'summary' | 'labels' | 'passed'>,
    isSilent = false,
  ): ModelIssue {
    this.count += 1;
    const issue = {
      id: `${this.site}-${this.count}`,
      changedAt: 0,
      markers: {},
      replaced: {},
      ...details,
    };
    return this.put(issue, isSilent);
  }

  private put(issue: ModelIssue, isSilent = false): ModelIssue {
    const stored = {
      ...issue,
      summary: this.normalize(issue.summary),
      changedAt: this.scheduler.now + this.skewMs,
    };
    console.log(
      `${this.site} ${issue.id} ${stored.summary} by ${stored.summaryBy ?? 'user'} labels ${stored.labels.join()}`,
    );
    this.issues.set(issue.id, stored);
    if (!isSilent) this.onChange(issue.id);
    return stored;
  }
}
