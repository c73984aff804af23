/** What the engine stores. Everything is found by key; queries only help to find keys. */
import type { Alias } from './alias';
import type { Shown, Standing } from './messages';

/** A local issue and its remote twin, by `linkKey`. */
export interface LinkRecord {
  connection: string;
  /** Id of the local issue; keys change. */
  issue: string;
  /** Id of this side's contract: the last one that has moved something of it. */
  contract: string;
  /** Id of the remote issue. */
  remote?: string;
  /**
   * - `creating`: this connection has created it for the remote's, and whoever did so was not heard of since. Only
   *   says which original that was, so that a deletion ends the creation; nothing is sent of it.
   * - `unlinked`: to be created over there.
   * - `linked`: both issues are known.
   * - `refused`: the remote does not want it, as it has it by another way: a normal end.
   * - `gone`: one of the two was deleted. A tombstone: no new twin is made.
   */
  state: 'creating' | 'unlinked' | 'linked' | 'refused' | 'gone';
  /** Where the issue was first, and the sites that it has passed, this one last. */
  origin: IssueOrigin;
  path: readonly string[];
  aliases: Readonly<Record<string, Alias>>;
  /** By the id of the comment here. */
  comments?: Readonly<Record<string, LinkedComment>>;
  /** Alias, or `comment:<id>` → what the remote has refused of it: it needs a person, and holds nothing else back. */
  refusals?: Readonly<Record<string, LinkRefusal>>;
  /** Sets of which our Jira has not taken every element: they are tried again whenever the remote tells of them. */
  partly?: readonly string[];
  /** Entries of Jira's changelog that our newest writes have made: their events are echoes. */
  echoes?: readonly string[];
  /**
   * What Jira has called the time of the last update (ms since the epoch) when everything up to it had been looked
   * at, or was written by us: the scan looks at what is newer.
   */
  seenUntil?: number;
  /** What fields of the remote show of our issue, as it said; none: it has no such fields. */
  told?: Shown;
  /** What was last to be shown here of the remote's issue. */
  shown?: Standing;
  /** The remote has not been told yet that our issue was deleted. */
  tellsGone?: boolean;
  /** Never stored: what was written and no commit knows of yet. Each marker under the lease repeats it. */
  uncommitted?: Marker['aliases'];
  /**
   * Secret that the markers of writes are made with, from the lease on until a commit accounts for what was
   * written: before that a marker is believed, and only one that was made with it (`Marker`).
   */
  seal?: string;
  /** Who applies something to it now, and until when (ms since the epoch). */
  lease?: { owner: string; until: number };
  /** Counts the commits: each names the revision that it replaces. */
  revision: number;
}

/** A comment that both issues have, or will. It belongs to the side where it was written. */
export interface LinkedComment {
  owner: 'here' | 'there';
  /** Id of the remote's. */
  there?: string;
  /** How often its owner has changed it, from 1 on. */
  n: number;
  /** Of the owner: the remote may not have seen the newest. */
  dirty: boolean;
  /** Who has written it and when, if that was on a third site: another connection has copied it from there. */
  by?: { author: string; at: number };
  /** Of its text here, when it was last read or written. */
  hash: string;
  /** It is not here any more, or not for everybody. */
  isGone?: boolean;
}

export interface LinkRefusal {
  code: string;
  /** For a person: what is in the way, and what to do. */
  reason: string;
  /** Which change it was: another one is tried again. */
  of: string;
}

export interface IssueOrigin {
  site: string;
  issue: string;
}

/** A link waits to be looked at, and sent if there is something, by `linkKey`. The only queue that counts. */
export interface OutboxRow {
  connection: string;
  issue: string;
  /** Id of this side's contract. */
  contract: string;
  /** A new one for each event: who deletes the row names the one that it has dealt with. */
  token: string;
  /** ms since the epoch. */
  since: number;
  nextAttempt: number;
  attempts: number;
  /** It needs a person, and is not tried again before one has said so, or the issue has changed. */
  failed: boolean;
  /** A person wants everything that was refused to be tried again. */
  isForced?: boolean;
  /** Why the last attempt was not the last, for a person. */
  reason?: string;
}

/** That an issue with this origin is here or about to be, by whichever connection, by `originKey`. */
export interface OriginRecord {
  connection: string;
  /** Travels with the create as an issue property, so that a lost answer can be looked up. */
  nonce: string;
  /** Secret of the marker that the create leaves on the issue: see `LinkRecord`. None: an older version's. */
  seal?: string;
  /** The sites that it has passed, this one last. None: an older version's. */
  path?: readonly string[];
  /** ms since the epoch. */
  since: number;
  /** Once it is created. */
  issue?: string;
}

/** What was lost in a conflict, by `historyKey`: the same loss has the same key, however often it is told. */
export interface HistoryRecord {
  connection: string;
  issue: string;
  alias: string;
  /** ms since the epoch. */
  at: number;
  /** Whose value it was, and as which of its changes. */
  change: string;
  /** The losing value, as JSON. */
  value: string;
  lostTo: string;
}

export interface SyncRecords {
  link: LinkRecord;
  outbox: OutboxRow;
  origin: OriginRecord;
  history: HistoryRecord;
}

export type SyncEntity = keyof SyncRecords;

export const linkKey = (connection: string, issue: string): string => `${connection}:${issue}`;

export const originKey = ({ site, issue }: IssueOrigin): string => `${site}:${issue}`;

export const historyKey = (connection: string, issue: string, alias: string, change: string) =>
  `${connection}:${issue}:${alias}:${change}`;

/**
 * What a write leaves on the issue in the same request (an issue property of its connection): where the
 * link does not know it yet, what it names was written by us, whoever Jira says has done it. Who may edit the issue
 * may write there, too: a marker counts only with the seal of the link (docs/adr/0006-what-is-believed.md).
 */
export interface Marker {
  /** Never on the issue: what is there proves that it was known. */
  seal: string;
  /** A new one for each write. */
  write: string;
  /**
   * What it wrote, and what the writes before it under the same lease have written (`write`): each alias as it
   * was read, and as it is after it (`mine` is known once Jira has answered).
   */
  aliases: Readonly<Record<string, { write: string; before?: Alias; after: Alias }>>;
}
