/**
 * The engine on two and three sites, its functions interleaved at every call of a port and ended at any of
 * them, answers lost, events late and doubled: at rest there is one twin of each issue, twins are equal, and
 * whatever lost a conflict is in the history.
 */
import { LAST_STATUS } from './support/model-jira';
import { ModelWorld, type Faults } from './support/model-world';

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

const SEEDS = Number(process.env.MODEL_SEEDS ?? 50);
const FIRST_SEED = Number(process.env.MODEL_FIRST_SEED ?? 1);

const FAULTS: Record<string, Faults> = {
  none: { kill: 0, pause: 0.02, lose: 0, duplicate: 0 },
  all: { kill: 0.03, pause: 0.05, lose: 0.15, duplicate: 0.2 },
};

/** Values that users have typed, and what has become of them. */
interface Story {
  world: ModelWorld;
  /** Typed, and neither replaced by a user who saw it nor known to be lost. */
  open: Set<string>;
  /** Value → the site where it was typed. */
  typedAt: Map<string, string>;
}

async function play(seed: number, topology: string, faults: Faults): Promise<Story> {
  const world = new ModelWorld(seed, { ...faults }, TOPOLOGIES[topology] ?? [], 30_000);
  const { scheduler } = world;
  const open = new Set<string>();
  let typed = 0;
  const typedAt = new Map<string, string>();
  const type = (site: string): string => {
    typed += 1;
    const value = `t${typed}`;
    open.add(value);
    typedAt.set(value, site);
    return value;
  };
  for (let count = 0; count < 2; count += 1) {
    const name = scheduler.pick(world.names());
    world.at(name).jira.userCreates(type(name), ['start']);
  }
  for (let step = 0; step < 14; step += 1) {
    await scheduler.someTurns();
    const name = scheduler.pick(world.names());
    const { jira } = world.at(name);
    const ids = [...jira.issues.keys()];
    if (ids.length === 0) continue;
    const id = scheduler.pick(ids);
    switch (scheduler.pick(['summary', 'summary', 'labels', 'status', 'comment', 'comment edit'])) {
      case 'summary': {
        open.delete(jira.issue(id).summary.toLowerCase());
        const summary = type(name);
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
  return { world, open, typedAt };
}

function check({ world, open, typedAt }: Story): void {
  expect(world.errors.slice(0, 1)).toEqual([]);
  expect(world.waiting()).toBe(0);
  const issues = world
    .names()
    .flatMap((name) => [...world.at(name).jira.issues.values()].map((issue) => ({ name, issue })));
  const originOf = ({ issue }: (typeof issues)[number]): string =>
    issue.passed ? issue.passed.origin.issue : issue.id;
  const origins = [...new Set(issues.map(originOf))];
  for (const origin of origins) {
    const twins = issues.filter((one) => originOf(one) === origin);
    expect(twins.map(({ name }) => name).sort()).toEqual(world.names().sort());
    expect(new Set(twins.map(({ issue }) => issue.summary.toLowerCase())).size).toBe(1);
    expect(new Set(twins.map(({ issue }) => [...issue.labels].sort().join())).size).toBe(1);
    expect(new Set(twins.map(({ issue }) => issue.status)).size).toBe(1);
    const texts = twins.map(({ issue }) => issue.comments.map(({ text }) => text).sort());
    expect(texts.slice(1)).toEqual(texts.slice(1).map(() => texts[0]));
    open.delete(twins[0]?.issue.summary.toLowerCase() ?? '');
  }
  for (const name of world.names()) {
    for (const { value } of world.at(name).store.all('history')) {
      open.delete(String(JSON.parse(value)).toLowerCase());
    }
  }
  expect([...open]).toEqual([]);
  // Between two sites nobody passes on what another has made: a value's author is where it was typed.
  if (world.names().length > 2) return;
  for (const name of world.names()) {
    for (const { issue, aliases } of world.at(name).store.all('link')) {
      const { summary } = aliases;
      const typed = typedAt.get(world.at(name).jira.issue(issue).summary.toLowerCase());
      expect(summary).toMatchObject({ dot: { site: typed } });
    }
  }
}

describe.each(Object.keys(TOPOLOGIES))('%s', (topology) => {
  test.each(Object.keys(FAULTS))(
    'with faults: %s',
    async (kind) => {
      for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
        const story = await play(seed, topology, FAULTS[kind] as Faults);
        try {
          check(story);
        } catch (error) {
          throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
        }
      }
    },
    3_600_000,
  );
});
