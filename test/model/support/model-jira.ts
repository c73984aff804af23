/** The Jira of one site: users edit at any moment, and it keeps text in its own way. */
import type { AliasWrite, ObservedAlias } from '../../../src/sync/alias';
import type { CommentHere, CommentMark } from '../../../src/sync/comment-ports';
import {
  IssueUnreadable,
  type Issues,
  type MarkerOf,
  type Passed,
  type Snapshot,
  type Written,
} from '../../../src/sync/ports';
import type { Marker } from '../../../src/sync/records';
import { documentOf, paragraphOf, type AdfDocument } from '../../../src/jira/adf/node';
import { plainTextOf } from '../../../src/jira/adf/plain-text';
import type { Scheduler, Task } from './scheduler';

interface ModelComment {
  id: string;
  text: string;
  /** None: a user has written it. */
  mark?: CommentMark;
}

interface ModelIssue {
  id: string;
  summary: string;
  labels: string[];
  /** One of a row: from one to the next is a transition. */
  status: number;
  comments: ModelComment[];
  summaryChangedAt: number;
  statusChangedAt: number;
  passed?: Passed & { nonce: string; connection: string };
  markers: Record<string, { marker: Marker; target?: number }>;
  /** Which write of the app made the value as it is; none: a user. */
  summaryBy?: string;
  statusBy?: string;
  /** Write of the app → the value that it has replaced, as the changelog keeps it. */
  replaced: Record<string, { summary?: [string, number]; status?: [number, number] }>;
}

export const LAST_STATUS = 3;

type Writes = Readonly<Record<string, AliasWrite<string>>>;

export class ModelJira {
  readonly issues = new Map<string, ModelIssue>();
  private count = 0;

  constructor(
    readonly site: string,
    private readonly scheduler: Scheduler,
    /** How this Jira keeps a summary that it is given. */
    readonly normalize: (summary: string) => string,
    /** An event of Jira: something about this issue has changed. */
    private readonly onChange: (issue: string, kind: 'changed' | 'deleted') => void,
    private readonly skewMs: number,
  ) {}

  userCreates(summary: string, labels: string[]): string {
    return this.add({ summary, labels }).id;
  }

  userEdits(id: string, change: (issue: ModelIssue) => Partial<ModelIssue>): void {
    const issue = this.issue(id);
    const next = { ...issue, ...change(issue) };
    if (next.summary !== issue.summary) {
      delete next.summaryBy;
      next.summaryChangedAt = this.now();
    }
    if (next.status !== issue.status) {
      delete next.statusBy;
      next.statusChangedAt = this.now();
    }
    this.put(next);
  }

  userComments(id: string, text: string): void {
    const comment = { id: `${this.site}-c${(this.count += 1)}`, text };
    this.userEdits(id, ({ comments }) => ({ comments: [...comments, comment] }));
  }

  userDeletes(id: string): void {
    this.issues.delete(id);
    this.scheduler.tell(`${id} is deleted`);
    this.onChange(id, 'deleted');
  }

  issue(id: string): ModelIssue {
    const issue = this.issues.get(id);
    if (!issue) throw new IssueUnreadable(`${this.site} has no issue ${id}`);
    return issue;
  }

  /** Jira as one function of the app sees it, for one connection. */
  portOf(task: Task, connection: string): Issues<string> {
    const call = <T>(effect: () => T): Promise<T> => this.scheduler.call(task, effect);
    return {
      read: (id, _known, seal) =>
        call(() => {
          const issue = this.issues.get(id);
          return issue && this.snapshotOf(issue, connection, seal);
        }),
      isStepwise: (alias) => alias === 'status',
      seenUntil: () => undefined,
      showsTwin: false,
      standing: () => undefined,
      showing: () => ({}),
      updatedIn: () => call(() => ({ issues: [] })),
      write: async (id, writes, _known, markerOf) => {
        const marker = markerOf(Object.keys(writes));
        if (writes.status?.kind === 'value') {
          return this.walk(call, id, Number(writes.status.value), marker, connection);
        }
        return call(() => {
          const was = this.observe(this.issue(id));
          const issue = this.put(this.written(this.issue(id), writes, marker, connection));
          return { readBack: this.observe(issue), was, ...NOTHING_REFUSED };
        });
      },
      create: (writes, birth, markerOf) =>
        call(() => this.create(writes, birth, markerOf, connection)),
      findByNonce: (nonce) =>
        call(() => [...this.issues.values()].find(({ passed }) => passed?.nonce === nonce)?.id),
      remove: (id) =>
        call(() => {
          if (this.issues.delete(id)) this.onChange(id, 'deleted');
          return undefined;
        }),
      comments: {
        marks: (id, ids) =>
          call(() => {
            const marked = this.issue(id).comments.filter((one) => ids.includes(one.id));
            return Object.fromEntries(
              marked.flatMap(({ id: comment, mark }) => (mark ? [[comment, mark]] : [])),
            );
          }),
        create: (id, { body }, mark) =>
          call(() => {
            const comment = {
              id: `${this.site}-c${(this.count += 1)}`,
              text: plainTextOf(body),
              mark,
            };
            const { comments } = this.issue(id);
            this.put({ ...this.issue(id), comments: [...comments, comment] });
            return { id: comment.id, hash: comment.text };
          }),
        edit: (id, comment, { body }, mark) =>
          call(() => {
            const issue = this.issue(id);
            if (!issue.comments.some((one) => one.id === comment)) return undefined;
            const text = plainTextOf(body);
            const comments = issue.comments.map((one) =>
              one.id === comment ? { ...one, text, mark } : one,
            );
            this.put({ ...issue, comments });
            return { hash: text };
          }),
        remove: (id, comment) =>
          call(() => {
            const issue = this.issue(id);
            this.put({ ...issue, comments: issue.comments.filter((one) => one.id !== comment) });
            return undefined;
          }),
      },
    };
  }

  private create(
    writes: Writes,
    { nonce, ...passed }: Passed & { nonce: string },
    markerOf: MarkerOf,
    connection: string,
  ) {
    const birth = { ...passed, nonce, connection };
    const empty = this.add({ summary: '', labels: [], passed: birth }, true);
    const marker = markerOf(Object.keys(writes));
    const issue = this.put(this.written(empty, writes, marker, connection));
    return { issue: issue.id, readBack: this.observe(issue), ...NOTHING_REFUSED };
  }

  /** One step a call, each with the marker. */
  private async walk(
    call: <T>(effect: () => T) => Promise<T>,
    id: string,
    target: number,
    marker: Marker,
    connection: string,
  ) {
    let was: Record<string, ObservedAlias<string>> | undefined;
    for (;;) {
      const isThere = await call(() => {
        const issue = this.issue(id);
        was ??= this.observe(issue);
        if (issue.status === target) return true;
        const status = issue.status + Math.sign(target - issue.status);
        const markers = { ...issue.markers, [connection]: { marker, target } };
        const before = issue.replaced[marker.write];
        const replaced = { ...issue.replaced };
        replaced[marker.write] = before ?? { status: [issue.status, issue.statusChangedAt] };
        const statusChangedAt = this.now();
        const statusBy = marker.write;
        this.put({ ...issue, status, statusBy, statusChangedAt, markers, replaced });
        return status === target;
      });
      if (isThere) break;
    }
    // As the last step has left it: somebody may have been there since.
    const readBack = { status: observed(String(target), this.now()) };
    return { readBack, was: was ?? {}, ...NOTHING_REFUSED };
  }

  private snapshotOf(issue: ModelIssue, connection: string, seal?: string): Snapshot<string> {
    const { passed } = issue;
    const left = issue.markers[connection];
    return structuredClone({
      aliases: this.observe(issue),
      comments: issue.comments.map(commentHere),
      ...(passed ? { passed: { ...passed, isByUs: true } } : {}),
      ...(left?.marker.seal === seal && left
        ? { marker: left.marker, written: this.writtenBy(issue, left) }
        : {}),
    });
  }

  private writtenBy(
    issue: ModelIssue,
    { marker: { aliases }, target }: ModelIssue['markers'][string],
  ): Record<string, Written<string>> {
    const summaryWrite = aliases.summary?.write ?? '';
    const statusWrite = aliases.status?.write ?? '';
    const { summary } = issue.replaced[summaryWrite] ?? {};
    const { status } = issue.replaced[statusWrite] ?? {};
    return {
      summary: {
        isOurs: issue.summaryBy === summaryWrite,
        ...(summary ? { was: observed(...summary) } : {}),
      },
      status: {
        isOurs: issue.statusBy === statusWrite,
        ...(status ? { was: observed(String(status[0]), status[1]) } : {}),
        ...(target === undefined || target === issue.status ? {} : { isUnfinished: true }),
      },
    };
  }

  private observe(issue: ModelIssue): Record<string, ObservedAlias<string>> {
    const { summary, labels, status, summaryChangedAt, statusChangedAt } = issue;
    return {
      summary: observed(summary, summaryChangedAt),
      labels: { kind: 'set', elements: [...labels] },
      status: observed(String(status), statusChangedAt),
    };
  }

  private written(
    issue: ModelIssue,
    { summary, labels }: Writes,
    marker: Marker,
    connection: string,
  ): ModelIssue {
    const markers = { ...issue.markers, [connection]: { marker: structuredClone(marker) } };
    const next = { ...issue, markers };
    if (summary?.kind === 'value') {
      next.summary = this.normalize(summary.value);
      next.summaryBy = marker.write;
      next.summaryChangedAt = this.now();
      const replaced: [string, number] = [issue.summary, issue.summaryChangedAt];
      next.replaced = { ...issue.replaced, [marker.write]: { summary: replaced } };
    }
    if (labels?.kind === 'set') {
      const removed = new Set(labels.remove);
      const kept = issue.labels.filter((label) => !removed.has(label));
      next.labels = [...new Set([...kept, ...labels.add])];
    }
    return next;
  }

  private now(): number {
    return this.scheduler.now + this.skewMs;
  }

  private add(
    details: Pick<ModelIssue, 'summary' | 'labels' | 'passed'>,
    isSilent = false,
  ): ModelIssue {
    this.count += 1;
    const at = this.now();
    const issue = {
      id: `${this.site}-${this.count}`,
      status: 0,
      comments: [],
      summaryChangedAt: at,
      statusChangedAt: at,
      markers: {},
      replaced: {},
      ...details,
    };
    return this.put(issue, isSilent);
  }

  private put(issue: ModelIssue, isSilent = false): ModelIssue {
    const stored = { ...issue, summary: this.normalize(issue.summary) };
    this.scheduler.tell(
      `${issue.id} is "${stored.summary}" (${stored.summaryBy ?? 'a user'}), ` +
        `[${stored.labels.join(' ')}], status ${stored.status} (${stored.statusBy ?? 'a user'}), ` +
        `comments ${stored.comments.map(({ text }) => text).join(' ') || 'none'}`,
    );
    this.issues.set(issue.id, stored);
    if (!isSilent) this.onChange(issue.id, 'changed');
    return stored;
  }
}

const NOTHING_REFUSED = { refused: {}, partly: {}, changes: [] };

const observed = (value: string, changedAt: number): ObservedAlias<string> => ({
  kind: 'value',
  value,
  hash: value,
  changedAt,
});

const textDocument = (text: string): AdfDocument => documentOf([paragraphOf(text)]);

const commentHere = ({ id, text, mark }: ModelComment): CommentHere => ({
  id,
  hash: text,
  isLocalUsers: mark !== undefined,
  isSigned: mark !== undefined,
  author: mark?.author ?? 'a user',
  createdAt: 0,
  body: textDocument(text),
});
