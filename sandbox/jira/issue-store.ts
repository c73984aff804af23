/** The issues of a site, with their keys, properties and history. */
import { LateWrites } from '../late-writes';
import type { QueryLag } from '../query-lag';
import type { SandboxStorage, Table } from '../storage';
import type { FieldValue } from './fields';

export interface JiraIssue {
  /** A number, as a string; an issue keeps it for ever. */
  id: string;
  /** The key that it has now; `IssueStore.find` knows the old ones too. */
  key: string;
  projectId: string;
  issueTypeId: string;
  statusId: string;
  /** Account id. */
  creator: string;
  /** Milliseconds since the epoch. */
  created: number;
  updated: number;
  statusChanged: number;
  resolved?: number | undefined;
  /** Field id → value; a field without a value is not there. */
  values: Record<string, FieldValue | undefined>;
}

/** One line of an issue's history: what one request, by one person, changed. */
export interface HistoryEntry {
  id: string;
  author: string;
  created: number;
  items: HistoryItem[];
}

export interface HistoryItem {
  /** The field's name in the history, as `Fix Version`. */
  field: string;
  fieldtype: 'jira' | 'custom';
  fieldId?: string;
  from: string | null;
  fromString: string | null;
  to: string | null;
  toString: string | null;
}

export class IssueStore {
  private readonly issueTable: Table<JiraIssue>;
  /** Each key that ever led to an issue → the issue's id. */
  private readonly keyTable: Table<string>;
  private readonly propertyTable: Table<unknown>;
  private readonly historyTable: Table<HistoryEntry[]>;
  private readonly late: LateWrites<JiraIssue> | undefined;

  /** @param searchLag how far searches are behind; without it they never are */
  constructor(storage: SandboxStorage, searchLag?: QueryLag) {
    this.late = searchLag && new LateWrites(searchLag);
    this.issueTable = storage.table('jira:issues');
    this.keyTable = storage.table('jira:issue-keys');
    this.propertyTable = storage.table('jira:issue-properties');
    this.historyTable = storage.table('jira:issue-history');
  }

  /** By id, by key in any case, or by a key that the issue had before. */
  find(idOrKey: string): JiraIssue | undefined {
    const id = /^\d+$/.test(idOrKey) ? idOrKey : this.keyTable.get(idOrKey.toUpperCase());
    return id === undefined ? undefined : this.issueTable.get(id);
  }

  /** In the order of their ids. */
  all(): JiraIssue[] {
    return this.issueTable
      .entries()
      .map(([, issue]) => issue)
      .sort((a, b) => Number(a.id) - Number(b.id));
  }

  /**
   * All issues as a search sees them that is made now, those that were deleted a moment ago too. In no
   * order.
   *
   * @param upToDate ids of issues that it sees as they are
   */
  seenBySearches(upToDate: ReadonlySet<string> = new Set()): JiraIssue[] {
    const entries = this.issueTable.entries();
    const seen = this.late?.seen(entries) ?? new Map(entries);
    for (const id of upToDate) {
      const issue = this.issueTable.get(id);
      if (issue) seen.set(id, issue);
      else seen.delete(id);
    }
    return [...seen.values()];
  }

  childrenOf(parentId: string): JiraIssue[] {
    return this.all().filter(({ values }) => values.parent === parentId);
  }

  put(issue: JiraIssue): void {
    this.late?.note(issue.id, this.issueTable.get(issue.id), structuredClone(issue));
    this.issueTable.set(issue.id, issue);
    this.keyTable.set(issue.key, issue.id);
  }

  /** The issue with all that is its own. Its keys are not given to another. */
  delete(issue: JiraIssue): void {
    this.late?.note(issue.id, this.issueTable.get(issue.id), undefined);
    this.issueTable.delete(issue.id);
    this.historyTable.delete(issue.id);
    for (const key of this.propertyKeys(issue.id)) this.deleteProperty(issue.id, key);
  }

  /** Oldest first. */
  history(issueId: string): HistoryEntry[] {
    return this.historyTable.get(issueId) ?? [];
  }

  addHistory(issueId: string, entry: HistoryEntry): void {
    this.historyTable.set(issueId, [...this.history(issueId), entry]);
  }

  propertyKeys(issueId: string): string[] {
    const prefix = `${issueId}/`;
    return this.propertyTable.entries(prefix).map(([key]) => key.slice(prefix.length));
  }

  hasProperty(issueId: string, key: string): boolean {
    return this.propertyTable.get(`${issueId}/${key}`) !== undefined;
  }

  /** A JSON value, `null` included; `undefined` where there is none. */
  property(issueId: string, key: string): unknown {
    return this.propertyTable.get(`${issueId}/${key}`);
  }

  setProperty(issueId: string, key: string, value: unknown): void {
    this.propertyTable.set(`${issueId}/${key}`, value);
  }

  deleteProperty(issueId: string, key: string): void {
    this.propertyTable.delete(`${issueId}/${key}`);
  }
}
