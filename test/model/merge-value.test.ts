/**
 * Two sites whose messages are lost, doubled, reordered and late, whose clocks differ, whose Jira changes
 * what it is given, and whose users edit while a message is being applied: at rest both have the same
 * value, and every value that somebody else's change replaced unseen is in the history.
 */
import fc from 'fast-check';
import {
  acknowledge,
  observe,
  receive,
  written,
  type AliasState,
} from '../../src/sync/alias-state';
import type { ConflictPolicy, Provenance } from '../../src/sync/merge-value';
import { hasSeen, sameDot } from '../../src/sync/version';

const SITES = ['a', 'b'] as const;
type SiteName = (typeof SITES)[number];
const otherOf = (site: SiteName): SiteName => (site === 'a' ? 'b' : 'a');

interface Message extends Provenance {
  to: SiteName;
  value: string;
}
interface Result {
  to: SiteName;
  version: Provenance['version'];
}

/** Site `b` cannot keep what it is given: its Jira stores capitals, four at most. */
const stores: Record<SiteName, (value: string) => string> = {
  a: (value) => value,
  b: (value) => value.toUpperCase().slice(0, 4),
};

class LocalSite {
  jira: { value: string; changedAt: number };
  state: AliasState;
  /** What lost here: the value, and the change that had made it. */
  readonly history: { value: string; change: string }[] = [];

  constructor(readonly name: SiteName) {
    const value = stores[name]('start');
    this.jira = { value, changedAt: 0 };
    const dot = { site: 'a', n: 1 };
    this.state = { version: { a: 1 }, dot, stamp: 1, mine: value, dirty: false };
  }

  edit(value: string, now: number): void {
    this.jira = { value: stores[this.name](value), changedAt: now };
  }

  look(): void {
    this.state = observe(
      this.state,
      { hash: this.jira.value, changedAt: this.jira.changedAt },
      this.name,
    );
  }
}

class World {
  now = 1_000;
  readonly sites = { a: new LocalSite('a'), b: new LocalSite('b') };
  readonly messages: Message[] = [];
  readonly results: Result[] = [];

  constructor(
    readonly policy: ConflictPolicy,
    readonly skewMs: number,
  ) {}

  clockOf(site: SiteName): number {
    return this.now + (site === 'b' ? this.skewMs : 0);
  }

  edit(site: SiteName, value: string): void {
    this.sites[site].edit(value, this.clockOf(site));
  }

  send(from: SiteName): void {
    const site = this.sites[from];
    site.look();
    if (!site.state.dirty) return;
    const { version, dot, stamp } = site.state;
    this.messages.push({ to: otherOf(from), value: site.jira.value, version, dot, stamp });
  }

  /** @param race what a user of the receiving site types between the read and the write */
  apply(message: Message, race?: string): void {
    const site = this.sites[message.to];
    site.look();
    const before = { value: site.jira.value, state: site.state };
    const received = receive(site.state, message, this.policy);
    if (received.lost) {
      const loser = received.kind === 'take' ? before.state : message;
      const value = received.kind === 'take' ? before.value : message.value;
      site.history.push({ value, change: `${loser.dot.site}${loser.dot.n}` });
    }
    site.state = received.state;
    if (received.kind === 'take') {
      if (race !== undefined) this.edit(message.to, race);
      const overwritten = site.jira;
      this.write(site, message.value);
      // Jira's answer says what the write replaced: not what was read.
      if (overwritten.value !== before.value)
        this.undoUnseen(site, before.state, overwritten, message);
    }
    this.results.push({ to: otherOf(message.to), version: site.state.version });
  }

  deliverResult({ to, version }: Result): void {
    this.sites[to].state = acknowledge(this.sites[to].state, { version });
  }

  private write(site: LocalSite, value: string): void {
    site.edit(value, this.clockOf(site.name));
    site.state = written(site.state, site.jira.value);
  }

  /** A user's change that our write has replaced: it counts as made before, and the two are merged again. */
  private undoUnseen(
    site: LocalSite,
    before: AliasState,
    user: LocalSite['jira'],
    message: Message,
  ): void {
    const seen = observe(before, { hash: user.value, changedAt: user.changedAt }, site.name);
    const again = receive(seen, message, this.policy);
    site.state = { ...again.state, mine: site.jira.value };
    if (again.kind === 'keep') this.write(site, user.value);
    else site.history.push({ value: user.value, change: `${seen.dot.site}${seen.dot.n}` });
  }
}

type Step = (world: World) => void;

const value = fc.string({ unit: fc.constantFrom('x', 'y', 'z'), minLength: 1, maxLength: 6 });
const site = fc.constantFrom(...SITES);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(site, value).map(
    ([at, text]) =>
      (world: World) =>
        world.edit(at, text),
  ),
  site.map((at) => (world: World) => world.send(at)),
  // A message may come any number of times: only `forget` ends it.
  fc
    .tuple(fc.nat(), fc.option(value, { nil: undefined, freq: 4 }))
    .map(([pick, race]) => (world: World) => {
      const message = world.messages[pick % Math.max(1, world.messages.length)];
      if (message) world.apply(message, race);
    }),
  fc.nat().map((pick) => (world: World) => {
    const result = world.results[pick % Math.max(1, world.results.length)];
    if (result) world.deliverResult(result);
  }),
  fc.nat().map((pick) => (world: World) => {
    world.messages.splice(pick % Math.max(1, world.messages.length), 1);
  }),
  fc.integer({ min: 1, max: 90_000 }).map((ms) => (world: World) => {
    world.now += ms;
  }),
);

/** Long enough for one change to lose, another to be late, and a third to meet both. */
const story = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' });

const policy: fc.Arbitrary<ConflictPolicy> = fc.constantFrom(
  { kind: 'newest' },
  { kind: 'site', site: 'a' },
  { kind: 'site', site: 'b' },
);

/** No fault any more: each side sends what it has until nobody has anything. */
function rest(world: World): void {
  for (let round = 0; round < 6; round += 1) {
    for (const name of SITES) {
      world.send(name);
      for (const message of world.messages.splice(0)) world.apply(message);
      for (const result of world.results.splice(0)) world.deliverResult(result);
    }
  }
}

test('at rest both sides have the same value, whatever happened on the way', () => {
  fc.assert(
    fc.property(
      policy,
      fc.integer({ min: -120_000, max: 120_000 }),
      story,
      (agreed, skewMs, steps) => {
        const world = new World(agreed, skewMs);
        for (const run of steps) run(world);
        rest(world);
        const { a, b } = world.sites;
        expect([a.state.dirty, b.state.dirty]).toEqual([false, false]);
        expect(a.state.dot).toEqual(b.state.dot);
        const author = a.state.dot.site === 'a' ? a : b;
        const reader = author === a ? b : a;
        expect(reader.jira.value).toBe(stores[reader.name](author.jira.value));
      },
    ),
    { numRuns: 3_000 },
  );
});

test('at rest nothing is sent any more', () => {
  fc.assert(
    fc.property(policy, story, (agreed, steps) => {
      const world = new World(agreed, 0);
      for (const run of steps) run(world);
      rest(world);
      for (const name of SITES) world.send(name);
      expect(world.messages).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

test('a change loses once, however often its message comes', () => {
  fc.assert(
    fc.property(policy, story, (agreed, steps) => {
      const world = new World(agreed, 0);
      for (const run of steps) run(world);
      for (const name of SITES) {
        const changes = world.sites[name].history.map(({ change }) => change);
        expect(changes).toEqual([...new Set(changes)]);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a value that was replaced by somebody who had not seen it is in the history', () => {
  fc.assert(
    fc.property(policy, story, (agreed, steps) => {
      const world = new World(agreed, 0);
      const replaced: [site: LocalSite, value: string][] = [];
      const apply = world.apply.bind(world);
      world.apply = (message, race) => {
        const receiver = world.sites[message.to];
        receiver.look();
        const { value: old } = receiver.jira;
        const { dot } = receiver.state;
        apply(message, race);
        if (race !== undefined && receiver.jira.value !== stores[receiver.name](race)) return;
        const isReplaced = !sameDot(receiver.state.dot, dot);
        if (isReplaced && !hasSeen(message.version, dot)) replaced.push([receiver, old]);
      };
      for (const run of steps) run(world);
      rest(world);
      for (const [receiver, old] of replaced) {
        expect(receiver.history.map(({ value: kept }) => kept)).toContain(old);
      }
    }),
    { numRuns: 1_000 },
  );
});
