/** Merging an alias that has one value: both sides decide alike, from what travelled alone. */
import { hasSeen, joinVersions, sameDot, type Dot, type Version } from './version';

/** What is known of a value beside the value: everything that decides, and nothing else does. */
export interface Provenance {
  version: Version;
  /** The change that made this value. */
  dot: Dot;
  /** When that change was made, in ms since the epoch by its author's clock, above every stamp seen before. */
  stamp: number;
}

/** What the pair has agreed on for changes that were made at the same time. */
export type ConflictPolicy = { kind: 'newest' } | { kind: 'site'; site: string };

/**
 * - `unchanged`: ours is the same, or includes theirs.
 * - `take`: theirs is to be written here.
 * - `keep`: ours stays, and the remote lacks it: it has to be sent.
 *
 * `lost`: the two were made at the same time, and the value of the other side of the decision was dropped:
 * it belongs into the history. `provenance` is that of the value that stands afterwards.
 */
export interface Decision {
  kind: 'unchanged' | 'take' | 'keep';
  lost: boolean;
  provenance: Provenance;
}

/** Decides about a value that has come from the remote. `ours` must include all local changes up to now. */
export function mergeValue(ours: Provenance, theirs: Provenance, policy: ConflictPolicy): Decision {
  const version = joinVersions(ours.version, theirs.version);
  const unchanged = (): Decision => ({
    kind: 'unchanged',
    lost: false,
    provenance: { ...ours, version },
  });
  if (sameDot(ours.dot, theirs.dot)) return unchanged();
  const weHaveSeenTheirs = hasSeen(ours.version, theirs.dot);
  const theyHaveSeenOurs = hasSeen(theirs.version, ours.dot);
  if (weHaveSeenTheirs && !theyHaveSeenOurs) return unchanged();
  if (theyHaveSeenOurs && !weHaveSeenTheirs) {
    return {
      kind: 'take',
      lost: false,
      provenance: { version, dot: theirs.dot, stamp: theirs.stamp },
    };
  }
  return wins(theirs, ours, policy)
    ? { kind: 'take', lost: true, provenance: { version, dot: theirs.dot, stamp: theirs.stamp } }
    : { kind: 'keep', lost: true, provenance: { ...ours, version } };
}

/**
 * Total, and the same on both sides. Of one site's changes the later has the higher stamp, so that whatever
 * a change has beaten, the same site's next one beats too.
 */
function wins(one: Provenance, other: Provenance, policy: ConflictPolicy): boolean {
  if (policy.kind === 'site') {
    if (one.dot.site === policy.site) return true;
    if (other.dot.site === policy.site) return false;
  }
  if (one.stamp !== other.stamp) return one.stamp > other.stamp;
  return one.dot.site > other.dot.site;
}
