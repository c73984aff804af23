/** What the engine works with: one contract of one connection of this site, and the world behind its ports. */
import type { IssueMessage, IssueResult } from './messages';
import type { ConflictPolicy } from './merge-value';
import type { Issues, Sources, Store } from './ports';

export interface SyncContext<Value> {
  connection: string;
  /** Id of this site. */
  site: string;
  /** Id of the site at the other end. */
  remoteSite: string;
  policy: ConflictPolicy;
  rules: Rules;
  store: Store;
  issues: Issues<Value>;
  sources: Sources;
  /** Why the remote would take no message like this one, for a person. `undefined`: it may. */
  unsendable(message: IssueMessage<Value>): string | undefined;
}

/** What the contract says. */
export interface Rules {
  contract: { id: string; name: string };
  /** As it travels: `newest`, or the id of the site that wins. */
  policyName: string;
  /** What the two contracts agree on, as it travels; none: they were never compared. */
  pair?: string;
  /** Whether changes of this alias go to the remote; of an issue that is new there, its values. */
  sends(alias: string, isNew: boolean): boolean;
  takes(alias: string): boolean;
  createsTwins: boolean;
  sendsComments: boolean;
  sendsInternalComments: boolean;
  takesComments: boolean;
  sendsDeletions: boolean;
  /** Whether the remote may know our issues' keys, for fields that show them; and their statuses. */
  tellsStanding: boolean;
  tellsStatus: boolean;
  takesStanding: boolean;
  /** Whether a twin that the app has created goes with its original. */
  deletesTwins: boolean;
}

/** The remote of a connection. @throws PeerUnavailable where no verified answer came: nothing is known then */
export interface Peer<Value> {
  exchange(messages: readonly IssueMessage<Value>[]): Promise<readonly IssueResult[]>;
}

export class PeerUnavailable extends Error {
  override readonly name = 'PeerUnavailable';

  constructor(
    /** For a person. */
    readonly reason: string,
    /** The remote has said when to come back. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
