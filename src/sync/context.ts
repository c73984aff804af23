/** What the engine works with: one connection of this site, and the world behind its ports. */
import type { IssueMessage, IssueResult } from './messages';
import type { ConflictPolicy } from './merge-value';
import type { Issues, Sources, Store } from './ports';

export interface SyncContext<Value> {
  connection: string;
  /** Id of this site. */
  site: string;
  policy: ConflictPolicy;
  store: Store;
  issues: Issues<Value>;
  sources: Sources;
}

/** The remote of a connection. @throws where no verified answer came: nothing is known then */
export interface Peer<Value> {
  exchange(messages: readonly IssueMessage<Value>[]): Promise<readonly IssueResult[]>;
}
