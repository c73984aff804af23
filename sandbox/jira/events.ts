/** What a Jira tells whoever listens: each change, in plain data. `sandbox/forge` makes product events of it. */
import type { AdfDocument } from './adf';
import type { HistoryEntry } from './issue-store';

/** Who made a change: an account, which the app may have acted as. */
export interface Actor {
  accountId: string;
  /** `app`: the app's own account; `impersonated`: the app on behalf of that user; `user`: that user. */
  by: 'user' | 'app' | 'impersonated';
}

export type JiraEvent = { at: number; actor: Actor } & (
  | { type: 'issue-created'; issue: IssueSnapshot }
  | { type: 'issue-updated'; issue: IssueSnapshot; changelog: HistoryEntry }
  /** Beside `issue-updated`, and beside `issue-created` where the issue has an assignee from the start. */
  | { type: 'issue-assigned'; issue: IssueSnapshot; changelog?: HistoryEntry | undefined }
  | { type: 'issue-deleted'; issue: IssueSnapshot }
  /** A new comment, and an edited one. */
  | { type: 'issue-commented'; issue: IssueSnapshot; comment: CommentSnapshot }
  | { type: 'comment-deleted'; issue: IssueSnapshot; comment: CommentSnapshot }
  | { type: 'issue-property-set'; issue: IssueSnapshot; property: { key: string; value: unknown } }
  | { type: 'issue-property-deleted'; issue: IssueSnapshot; property: { key: string } }
);

/** The issue after the change, before it where it was deleted; fields as Jira's REST API writes them. */
export interface IssueSnapshot {
  id: string;
  key: string;
  fields: Record<string, unknown>;
}

/** The comment after the change, before it where it was deleted; as Jira's REST API writes it. */
export interface CommentSnapshot {
  id: string;
  author?: { accountId: string } | undefined;
  updateAuthor?: { accountId: string } | undefined;
  body: AdfDocument;
  created: string;
  updated: string;
  jsdPublic: boolean;
}

export type Publish = (event: JiraEvent) => void;
