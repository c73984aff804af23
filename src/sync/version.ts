/**
 * Which changes of an alias a value includes. One counter a site, as in a version vector, and for the value
 * itself the one change that made it (its *dot*): so *later* is told from *at the same time* by what was
 * seen, never by a clock (docs/adr/0004-a-value-is-told-by-its-dot.md).
 */

/** Site id → how many changes of that site are included. A site that is not named: none. */
export type Version = Readonly<Record<string, number>>;

/** One change: the `n`-th that `site` made of this alias of this link, from 1 on. */
export interface Dot {
  site: string;
  n: number;
}

/** How often `site` has changed it, as far as this version knows. */
export const countOf = (version: Version, site: string): number =>
  Object.hasOwn(version, site) ? (version[site] ?? 0) : 0;

/** Whether whoever has this version has seen that change, whatever became of it since. */
export const hasSeen = (version: Version, { site, n }: Dot): boolean => countOf(version, site) >= n;

export const sameDot = (one: Dot, other: Dot): boolean =>
  one.site === other.site && one.n === other.n;

/** The version that includes what either includes. */
export function joinVersions(one: Version, other: Version): Version {
  const sites = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...sites].sort().map((site) => [site, Math.max(countOf(one, site), countOf(other, site))]),
  );
}

/** Whether `one` includes all that `other` includes. */
export const covers = (one: Version, other: Version): boolean =>
  Object.keys(other).every((site) => countOf(one, site) >= countOf(other, site));

/** The next change of `site`, and the version that includes it. */
export function nextChange(version: Version, site: string): { version: Version; dot: Dot } {
  const dot = { site, n: countOf(version, site) + 1 };
  return { version: joinVersions(version, { [site]: dot.n }), dot };
}
