/** A link, brought up to date with what our Jira says. Pure. */
import { firstSight, observeAlias, type Alias, type ObservedAlias } from './alias';
import type { Change, Snapshot, Written } from './ports';
import { linkKey, type LinkRecord, type Marker } from './records';
import { unseenBy, type Unseen } from './unseen';
import { nextChange } from './version';

/** Whether somebody applies something to the link now. */
export const isLeased = ({ lease }: LinkRecord, now: number): boolean =>
  lease !== undefined && lease.until > now;

export const isDirty = ({ aliases }: LinkRecord): boolean =>
  Object.values(aliases).some(({ dirty }) => dirty);

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
  link: LinkRecord,
  snapshot: Snapshot<Value>,
  site: string,
): Look<Value> {
  const { link: recovered, unseen } = recover(link, snapshot, site);
  const aliases = Object.entries(snapshot.aliases).map(([name, observed]) => {
    const known = recovered.aliases[name];
    return [
      name,
      known ? observeAlias(known, observed, site) : firstSight(observed, site),
    ] as const;
  });
  return {
    link: { ...recovered, aliases: { ...recovered.aliases, ...Object.fromEntries(aliases) } },
    unseen,
  };
}

/**
 * What the issue's marker tells of a write that the link does not know: whoever made it was ended before he
 * could commit. A lease outlives every function, so there is never more than one such write.
 */
function recover<Value>(link: LinkRecord, snapshot: Snapshot<Value>, site: string): Look<Value> {
  const { marker, written = {} } = snapshot;
  if (!marker || marker.write === link.lastWrite) return { link, unseen: [] };
  const aliases: Record<string, Alias> = { ...link.aliases };
  const unseen: Unseen<Value>[] = [];
  for (const [name, { before, after }] of Object.entries(marker.aliases)) {
    const now = snapshot.aliases[name];
    const told = written[name];
    const known = now ? recoverAlias(after, now, told) : after;
    const replaced = unseenBy(name, before, known, told?.was, now, told?.isOurs === true);
    // A change that was replaced unseen has a number of its own, whatever becomes of it.
    aliases[name] =
      replaced.length > 0 ? { ...known, version: nextChange(known.version, site).version } : known;
    unseen.push(...replaced);
  }
  return { link: { ...link, aliases, lastWrite: marker.write }, unseen };
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

/** No hash: whatever is there now differs from it. */
const SOMEBODY_ELSES = '';
