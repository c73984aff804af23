/**
 * Merging an alias that is a set (labels, components, versions): by element, so that two people who each
 * add one get both. What was added at the same time as it was removed stays. An observed-remove set
 * without tombstones: an element that is missing although its dots were seen was removed.
 */
import { hasSeen, joinVersions, nextChange, sameDot, type Dot, type Version } from './version';

export interface ElementSet {
  version: Version;
  /** Element, as it travels → the changes that added it; never none. */
  elements: Readonly<Record<string, readonly Dot[]>>;
}

export const NO_ELEMENTS: ElementSet = { version: {}, elements: {} };

export const elementsOf = ({ elements }: ElementSet): string[] => Object.keys(elements).sort();

/** The set after a change at `site` that has left exactly `now` in it; the same set if nothing changed. */
export function changeElements(set: ElementSet, site: string, now: readonly string[]): ElementSet {
  const wanted = new Set(now);
  const kept = Object.entries(set.elements).filter(([element]) => wanted.has(element));
  const added = [...wanted].filter((element) => !Object.hasOwn(set.elements, element));
  if (added.length === 0 && kept.length === Object.keys(set.elements).length) return set;
  const { version, dot } = nextChange(set.version, site);
  return {
    version,
    elements: Object.fromEntries([...kept, ...added.map((element) => [element, [dot]] as const)]),
  };
}

export interface MergedElements {
  merged: ElementSet;
  /** What is to be added and removed here. */
  add: string[];
  remove: string[];
  /** Whether theirs is not what stands now: then ours has to be sent. */
  remoteDiffers: boolean;
}

/** Merges a set that has come from the remote. `ours` must include all local changes up to now. */
export function mergeElements(ours: ElementSet, theirs: ElementSet): MergedElements {
  const names = new Set([...Object.keys(ours.elements), ...Object.keys(theirs.elements)]);
  const elements = Object.fromEntries(
    [...names]
      .sort()
      .map((name) => [name, mergedDots(name, ours, theirs)] as const)
      .filter(([, dots]) => dots.length > 0),
  );
  const merged = { version: joinVersions(ours.version, theirs.version), elements };
  const missingIn = ({ elements: there }: ElementSet, { elements: wanted }: ElementSet): string[] =>
    Object.keys(wanted).filter((name) => !Object.hasOwn(there, name));
  return {
    merged,
    add: missingIn(ours, merged),
    remove: missingIn(merged, ours),
    remoteDiffers: missingIn(theirs, merged).length + missingIn(merged, theirs).length > 0,
  };
}

/** The additions that both have, and those that the other side has not seen yet. */
function mergedDots(name: string, ours: ElementSet, theirs: ElementSet): Dot[] {
  const ourDots = dotsOf(ours, name);
  const theirDots = dotsOf(theirs, name);
  return [
    ...ourDots.filter(
      (dot) => !hasSeen(theirs.version, dot) || theirDots.some((each) => sameDot(each, dot)),
    ),
    ...theirDots.filter((dot) => !hasSeen(ours.version, dot)),
  ].sort((one, other) => one.site.localeCompare(other.site, 'en') || one.n - other.n);
}

const dotsOf = ({ elements }: ElementSet, name: string): readonly Dot[] =>
  Object.hasOwn(elements, name) ? (elements[name] ?? []) : [];
