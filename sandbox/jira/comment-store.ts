/** The comments of a site's issues, each with its properties. */
import type { SandboxStorage, Table } from '../storage';
import type { AdfDocument } from './adf';
import type { Holder } from './store';

/** The project role or the group that a comment is for. */
export type CommentVisibility = Exclude<Holder, { type: 'user' }>;

export interface JiraComment {
  /** A number, as a string, unique on the site. */
  id: string;
  issueId: string;
  /** Account ids. */
  author: string;
  updateAuthor: string;
  /** Milliseconds since the epoch. */
  created: number;
  updated: number;
  body: AdfDocument;
  /** `undefined`: for everybody who sees the issue. */
  visibility?: CommentVisibility | undefined;
  /** JSON values by key. */
  properties: Record<string, unknown>;
}

export class CommentStore {
  private readonly commentTable: Table<JiraComment>;
  /** Issue id → ids of its comments, oldest first. */
  private readonly idTable: Table<string[]>;

  constructor(storage: SandboxStorage) {
    this.commentTable = storage.table('jira:comments');
    this.idTable = storage.table('jira:issue-comments');
  }

  find(id: string): JiraComment | undefined {
    return this.commentTable.get(id);
  }

  /** Oldest first. */
  ofIssue(issueId: string): JiraComment[] {
    return this.idsOf(issueId).flatMap((id) => this.commentTable.get(id) ?? []);
  }

  countOf(issueId: string): number {
    return this.idsOf(issueId).length;
  }

  put(comment: JiraComment): void {
    const ids = this.idsOf(comment.issueId);
    if (!ids.includes(comment.id)) this.idTable.set(comment.issueId, [...ids, comment.id]);
    this.commentTable.set(comment.id, comment);
  }

  delete({ id, issueId }: JiraComment): void {
    this.commentTable.delete(id);
    this.idTable.set(
      issueId,
      this.idsOf(issueId).filter((one) => one !== id),
    );
  }

  deleteAllOf(issueId: string): void {
    for (const id of this.idsOf(issueId)) this.commentTable.delete(id);
    this.idTable.delete(issueId);
  }

  private idsOf(issueId: string): string[] {
    return this.idTable.get(issueId) ?? [];
  }
}
