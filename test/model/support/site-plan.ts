/** What is to happen on whole sites: made of a seed, and nothing but data, so that it can be told and played again. */
import * as fc from 'fast-check';
import type { Pair } from '../../support/synced-sites';
import { ADMIN_DEEDS, JIRA_DEEDS } from './site-admins';
import { FAULT_KINDS, type FaultKind } from './site-faults';

/** The label that every issue has, and by which a contract's JQL may find it. */
export const MATCHED = 'shared';

/** What people do to an issue, admins to an issue and to a connection, and the platform to a function. */
export const DEEDS = [
  ...['create', 'summary', 'summary', 'summary', 'fields', 'fields', 'labels', 'labels'],
  ...['status', 'status', 'comment', 'comment', 'comment edit', 'comment deletion', 'deletion'],
  ...['out', 'in', ...JIRA_DEEDS, ...ADMIN_DEEDS, 'keys', 'kill', 'kill'],
] as const;

export interface Step {
  /** How long after the step before. */
  waitMs: number;
  deed: string;
  /** Which site, issue, comment, value: each takes the rest of a division. */
  site: number;
  pick: number;
  value: number;
}

export interface Shape {
  name: string;
  sites: readonly string[];
  pairs: readonly Pair[];
  passive?: 'first' | 'second';
  localUser: 'app' | 'picked';
}

export interface SitePlan {
  shape: Shape;
  /** Of each site. */
  faults: readonly (readonly FaultKind[])[];
  skewMs: readonly number[];
  /** Of every contract; none: all issues of the project. */
  jql?: string;
  steps: readonly Step[];
}

const TWO = ['north', 'south'];
const THREE = ['north', 'middle', 'south'];
const CHAIN: Pair[] = [
  ['north', 'middle'],
  ['middle', 'south'],
];

export const SHAPES: readonly Shape[] = [
  { name: 'pair', sites: TWO, pairs: [['north', 'south']], localUser: 'picked' },
  { name: 'passive', sites: TWO, pairs: [['north', 'south']], passive: 'second', localUser: 'app' },
  { name: 'chain', sites: THREE, pairs: CHAIN, localUser: 'picked' },
  { name: 'ring', sites: THREE, pairs: [...CHAIN, ['south', 'north']], localUser: 'app' },
];

const waitMs = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0, 50, 300) },
  { weight: 4, arbitrary: fc.integer({ min: 500, max: 8_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(70_000, 200_000, 400_000) },
);

const step = fc.record({
  waitMs,
  deed: fc.constantFrom(...DEEDS),
  site: fc.nat(100),
  pick: fc.nat(100),
  value: fc.nat(100),
});

/** None, a few kinds, or all. */
const faults = fc.oneof(
  fc.constant<FaultKind[]>([]),
  fc.subarray([...FAULT_KINDS], { minLength: 1, maxLength: 4 }),
  fc.constant([...FAULT_KINDS]),
);

const three = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: 3, maxLength: 3 });

const rest = fc.record({
  faults: three(faults),
  // Less than the five minutes that a signature may be off, between any two.
  skewMs: three(fc.constantFrom(0, 0, 20_000, -20_000, 140_000, -140_000)),
  hasJql: fc.boolean(),
  steps: fc.array(step, { minLength: 8, maxLength: 22 }),
});

/** Which of the shapes a seed is played in: they take turns. */
export const shapeOf = (seed: number): Shape | undefined => SHAPES[seed % SHAPES.length];

/** The same for the same seed. */
export function planOf(seed: number): SitePlan {
  const shape = shapeOf(seed);
  const [drawn] = fc.sample(rest, { seed, numRuns: 1 });
  if (!shape || !drawn) throw new Error(`There is no plan for ${seed}`);
  // A process may remember what it knows of a site: each seed has sites of its own.
  const named = (site: string): string => `${site}-${seed}`;
  const pairs = shape.pairs.map(([one, other]): Pair => [named(one), named(other)]);
  const { hasJql, ...plan } = drawn;
  const filter = hasJql ? { jql: `labels = ${MATCHED}` } : {};
  return { shape: { ...shape, sites: shape.sites.map(named), pairs }, ...plan, ...filter };
}
