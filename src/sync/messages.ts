/** What the two sides of a link tell each other about one issue: its state, never an event. */
import type { AdfDocument } from '../jira/adf/node';
import type { SentAlias } from './alias';
import type { Audience } from './comment-ports';
import type { WriteRefusal } from './ports';
import type { IssueOrigin } from './records';
import type { Version } from './version';

/** Where an issue stands, for fields of its twin that show it to people. */
export interface Standing {
  key: string;
  /** Not where the contract of its site does not send statuses. */
  status?: string;
  /** When Jira has last updated the issue, ms since the epoch: what is older than what is known is late. */
  at: number;
}

/** What the fields of one side show of the twin: of the last `Standing` that was dealt with. */
export interface Shown {
  key?: string;
  status?: string;
}

/** Each side may have fields that show where the twin stands. Sites of an older version say nothing of it. */
export interface TwinFields {
  /** Of the sender's issue. */
  standing?: Standing;
  /** Only where the sender has such fields: what it shows of the receiver's issue. */
  shown?: Shown;
}

export interface IssueMessage<Value> extends TwinFields {
  /** Id of the sender's issue. */
  issue: string;
  /** Token of the sender's outbox row: the result repeats it. */
  token: string;
  /** The sender's contract. Its name binds the two the first time. */
  contract: { id: string; name: string };
  /** What the sender's contract says of changes made at the same time: `newest`, or a site id. */
  policy: string;
  /** What the sender has last found to belong to the pair (`contract/pair.ts`); none: nothing yet. */
  pair?: string;
  /** Id of the receiver's, once the sender knows it. */
  twin?: string;
  origin: IssueOrigin;
  path: readonly string[];
  /** The changed ones; all of them for an issue that is new to the receiver. */
  aliases: Readonly<Record<string, SentAlias<Value>>>;
  /** The changed ones of those that belong to the sender. */
  comments?: readonly SentComment[];
  /** The sender's issue was deleted. */
  isGone?: boolean;
}

export type SentComment = {
  /** Id of the sender's comment. */
  id: string;
  n: number;
} & (
  | {
      body: AdfDocument;
      author: string;
      at: number;
      /** Who may see the copy. None: everybody who sees the issue. */
      audience?: Audience;
    }
  | { isGone: true }
);

/**
 * - `cycle`: the receiver has passed the issue on to the sender.
 * - `present`: the receiver has the issue by another connection.
 * - `unknown-twin`: the receiver knows no link of these two issues.
 * - `gone`: the receiver's issue was deleted.
 */
export type Rejection = 'cycle' | 'present' | 'unknown-twin' | 'gone';

/**
 * - `busy`, `creating`: somebody is at it just now.
 * - `unreadable`: our Jira does not show the issue to the Local User.
 * - `unavailable`: our Jira does not answer.
 * - `local-user`: the app may not act as the Local User.
 * - `no-contract`: there is none of that name that takes anything, or it is not enabled.
 * - `bound-elsewhere`: the one of that name belongs to another contract of the sender, which may have been removed.
 * - `policy`: the two contracts do not say the same of conflicts.
 * - `mapping`: one of the two contracts was changed since they were last compared.
 * - `error`: something that nobody expected; the receiver's log has it.
 */
export const DEFERRALS = [
  'busy',
  'creating',
  'unreadable',
  'unavailable',
  'local-user',
  'no-contract',
  'bound-elsewhere',
  'policy',
  'mapping',
  'error',
] as const;
export type Deferral = (typeof DEFERRALS)[number];

export type IssueResult =
  | (TwinFields & {
      outcome: 'done';
      /** Id of the receiver's issue. */
      twin: string;
      aliases: Readonly<Record<string, AliasResult>>;
      /** By the id of the sender's comment. */
      comments?: Readonly<Record<string, CommentResult>>;
      /** Why a field of the receiver does not show where the sender's issue stands. */
      showingRefusal?: WriteRefusal;
    })
  /** Nothing is known to have happened: send it again later. */
  | { outcome: 'deferred'; reason: Deferral }
  | { outcome: 'rejected'; reason: Rejection }
  /** The issue cannot be created here, for a reason that a person has to remove. */
  | ({ outcome: 'failed' } & WriteRefusal);

/** The two sides have to compare their contracts first (`describe`). */
export const isOfAnotherPair = (result: IssueResult): boolean =>
  result.outcome === 'deferred' && result.reason === 'mapping';

export interface AliasResult {
  /** `ignored`: the receiver's contract does not take this alias. What only cannot be read there is `refused`. */
  outcome: 'applied' | 'unchanged' | 'kept-ours' | 'refused' | 'ignored';
  /** What the receiver has seen of this alias. */
  version: Version;
  /** With `refused`: which change of the sender's that was, by `changeOf`. */
  of?: string;
  /** Of `refused`; of a set that was applied, but for some elements. */
  refusal?: WriteRefusal;
}

export interface CommentResult {
  outcome: 'applied' | 'unchanged' | 'refused' | 'ignored';
  /** What the receiver has seen of it. */
  n: number;
  /** Id of the receiver's copy. */
  copy?: string;
  refusal?: WriteRefusal;
}
