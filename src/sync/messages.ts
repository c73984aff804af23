/** What the two sides of a link tell each other about one issue: its state, never an event. */
import type { SentAlias } from './alias';
import type { IssueOrigin } from './records';
import type { Version } from './version';

export interface IssueMessage<Value> {
  /** Id of the sender's issue. */
  issue: string;
  /** Id of the receiver's, once the sender knows it. */
  twin?: string;
  origin: IssueOrigin;
  path: readonly string[];
  /** The changed ones; all of them for an issue that is new to the receiver. */
  aliases: Readonly<Record<string, SentAlias<Value>>>;
}

/**
 * - `cycle`: the receiver has passed the issue on to the sender.
 * - `present`: the receiver has the issue by another connection.
 * - `unknown-twin`: the receiver knows no link of these two issues.
 */
export type Rejection = 'cycle' | 'present' | 'unknown-twin';

export type IssueResult =
  | {
      outcome: 'done';
      /** Id of the receiver's issue. */
      twin: string;
      aliases: Readonly<Record<string, AliasResult>>;
    }
  /** Nothing is known to have happened: send it again later. */
  | { outcome: 'deferred'; reason: 'busy' | 'creating' | 'unreadable' }
  | { outcome: 'rejected'; reason: Rejection };

export interface AliasResult {
  outcome: 'applied' | 'unchanged' | 'kept-ours';
  /** What the receiver has seen of this alias. */
  version: Version;
}
