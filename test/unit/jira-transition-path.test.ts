/** Reaching a status by transitions: the way over what is known, what is in the way, and stopping half way. */
import fc from 'fast-check';
import {
  MAX_STEPS,
  nextStep,
  isOnWalk,
  startWalk,
  withoutStep,
  type Plan,
  type Status,
  type StatusCategory,
  type Walk,
} from '../../src/jira/transition-path';
import { transitionsSchema, type ScreenField, type Transition } from '../../src/jira/transitions';

const go = (from: string, to: string, changes: Partial<Transition> = {}): Transition => ({
  id: `${from}${to}`,
  name: `${from} to ${to}`,
  to,
  isGlobal: false,
  isConditional: false,
  required: [],
  ...changes,
});

const status = (id: string, category: StatusCategory = 'indeterminate'): Status => ({
  id,
  name: `Status ${id}`,
  category,
});

/** A workflow as it is; the walker learns of it by going. */
class Site {
  readonly seen = new Map<string, readonly Transition[]>();
  readonly passed: string[] = [];
  readonly defaults = new Map<string, unknown>();

  constructor(
    public current: string,
    readonly statuses: Status[],
    readonly edges: Record<string, Transition[]>,
  ) {}

  offered(): Transition[] {
    return this.edges[this.current] ?? [];
  }

  plan(walk: Walk): Plan {
    this.seen.set(this.current, this.offered());
    const { statuses, seen } = this;
    return nextStep(walk, this.current, this.offered(), { statuses, seen }, this.defaults);
  }

  /** Goes until there is nothing more to do. */
  walk(target: string): Plan {
    let walk = startWalk(this.current, target);
    for (;;) {
      const plan = this.plan(walk);
      if (plan.kind !== 'step') return plan;
      // Stored and read again, as after a stop.
      walk = JSON.parse(JSON.stringify(plan.walk)) as Walk;
      this.current = plan.transition.to;
      this.passed.push(this.current);
    }
  }
}

const LINE = {
  a: [go('a', 'b')],
  b: [go('b', 'c'), go('b', 'a')],
  c: [go('c', 'd'), go('c', 'b')],
  d: [go('d', 'a')],
};
const STATUSES = [status('a', 'new'), status('b'), status('c'), status('d', 'done')];

test('a walk through statuses that were never seen gets there, and learns the way', () => {
  const site = new Site('a', STATUSES, LINE);
  expect(site.walk('d')).toEqual({ kind: 'arrived' });
  expect(site.passed).toEqual(['b', 'c', 'd']);
  site.current = 'a';
  expect(site.plan(startWalk('a', 'd'))).toMatchObject({ kind: 'step', steps: 3 });
});

test('back from done leads through what lies between', () => {
  const site = new Site('d', STATUSES, { ...LINE, d: [go('d', 'c')] });
  expect(site.walk('a')).toEqual({ kind: 'arrived' });
  expect(site.passed).toEqual(['c', 'b', 'a']);
});

test('the shortest way counts, then the one with the fewest conditions', () => {
  const site = new Site('a', STATUSES, {
    a: [go('a', 'b'), go('a', 'd', { id: '9', isConditional: true }), go('a', 'd', { id: '10' })],
  });
  expect(site.plan(startWalk('a', 'd'))).toMatchObject({ transition: { id: '10' }, steps: 1 });
});

test('no issue is closed on the way to an open status', () => {
  const site = new Site('a', STATUSES, { a: [go('a', 'd')], d: [go('d', 'b')] });
  expect(site.walk('b')).toMatchObject({ kind: 'refused' });
  expect(site.passed).toEqual([]);
});

test('a transition from everywhere is known wherever it was seen', () => {
  const toB = go('*', 'b', { isGlobal: true });
  const site = new Site('a', STATUSES, { a: [toB], b: [toB, go('b', 'd')], c: [toB] });
  site.seen.set('b', [toB, go('b', 'd')]);
  expect(site.plan(startWalk('a', 'd'))).toMatchObject({ transition: { to: 'b' }, steps: 2 });
});

test('circles and dead ends come to an end, with a reason', () => {
  const site = new Site('a', STATUSES, { a: [go('a', 'b')], b: [go('b', 'c')], c: [go('c', 'b')] });
  expect(site.walk('d')).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('from Status c to Status d') as string,
  });
  expect(site.passed).toEqual(['b', 'c']);
});

test('what was seen on another issue may not be offered to this one', () => {
  const site = new Site('a', STATUSES, { a: [go('a', 'b')], b: [go('b', 'c')], c: [go('c', 'd')] });
  site.seen.set('b', [go('b', 'd')]);
  expect(site.plan(startWalk('a', 'd'))).toMatchObject({ steps: 2 });
  expect(site.walk('d')).toEqual({ kind: 'arrived' });
  expect(site.passed).toEqual(['b', 'c', 'd']);
});

test('a status that this issue type does not have is refused', () => {
  expect(new Site('a', STATUSES, LINE).walk('x')).toMatchObject({ kind: 'refused' });
});

describe('a screen that asks for a field', () => {
  const cause: ScreenField = {
    id: 'cause',
    name: 'Root cause',
    kind: 'text',
    hasDefault: false,
    isList: false,
  };
  const closing = (field: ScreenField) =>
    new Site('a', STATUSES, { a: [go('a', 'd', { name: 'Close', required: [field] })] });

  test('is filled from the contract', () => {
    const site = closing(cause);
    site.defaults.set('cause', { value: 'Unknown' });
    expect(site.plan(startWalk('a', 'd'))).toMatchObject({
      fields: { cause: { value: 'Unknown' } },
    });
  });

  test('is not filled with what it does not offer any more', () => {
    const offered = [
      { id: '7', name: 'Done' },
      { id: '8', name: 'Duplicate' },
    ];
    for (const isList of [false, true]) {
      const site = closing({ ...cause, isList, choices: offered });
      site.defaults.set('cause', isList ? [{ id: '7' }, { id: '6' }] : { id: '6' });
      expect(site.plan(startWalk('a', 'd'))).toMatchObject({ kind: 'refused' });
      site.defaults.set('cause', isList ? [{ id: '7' }] : { id: '7' });
      expect(site.plan(startWalk('a', 'd'))).toMatchObject({ kind: 'step' });
    }
  });

  test('is filled by Jira, or with the only choice that there is', () => {
    expect(closing({ ...cause, hasDefault: true }).plan(startWalk('a', 'd'))).toMatchObject({
      fields: {},
    });
    const only = { ...cause, choices: [{ id: '7', name: 'Done' }] };
    expect(closing(only).plan(startWalk('a', 'd'))).toMatchObject({
      fields: { cause: { id: '7' } },
    });
    expect(closing({ ...only, isList: true }).plan(startWalk('a', 'd'))).toMatchObject({
      fields: { cause: [{ id: '7' }] },
    });
  });

  test('is gone around where there is another way', () => {
    const site = new Site('a', STATUSES, {
      a: [go('a', 'd', { required: [cause] }), go('a', 'b')],
      b: [go('b', 'd')],
    });
    expect(site.walk('d')).toEqual({ kind: 'arrived' });
    expect(site.passed).toEqual(['b', 'd']);
  });

  test('is told by name where nothing fills it', () => {
    expect(closing(cause).plan(startWalk('a', 'd'))).toEqual({
      kind: 'refused',
      reason:
        'No transition that the Local User may make leads from Status a to Status d. “Close” asks for Root cause: choose a default for it in the contract of that site.',
    });
  });
});

describe('a walk that was stopped', () => {
  const begun = (): { site: Site; walk: Walk } => {
    const site = new Site('a', STATUSES, LINE);
    const plan = site.plan(startWalk('a', 'd'));
    if (plan.kind !== 'step') throw new Error(plan.kind);
    return { site, walk: plan.walk };
  };

  test('goes on after the step, if the step was taken', () => {
    const { site, walk } = begun();
    site.current = 'b';
    expect(isOnWalk(walk, 'b')).toBe(true);
    expect(site.plan(walk)).toMatchObject({ transition: { to: 'c' } });
  });

  test('takes the step again, as often as it must, if it was not', () => {
    const { site, walk } = begun();
    const again = site.plan(walk);
    expect(again).toMatchObject({ transition: { to: 'b' }, walk });
  });

  test('ends where somebody else moved the issue', () => {
    const { site, walk } = begun();
    site.current = 'c';
    expect(isOnWalk(walk, 'c')).toBe(false);
    expect(site.plan(walk)).toEqual({ kind: 'interrupted' });
  });

  test('does not try again what Jira refused', () => {
    const site = new Site('a', STATUSES, { a: [go('a', 'd'), go('a', 'b')], b: [go('b', 'd')] });
    const plan = site.plan(startWalk('a', 'd'));
    if (plan.kind !== 'step') throw new Error(plan.kind);
    const walk = withoutStep(plan.walk, 'a', plan.transition);
    expect(site.plan(walk)).toMatchObject({ transition: { to: 'b' } });
  });
});

test('in any workflow a walk ends, and arrives where all is known and there is a way', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  const edge = fc.record({
    from: fc.constantFrom(...ids),
    to: fc.constantFrom(...ids),
    isConditional: fc.boolean(),
    isGlobal: fc.boolean(),
  });
  const category = fc.constantFrom<StatusCategory>('new', 'indeterminate', 'done');
  fc.assert(
    fc.property(
      fc.array(edge, { maxLength: 12 }),
      fc.array(category, { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      (list, categories, allSeen) => {
        const edges = Object.fromEntries(
          ids.map((id) => [
            id,
            list
              .filter(({ from, isGlobal }) => isGlobal || from === id)
              .map(({ from, to, ...rest }) => go(from, to, rest)),
          ]),
        );
        const site = new Site(
          'a',
          ids.map((id, n) => status(id, categories[n])),
          edges,
        );
        if (allSeen) for (const id of ids) site.seen.set(id, edges[id] ?? []);
        const steps = stepsBetween('a', 'e', edges);
        const end = site.walk('e');
        expect(site.passed.length).toBeLessThanOrEqual(MAX_STEPS);
        if (steps === undefined) expect(end.kind).toBe('refused');
        else if (allSeen) expect([end.kind, site.passed.length]).toEqual(['arrived', steps]);
      },
    ),
    { numRuns: 1_000 },
  );
});

/** By brute force: everything that is reached with each number of steps. */
function stepsBetween(
  from: string,
  to: string,
  edges: Record<string, Transition[]>,
): number | undefined {
  let reached = new Set([from]);
  for (let steps = 0; steps <= 5; steps += 1) {
    if (reached.has(to)) return steps;
    reached = new Set(
      [...reached].flatMap((id) => [id, ...(edges[id] ?? []).map((one) => one.to)]),
    );
  }
  return undefined;
}

test('transitions are read as Jira writes them', () => {
  const metadata = (changes: object) => ({
    name: 'Resolution',
    required: true,
    schema: { type: 'resolution', system: 'resolution' },
    operations: ['set'],
    ...changes,
  });
  const read = transitionsSchema.parse({
    expand: 'transitions',
    transitions: [
      {
        id: '31',
        name: 'Done',
        to: { id: '10002', name: 'Done', statusCategory: { key: 'done' } },
        hasScreen: true,
        isGlobal: true,
        isConditional: false,
        isAvailable: true,
        fields: {
          resolution: metadata({ allowedValues: [{ id: '1', name: 'Done' }] }),
          labels: metadata({ name: 'Labels', schema: { type: 'array', items: 'string' } }),
          comment: metadata({ required: false }),
        },
      },
      { id: '41', name: 'Not now', to: { id: '1' }, isAvailable: false },
    ],
  });
  expect(read).toEqual([
    {
      id: '31',
      name: 'Done',
      to: '10002',
      isGlobal: true,
      isConditional: false,
      required: [
        {
          id: 'resolution',
          name: 'Resolution',
          kind: 'resolution',
          hasDefault: false,
          isList: false,
          choices: [{ id: '1', name: 'Done' }],
        },
        { id: 'labels', name: 'Labels', kind: 'unsupported', hasDefault: false, isList: true },
      ],
    },
  ]);
});
