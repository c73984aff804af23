/** Sets on two sites, with messages lost, doubled and reordered: at rest equal, and nobody's addition gone. */
import fc from 'fast-check';
import {
  changeElements,
  elementsOf,
  mergeElements,
  NO_ELEMENTS,
  type ElementSet,
} from '../../src/sync/merge-elements';

const SITES = ['a', 'b'] as const;
type SiteName = (typeof SITES)[number];

type Step =
  | { kind: 'edit'; site: SiteName; add: string[]; remove: string[] }
  | { kind: 'send'; from: SiteName }
  | { kind: 'deliver'; pick: number };

const site = fc.constantFrom(...SITES);
const names = fc.uniqueArray(fc.constantFrom('blue', 'green', 'red', 'toString'), { maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), site, add: names, remove: names }),
  fc.record({ kind: fc.constant('send' as const), from: site }),
  fc.record({ kind: fc.constant('deliver' as const), pick: fc.nat() }),
);

class World {
  readonly sets: Record<SiteName, ElementSet> = {
    a: NO_ELEMENTS,
    b: NO_ELEMENTS,
  };
  readonly sent: { to: SiteName; set: ElementSet }[] = [];

  run(todo: Step): void {
    if (todo.kind === 'edit') {
      const now = new Set(elementsOf(this.sets[todo.site]));
      for (const name of todo.remove) now.delete(name);
      for (const name of todo.add) now.add(name);
      this.sets[todo.site] = changeElements(this.sets[todo.site], todo.site, [...now]);
    } else if (todo.kind === 'send') {
      this.sent.push({ to: todo.from === 'a' ? 'b' : 'a', set: this.sets[todo.from] });
    } else {
      const message = this.sent[todo.pick % Math.max(1, this.sent.length)];
      if (message) this.deliver(message.to, message.set);
    }
  }

  deliver(to: SiteName, set: ElementSet): ReturnType<typeof mergeElements> {
    const result = mergeElements(this.sets[to], set);
    this.sets[to] = result.merged;
    return result;
  }
}

test('at rest both sides have the same elements, and one more message changes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 50, size: 'max' }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
      world.deliver('b', world.sets.a);
      world.deliver('a', world.sets.b);
      expect(world.sets.a).toEqual(world.sets.b);
      expect(world.deliver('b', world.sets.a)).toMatchObject({
        add: [],
        remove: [],
        remoteDiffers: false,
      });
    }),
    { numRuns: 3_000 },
  );
});

test('two who each add an element at the same time get both; who removes removes only what was seen', () => {
  let a = changeElements(NO_ELEMENTS, 'a', ['old', 'shared']);
  let b = mergeElements(NO_ELEMENTS, a).merged;
  a = changeElements(a, 'a', ['shared', 'from-a']);
  b = changeElements(b, 'b', ['old', 'shared', 'from-b']);
  const atB = mergeElements(b, a);
  expect(atB).toMatchObject({ add: ['from-a'], remove: ['old'], remoteDiffers: true });
  expect(elementsOf(atB.merged)).toEqual(['from-a', 'from-b', 'shared']);
});

test('an element that is added again while it is removed elsewhere stays', () => {
  const a = changeElements(NO_ELEMENTS, 'a', ['x']);
  const b = mergeElements(NO_ELEMENTS, a).merged;
  const readded = changeElements(changeElements(a, 'a', []), 'a', ['x']);
  const removed = changeElements(b, 'b', []);
  expect(elementsOf(mergeElements(removed, readded).merged)).toEqual(['x']);
  expect(elementsOf(mergeElements(readded, removed).merged)).toEqual(['x']);
});

test('a set that is late adds nothing that was removed since', () => {
  const old = changeElements(NO_ELEMENTS, 'a', ['x', 'y']);
  const b = changeElements(mergeElements(NO_ELEMENTS, old).merged, 'b', ['y']);
  const now = mergeElements(old, b).merged;
  expect(mergeElements(now, old)).toMatchObject({ add: [], remove: [], remoteDiffers: true });
  expect(mergeElements(b, old)).toMatchObject({ add: [], remove: [] });
});
