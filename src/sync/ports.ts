/** What the engine needs of the world. `src/forge` and `src/sync/jira-issues` stand behind these. */
import type { Alias, AliasWrite, ObservedAlias } from './alias';
import type { Comments, CommentHere } from './comment-ports';
import type { Standing } from './messages';
import type { IssueOrigin, Marker, SyncEntity, SyncRecords } from './records';

/** One step of a transaction: the new record, or `undefined` to delete it. */
export type Change = {
  [E in SyncEntity]: {
    entity: E;
    key: string;
    value: SyncRecords[E] | undefined;
    /** Only where the stored record has all these values; a record that is missing never has. */
    when?: Partial<SyncRecords[E]>;
  };
}[SyncEntity];

/** Reads by key are strictly consistent. */
export interface Store {
  find<E extends SyncEntity>(entity: E, key: string): Promise<SyncRecords[E] | undefined>;
  /** Stores a record, whatever was there. @returns what was there */
  put<E extends SyncEntity>(
    entity: E,
    key: string,
    value: SyncRecords[E],
  ): Promise<SyncRecords[E] | undefined>;
  /** Stores a record that must not exist yet. `false`: there is one already. */
  create<E extends SyncEntity>(entity: E, key: string, value: SyncRecords[E]): Promise<boolean>;
  /** All changes or none. `false`: a condition did not hold. */
  commit(changes: readonly Change[]): Promise<boolean>;
}

/** The aliases of a link, by name. */
export type Aliases = Readonly<Record<string, Alias>>;

/** An issue as a contract sees it. */
export interface Snapshot<Value> {
  aliases: Readonly<Record<string, ObservedAlias<Value>>>;
  comments: readonly CommentHere[];
  /** The contract is not for it: it is in another project or of another type, or the JQL does not match it. */
  isOutside?: 'project' | 'jql';
  /** Where its property says that it came from: see `birthOf` for what of that counts. */
  passed?: Passed & {
    nonce: string;
    /** Jira says that our account has created it. */
    isByUs: boolean;
  };
  /** What this connection's last write has left on it, if it was made with the seal that was asked for. */
  marker?: Omit<Marker, 'seal'>;
  /** What Jira's changelog says of that write. */
  written?: Readonly<Record<string, Written<Value>>>;
}

export interface Written<Value> {
  /** Whether nobody has changed the alias since. */
  isOurs: boolean;
  /** What the write has replaced. */
  was?: ObservedAlias<Value>;
  /** Somebody else has changed it between the reading and the write. */
  isShared?: boolean;
  /** It takes several steps, and Jira does not say yet what was to be written. */
  isUnfinished?: boolean;
}

export interface Passed {
  origin: IssueOrigin;
  /** The sites that it has passed, this one last. */
  path: readonly string[];
}

export type AliasWrites<Value> = Readonly<Record<string, AliasWrite<Value>>>;

/** Why something cannot be written, in words that a person can act on. */
export interface WriteRefusal {
  code: string;
  reason: string;
}

export interface WriteResult<Value> {
  /**
   * As the write has left them (of several steps, the last one; also of a walk that was refused on its way),
   * whatever somebody has made of them since.
   */
  readBack: Readonly<Record<string, ObservedAlias<Value>>>;
  /** What the write has replaced, of each value that was written. */
  was: Readonly<Record<string, ObservedAlias<Value>>>;
  /** What could not be written and is as it was. */
  refused: Readonly<Record<string, WriteRefusal>>;
  /** Sets that were written, but for some elements. */
  partly: Readonly<Record<string, WriteRefusal>>;
  /** Ids of the entries that it has made in Jira's changelog. */
  changes: readonly string[];
}

export interface CreatedIssue<Value> extends Omit<WriteResult<Value>, 'was' | 'readBack'> {
  issue: string;
  /** All that the contract maps, as Jira says it now: what was not written is what Jira has put there by itself. */
  readBack: Readonly<Record<string, ObservedAlias<Value>>>;
}

/** The marker of a write that has written these: what was refused must not be in it. */
export type MarkerOf = (written: readonly string[]) => Marker;

/** The issue was there when it was read, and is not any more: deleted, or hidden from the Local User. */
export class IssueUnreadable extends Error {
  override readonly name = 'IssueUnreadable';

  constructor(message = 'Jira does not show us the issue') {
    super(message);
  }
}

/**
 * The issues of one contract in our Jira, as its connection's Local User.
 *
 * @throws JiraError where nothing is known of what has happened
 * @throws IssueUnreadable where an issue or a comment's issue is not there any more
 */
export interface Issues<Value> {
  /**
   * @param seal of the marker that may be there; `undefined`: none counts
   * @returns `undefined`: not readable
   */
  read(issue: string, known: Aliases, seal?: string): Promise<Snapshot<Value> | undefined>;
  /**
   * The marker goes with it in the same request; of what takes several steps, with each of them.
   *
   * @param known as the link says them, with what is to be written
   */
  write(
    issue: string,
    writes: AliasWrites<Value>,
    known: Aliases,
    markerOf: MarkerOf,
  ): Promise<WriteResult<Value>>;
  /** Whether writing it takes several steps: then it is written alone, after everything else. */
  isStepwise(alias: string): boolean;
  /** Creates an issue that says where it came from. Nothing that is stepwise is in `writes`. */
  create(
    writes: AliasWrites<Value>,
    birth: Passed & { nonce: string },
    markerOf: MarkerOf,
  ): Promise<CreatedIssue<Value> | { refusal: WriteRefusal }>;
  /** Looks by key, never by an index alone, for the issue that carries `nonce`. */
  findByNonce(nonce: string): Promise<string | undefined>;
  /** Deletes an issue that the app has created. One that is not there is deleted. */
  remove(issue: string): Promise<{ refusal: WriteRefusal } | undefined>;
  comments: Comments;
  /** Whether the contract has fields that show where the twin stands. */
  showsTwin: boolean;
  /** Where an issue stands, as this port has last read or written it. `undefined`: it has not. */
  standing(issue: string): Standing | undefined;
  /** What shows where the twin stands: for `write` and `create`. No snapshot has these aliases. */
  showing(standing: Standing): AliasWrites<Value>;
  /**
   * When the issue was last updated, as far as this port knows: when it was read, or by our own writes since where
   * nobody else has been there in between. In Jira's time, ms since the epoch. `undefined`: it was not read.
   */
  seenUntil(issue: string): number | undefined;
  /**
   * Issues that the contract is for and that were updated in the last `minutes`, those first that were updated
   * first. Jira's index tells, which may be behind.
   *
   * @param after token of the page before
   */
  updatedIn(minutes: number, after: string | undefined): Promise<UpdatedPage>;
}

export interface UpdatedPage {
  /** `updatedAt`: ms since the epoch, in Jira's time. */
  issues: readonly { issue: string; updatedAt: number }[];
  /** Token of the next page; none: there is none. */
  next?: string;
}

export interface Sources {
  /** ms since the epoch. */
  now(): number;
  newId(): string;
}
