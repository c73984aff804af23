/** One alias of one link: what each step of it means. The races are in `test/model`. */
import {
  acknowledge,
  observe,
  receive,
  written,
  type AliasState,
} from '../../src/sync/alias-state';
import type { Provenance } from '../../src/sync/merge-value';
import { covers, hasSeen, joinVersions, nextChange } from '../../src/sync/version';

const NEWEST = { kind: 'newest' } as const;

const state = (changes: Partial<AliasState> = {}): AliasState => ({
  version: { here: 3, there: 2 },
  dot: { site: 'there', n: 2 },
  stamp: 1_000,
  mine: 'hash-1',
  dirty: false,
  ...changes,
});

const remote = (changes: Partial<Provenance> = {}): Provenance => ({
  version: { here: 3, there: 3 },
  dot: { site: 'there', n: 3 },
  stamp: 2_000,
  ...changes,
});

describe('a look at our Jira', () => {
  test('what is as we know it is no change, whoever is said to have made it', () => {
    const known = state();
    expect(observe(known, { hash: 'hash-1', changedAt: 9_000 }, 'here')).toBe(known);
  });

  test('what differs is our next change, and waits to be sent', () => {
    expect(observe(state(), { hash: 'hash-2', changedAt: 5_000 }, 'here')).toEqual({
      version: { here: 4, there: 2 },
      dot: { site: 'here', n: 4 },
      stamp: 5_000,
      mine: 'hash-2',
      dirty: true,
    });
  });

  test('a change is later than all that it has seen, however wrong the clocks are', () => {
    const seen = state({ stamp: 90_000 });
    expect(observe(seen, { hash: 'hash-2', changedAt: 5_000 }, 'here').stamp).toBe(90_001);
  });

  test('what the dedicated Local User did by hand is absorbed', () => {
    const absorbed = observe(state(), { hash: 'x', changedAt: 5_000, isAbsorbed: true }, 'here');
    expect(absorbed).toEqual(state({ mine: 'x' }));
  });
});

describe('a value that comes', () => {
  test('one that has seen ours is taken, and is not sent back', () => {
    const ours = observe(state(), { hash: 'hash-2', changedAt: 1_500 }, 'here');
    const theirs = remote({ version: { here: 4, there: 3 } });
    const { kind, lost, state: after } = receive(ours, theirs, NEWEST);
    expect({ kind, lost }).toEqual({ kind: 'take', lost: false });
    expect(written(after, 'read-back')).toEqual({ ...theirs, mine: 'read-back', dirty: false });
  });

  test('one that ours has seen is late, and changes nothing', () => {
    const late = remote({ version: { here: 2, there: 2 }, dot: { site: 'there', n: 2 } });
    const ours = observe(state(), { hash: 'hash-2', changedAt: 1_500 }, 'here');
    expect(receive(ours, late, NEWEST)).toEqual({ kind: 'unchanged', lost: false, state: ours });
  });

  test('of two made at the same time the newer stays, and the other is told as lost', () => {
    const ours = observe(state(), { hash: 'hash-2', changedAt: 1_500 }, 'here');
    expect(receive(ours, remote({ stamp: 2_000 }), NEWEST)).toMatchObject({
      kind: 'take',
      lost: true,
      state: { dot: { site: 'there', n: 3 }, version: { here: 4, there: 3 }, dirty: false },
    });
    expect(receive(ours, remote({ stamp: 1_400 }), NEWEST)).toMatchObject({
      kind: 'keep',
      lost: true,
      state: { dot: { site: 'here', n: 4 }, version: { here: 4, there: 3 }, dirty: true },
    });
  });

  test('of two with the same stamp both sides choose the same', () => {
    const ours = observe(state(), { hash: 'hash-2', changedAt: 2_000 }, 'here');
    const theirs = remote({ stamp: 2_000 });
    const here = receive(ours, theirs, NEWEST);
    const there = receive({ ...theirs, mine: 'x', dirty: true }, ours, NEWEST);
    expect(here.state.dot).toEqual(there.state.dot);
    expect(here.state.version).toEqual(there.state.version);
  });

  test('where the pair prefers a site, that one stays, even if it is older', () => {
    const ours = observe(state(), { hash: 'hash-2', changedAt: 1_500 }, 'here');
    const theirs = remote({ stamp: 9_000 });
    expect(receive(ours, theirs, { kind: 'site', site: 'here' }).kind).toBe('keep');
    expect(receive(ours, theirs, { kind: 'site', site: 'there' }).kind).toBe('take');
    expect(receive(ours, theirs, { kind: 'site', site: 'elsewhere' }).kind).toBe('take');
  });

  test('our own change, come back before its result, has been seen', () => {
    const ours = observe(state(), { hash: 'hash-2', changedAt: 1_500 }, 'here');
    const { dot, stamp } = ours;
    const echo = { version: { here: 4, there: 5 }, dot, stamp };
    expect(receive(ours, echo, NEWEST)).toMatchObject({
      kind: 'unchanged',
      state: { dirty: false, version: { here: 4, there: 5 } },
    });
  });

  test('a side that is clean sends again what a remote, restored from a backup, has not seen', () => {
    const ours = state({ version: { here: 9, there: 2 }, dot: { site: 'here', n: 9 } });
    const restored = remote({ version: { here: 3, there: 3 }, stamp: 500 });
    expect(receive(ours, restored, NEWEST)).toMatchObject({ kind: 'keep', state: { dirty: true } });
  });
});

describe('a result', () => {
  const ours = observe(state(), { hash: 'hash-2', changedAt: 1_500 }, 'here');

  test('of a remote that has seen our change ends the sending', () => {
    expect(acknowledge(ours, { version: { here: 4, there: 7 } }).dirty).toBe(false);
  });

  test('of a remote that has seen an older one does not', () => {
    expect(acknowledge(ours, { version: { here: 3, there: 7 } })).toBe(ours);
  });
});

describe('versions', () => {
  test('a site may be called what every object has', () => {
    expect(hasSeen({}, { site: 'constructor', n: 1 })).toBe(false);
    expect(nextChange({}, 'toString')).toEqual({
      version: { toString: 1 },
      dot: { site: 'toString', n: 1 },
    });
  });

  test('a version covers what it includes', () => {
    const joined = joinVersions({ here: 3 }, { here: 1, there: 2 });
    expect(joined).toEqual({ here: 3, there: 2 });
    expect(covers(joined, { there: 2 })).toBe(true);
    expect(covers({ here: 3 }, joined)).toBe(false);
  });
});
