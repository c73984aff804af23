/** What the engine needs of the world. `src/forge` and `src/jira` stand behind these. */
import type { AliasWrite, ObservedAlias } from './alias';
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
  /** The row and the link of one key, in one read. */
  findWaiting(key: string): Promise<{ row?: SyncRecords['outbox']; link?: SyncRecords['link'] }>;
  put<E extends SyncEntity>(entity: E, key: string, value: SyncRecords[E]): Promise<void>;
  /** Stores a record that must not exist yet. `false`: there is one already. */
  create<E extends SyncEntity>(entity: E, key: string, value: SyncRecords[E]): Promise<boolean>;
  /** All changes or none. `false`: a condition did not hold. */
  commit(changes: readonly Change[]): Promise<boolean>;
}

/** An issue as a contract sees it. */
export interface Snapshot<Value> {
  aliases: Readonly<Record<string, ObservedAlias<Value>>>;
  /** Where an issue that the app has created came from, and by which connection of this site. */
  passed?: Passed & { connection: string };
  /** What this connection's last write has left on it. */
  marker?: Marker;
  /** What Jira's changelog says of that write. */
  written?: Readonly<Record<string, Written<Value>>>;
}

export interface Written<Value> {
  /** Whether nobody has changed the alias since. */
  isOurs: boolean;
  /** What the write has replaced. */
  was?: ObservedAlias<Value>;
}

export interface Passed {
  origin: IssueOrigin;
  /** The sites that it has passed, this one last. */
  path: readonly string[];
}

export interface WriteResult<Value> {
  /** As Jira says them now. */
  readBack: Readonly<Record<string, ObservedAlias<Value>>>;
  /** What the write has replaced, of each value that it named. */
  was: Readonly<Record<string, ObservedAlias<Value>>>;
}

export interface Issues<Value> {
  /** `undefined`: not readable. */
  read(issue: string): Promise<Snapshot<Value> | undefined>;
  /** The marker goes with it in the same request. */
  write(
    issue: string,
    writes: Readonly<Record<string, AliasWrite<Value>>>,
    marker: Marker,
  ): Promise<WriteResult<Value>>;
  /** Creates an issue that says where it came from. @returns its id, and what Jira says of it */
  create(
    writes: Readonly<Record<string, AliasWrite<Value>>>,
    birth: Passed & { nonce: string },
    marker: Marker,
  ): Promise<{ issue: string; readBack: Readonly<Record<string, ObservedAlias<Value>>> }>;
  /** Looks by key, never by an index alone, for the issue that carries `nonce`. */
  findByNonce(nonce: string): Promise<string | undefined>;
}

export interface Sources {
  /** ms since the epoch. */
  now(): number;
  newId(): string;
}
