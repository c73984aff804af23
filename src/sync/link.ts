/** A link, brought up to date with what our Jira says. Pure. */
import {
  changeOf,
  firstSight,
  notAbsorbed,
  observeAlias,
  untouched,
  type Alias,
  type ObservedAlias,
} from './alias';
import { isCopy } from './birth';
import type { Rules, SyncContext } from './context';
import type { Change, Issues, Snapshot, Written } from './ports';
import { linkKey, type LinkRecord, type Marker } from './records';
import { unseenBy, type Unseen } from './unseen';
import { nextChange } from './version';

/** Whether somebody applies something to the link now. */
export const isLeased = ({ lease }: LinkRecord, now: number): boolean =>
  lease !== undefined && lease.until > now;

/** The aliases whose changes the remote lacks, and can be told: what it has refused is not sent again. */
export const dirtyAliases = ({ aliases, refusals = {} }: LinkRecord, rules: Rules): string[] =>
  Object.entries(aliases)
    .filter(([name, alias]) => alias.dirty && refusals[name]?.of !== changeOf(alias))
    .map(([name]) => name)
    .filter((name) => rules.sends(name, false));

/** Ids of the comments of which the remote lacks something. */
export const dirtyComments = (
  { comments = {}, refusals = {} }: LinkRecord,
  rules: Rules,
): string[] =>
  rules.sendsComments
    ? Object.entries(comments)
        .filter(([id, { dirty, n }]) => dirty && refusals[commentRefusal(id)]?.of !== String(n))
        .map(([id]) => id)
    : [];

/** Where the refusal of a comment stands. No alias begins so. */
export const commentRefusal = (id: string): string => `comment:${id}`;

/** Whether the remote lacks something of it. */
export const isDirty = (link: LinkRecord, rules: Rules): boolean =>
  link.state === 'gone'
    ? link.tellsGone === true
    : dirtyAliases(link, rules).length + dirtyComments(link, rules).length > 0;

/** The link after a look at its issue, or a write to it, by `issues`: the scan need not look at that again. */
export function seenBy<Value>(link: LinkRecord, issues: Issues<Value>): LinkRecord {
  const seenUntil = issues.seenUntil(link.issue);
  return seenUntil === undefined ? link : { ...link, seenUntil };
}

/** The step of a transaction that stores the link as its next revision, if nobody has changed it meanwhile. */
export function nextRevision(link: LinkRecord): Change & { value: LinkRecord } {
  const { connection, issue, revision } = link;
  return {
    entity: 'link',
    key: linkKey(connection, issue),
    value: { ...link, revision: revision + 1 },
    when: { revision },
  };
}

export interface Look<Value> {
  link: LinkRecord;
  /** What a write of ours has replaced without having read it, and nobody has dealt with yet. */
  unseen: readonly Unseen<Value>[];
}

/** The link after a look at its issue: first what a write of ours has left there, then all other changes. */
export function lookAt<Value>(
  context: Pick<SyncContext<Value>, 'site' | 'remoteSite'>,
  link: LinkRecord,
  snapshot: Snapshot<Value>,
): Look<Value> {
  const { site } = context;
  const { link: recovered, unseen } = recover(link, snapshot, site);
  const isOurCopy = isCopy(context, link);
  const isRecovered = recovered !== link;
  const aliases = Object.entries(snapshot.aliases).map(([name, seen]) => {
    const isShared = isRecovered && snapshot.written?.[name]?.isShared === true;
    const observed = isShared ? notAbsorbed(seen) : seen;
    const known = recovered.aliases[name];
    if (known) return [name, observeAlias(known, observed, site)] as const;
    return [name, isOurCopy ? untouched(observed, site) : firstSight(observed, site)] as const;
  });
  return {
    link: { ...recovered, aliases: { ...recovered.aliases, ...Object.fromEntries(aliases) } },
    unseen,
  };
}

/**
 * What the issue's marker tells of a write that the link does not know: whoever made it was ended before he
 * could commit. A lease outlives every function, so there is never more than one such lease. What was written or
 * recovered since then is `uncommitted`, and known.
 */
function recover<Value>(link: LinkRecord, snapshot: Snapshot<Value>, site: string): Look<Value> {
  const { marker, written = {} } = snapshot;
  if (!marker || link.uncommitted) return { link, unseen: [] };
  const aliases: Record<string, Alias> = { ...link.aliases };
  const unseen: Unseen<Value>[] = [];
  for (const [name, { before, after }] of Object.entries(marker.aliases)) {
    const now = snapshot.aliases[name];
    const told = written[name];
    if (now && told?.isUnfinished) {
      aliases[name] = notWritten(before, now, told, site);
      continue;
    }
    const known = now ? recoverAlias(after, now, told) : after;
    const replaced = unseenBy(name, before, known, told?.was, now, told?.isOurs === true);
    // A change that was replaced unseen has a number of its own, whatever becomes of it.
    aliases[name] =
      replaced.length > 0 ? { ...known, version: nextChange(known.version, site).version } : known;
    unseen.push(...replaced);
  }
  return { link: { ...link, aliases, uncommitted: marker.aliases }, unseen };
}

/** Jira may have normalized what we wrote: unless somebody has changed it since, what it says is ours. */
function recoverAlias<Value>(
  after: Marker['aliases'][string]['after'],
  now: ObservedAlias<Value>,
  told: Written<Value> | undefined,
): Alias {
  if (after.kind === 'set' || now.kind === 'set') return after;
  return { ...after, mine: told?.isOurs === true ? now.hash : SOMEBODY_ELSES };
}

/** A walk that was ended half way: where it stands is nobody's change, and what was to be written comes again. */
function notWritten<Value>(
  before: Alias | undefined,
  now: ObservedAlias<Value>,
  { isOurs }: Written<Value>,
  site: string,
): Alias {
  if (before?.kind !== 'value' || now.kind !== 'value') return untouched(now, site);
  return isOurs ? { ...before, mine: now.hash } : before;
}

/** No hash: whatever is there now differs from it. */
const SOMEBODY_ELSES = '';
