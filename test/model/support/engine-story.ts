/** One story of the engine: what users do on two or three sites while a seed lets things go wrong, and what must hold at rest. */
import assert from 'node:assert/strict';
import type { OutboxRow } from '../../../src/sync/records';
import { LAST_STATUS } from './model-jira';
import { ModelWorld, type Faults } from './model-world';
import { problemOf, type Proof } from './proof';

const TOPOLOGIES: Record<string, readonly (readonly [string, string])[]> = {
  pair: [['a', 'b']],
  chain: [
    ['a', 'b'],
    ['b', 'c'],
  ],
  ring: [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
  ],
};

const NO_FAULTS: Faults = { kill: 0, pause: 0.02, lose: 0, duplicate: 0 };

const FAULTS: Record<string, Faults> = {
  none: NO_FAULTS,
  kills: { kill: 0.04, pause: 0.02, lose: 0, duplicate: 0 },
  'lost answers': { kill: 0, pause: 0.05, lose: 0.3, duplicate: 0 },
  all: { kill: 0.03, pause: 0.05, lose: 0.15, duplicate: 0.2 },
};

/** Topology and faults: seeds go through them in turn. */
export const SETTINGS = Object.keys(FAULTS).flatMap((faults) =>
  Object.keys(TOPOLOGIES).map((topology) => ({ topology, faults })),
);

/** Values that users have typed, and what has become of them. */
interface Story {
  world: ModelWorld;
  /** Typed, and neither replaced by a user who saw it nor known to be lost. */
  open: Set<string>;
  /** Value → the site where it was typed. */
  typedAt: Map<string, string>;
  /** Site and origin of each issue that a user has deleted. */
  deleted: Set<string>;
}

const ACTIONS = [
  ...['summary', 'summary', 'summary', 'labels', 'labels', 'status', 'status'],
  ...['comment', 'comment', 'comment edit', 'comment edit', 'deletion'],
];

const originOf = ({
  id,
  passed,
}: {
  id: string;
  passed?: { origin: { issue: string } };
}): string => (passed ? passed.origin.issue : id);

async function play(seed: number, topology: string, faults: Faults): Promise<Story> {
  const world = new ModelWorld(seed, { ...faults }, TOPOLOGIES[topology] ?? [], 30_000);
  const { scheduler } = world;
  const open = new Set<string>();
  let typed = 0;
  const typedAt = new Map<string, string>();
  const deleted = new Set<string>();
  const typedFor = new Map<string, string>();
  const type = (site: string): string => {
    typed += 1;
    const value = `t${typed}`;
    open.add(value);
    typedAt.set(value, site);
    return value;
  };
  for (let count = 0; count < 2; count += 1) {
    const name = scheduler.pick(world.names());
    const summary = type(name);
    typedFor.set(summary, world.at(name).jira.userCreates(summary, ['start']));
  }
  for (let step = 0; step < 14; step += 1) {
    await scheduler.someTurns();
    const name = scheduler.pick(world.names());
    const { jira } = world.at(name);
    const ids = [...jira.issues.keys()];
    if (ids.length === 0) continue;
    const id = scheduler.pick(ids);
    switch (scheduler.pick(ACTIONS)) {
      case 'summary': {
        open.delete(jira.issue(id).summary.toLowerCase());
        const summary = type(name);
        typedFor.set(summary, originOf(jira.issue(id)));
        jira.userEdits(id, () => ({ summary }));
        break;
      }
      case 'labels': {
        const label = `l${scheduler.pick([1, 2, 3])}`;
        jira.userEdits(id, ({ labels }) => ({
          labels: labels.includes(label)
            ? labels.filter((one) => one !== label)
            : [...labels, label],
        }));
        break;
      }
      case 'status':
        jira.userEdits(id, () => ({ status: scheduler.pick([0, 1, 2, LAST_STATUS]) }));
        break;
      case 'comment':
        jira.userComments(id, `c${step}`);
        break;
      case 'deletion':
        // A twin that goes before anybody has looked at it is one that was never made: it is made again.
        if (!world.isKnown(name, id)) break;
        deleted.add(`${name} ${originOf(jira.issue(id))}`).add(`${name} ${id}`);
        jira.userDeletes(id);
        break;
      case 'comment edit': {
        const own = jira.issue(id).comments.filter(({ mark }) => mark === undefined);
        if (own.length === 0) break;
        const { id: comment } = scheduler.pick(own);
        const isDeleted = scheduler.chance(0.3);
        jira.userEdits(id, ({ comments }) => ({
          comments: comments.flatMap((one) =>
            one.id !== comment ? [one] : isDeleted ? [] : [{ ...one, text: `${one.text}+` }],
          ),
        }));
        break;
      }
    }
  }
  await world.rest();
  // What was typed into an issue that was deleted went with it, or stays with a twin that is alone now.
  for (const [value, origin] of typedFor) {
    if (world.names().some((name) => deleted.has(`${name} ${origin}`))) open.delete(value);
  }
  return { world, open, typedAt, deleted };
}

/** Rows that wait; those that need a person, of issues of which none was deleted. */
function unexplained(world: ModelWorld, deleted: ReadonlySet<string>): OutboxRow[] {
  return world.names().flatMap((name) => {
    const { jira, store } = world.at(name);
    return store.all('outbox').filter(({ issue, failed }) => {
      const here = jira.issues.get(issue);
      const origin = here ? originOf(here) : issue;
      return !failed || !world.names().some((site) => deleted.has(`${site} ${origin}`));
    });
  });
}

function check({ world, open, typedAt, deleted }: Story): void {
  assert.deepEqual(world.errors.slice(0, 1), [], 'Something went wrong that nobody expects');
  assert.deepEqual(unexplained(world, deleted), [], 'Rows of the outbox wait');
  const issues = world
    .names()
    .flatMap((name) => [...world.at(name).jira.issues.values()].map((issue) => ({ name, issue })));
  const origins = [...new Set(issues.map(({ issue }) => originOf(issue)))];
  for (const origin of origins) {
    const twins = issues.filter(({ issue }) => originOf(issue) === origin);
    if (world.names().some((name) => deleted.has(`${name} ${origin}`))) {
      // The others stay, each alone; what was deleted does not come back.
      const sites = twins.map(({ name }) => name);
      const expected = [...new Set(sites)].filter((name) => !deleted.has(`${name} ${origin}`));
      assert.deepEqual(sites, expected, 'What was deleted is there again');
      continue;
    }
    const sites = twins.map(({ name }) => name);
    assert.deepEqual(sites.sort(), world.names().sort(), 'Not one twin on each site');
    const seen = twins.map(({ issue: { summary, labels, status, comments } }) => ({
      summary: summary.toLowerCase(),
      labels: [...labels].sort(),
      status,
      comments: comments.map(({ text }) => text).sort(),
    }));
    for (const twin of seen) assert.deepEqual(twin, seen[0], `Twins of ${origin} differ`);
    open.delete(twins[0]?.issue.summary.toLowerCase() ?? '');
  }
  for (const name of world.names()) {
    for (const { value } of world.at(name).store.all('history')) {
      open.delete(String(JSON.parse(value)).toLowerCase());
    }
  }
  assert.deepEqual([...open], [], 'What was typed and overwritten is in no history');
  // Between two sites nobody passes on what another has made: a value's author is where it was typed.
  if (world.names().length > 2) return;
  for (const name of world.names()) {
    for (const { issue, aliases, state } of world.at(name).store.all('link')) {
      if (state === 'gone' || !world.at(name).jira.issues.has(issue)) continue;
      const { summary } = aliases;
      const typed = typedAt.get(world.at(name).jira.issue(issue).summary.toLowerCase());
      const author = summary?.kind === 'value' ? summary.dot.site : undefined;
      assert.equal(author, typed, `${issue} is said to have its summary of another site`);
    }
  }
}

/** Which of the settings a seed is played in. */
export const settingOf = (seed: number) =>
  SETTINGS[seed % SETTINGS.length] ?? { topology: 'pair', faults: 'none' };

/** Plays a seed and looks at what is left of it. */
export async function proveEngine(seed: number): Promise<Proof> {
  const { topology, faults } = settingOf(seed);
  const story = await play(seed, topology, FAULTS[faults] ?? NO_FAULTS);
  const { injected, story: told } = story.world.scheduler;
  const problem = await problemOf(() => check(story));
  return {
    setting: `${topology}, faults: ${faults}`,
    injected,
    story: told,
    ...(problem ? { problem } : {}),
  };
}
