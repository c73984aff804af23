/** What an app may declare of custom entities: what Forge refuses at lint or deployment is refused here too. */
import { entitiesSchema } from '../../sandbox/forge/manifest-entities';

const attributes = { a: { type: 'string' }, b: { type: 'string' }, free: { type: 'any' } };
const index = (change: object = {}) => ({ name: 'by-a', range: ['a'], ...change });
const entity = (change: object = {}) => ({ name: 'thing', attributes, ...change });

const named = (count: number) =>
  Array.from({ length: count }, (_, at) => entity({ name: `thing-${at}` }));
const manyAttributes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, { type: 'string' }]));
const manyIndexes = (count: number) =>
  Array.from({ length: count }, (_, at) => index({ name: `by-a-${at}` }));

const problemsOf = (entities: unknown): string =>
  entitiesSchema.safeParse(entities).error?.message ?? '';

test.each<[string, unknown[]]>([
  ['an index by an attribute', [entity({ indexes: ['a'] })]],
  ['an index of a name of its own', [entity({ indexes: [index({ partition: ['b'] })] })]],
  ['names of 3 and 60 characters', [entity({ name: 'abc' }), entity({ name: 'x'.repeat(60) })]],
  ['20 entities', named(20)],
  ['50 attributes', [entity({ attributes: manyAttributes(50) })]],
  ['7 indexes', [entity({ indexes: manyIndexes(7) })]],
  [
    'an attribute name of 30 characters',
    [entity({ attributes: { ['a'.repeat(30)]: { type: 'any' } } })],
  ],
  ['an index name of 50 characters', [entity({ indexes: [index({ name: 'x'.repeat(50) })] })]],
])('%s', (_what, entities) => {
  expect(problemsOf(entities)).toBe('');
});

test.each<[string, unknown[], RegExp]>([
  ['21 entities', named(21), /at most 20/],
  ['an entity twice', [entity(), entity()], /unique/],
  ['51 attributes', [entity({ attributes: manyAttributes(51) })], /at most 50/],
  ['8 indexes', [entity({ indexes: manyIndexes(8) })], /7/],
  ['a name of 2 characters', [entity({ name: 'ab' })], /name/],
  ['a name of 61 characters', [entity({ name: 'x'.repeat(61) })], /name/],
  ['a name with capitals', [entity({ name: 'Thing' })], /name/],
  ['a type that is none', [entity({ attributes: { a: { type: 'date' } } })], /type/],
  [
    'an attribute name of 31 characters',
    [entity({ attributes: { ['a'.repeat(31)]: { type: 'any' } } })],
    /attributes/,
  ],
  [
    'two range attributes',
    [entity({ indexes: [index({ range: ['a', 'b'] })] })],
    /exactly one range/,
  ],
  ['no range attribute', [entity({ indexes: [index({ range: [] })] })], /exactly one range/],
  ['an index name of 2 characters', [entity({ indexes: [index({ name: 'ba' })] })], /index/i],
  [
    'an index name of 51 characters',
    [entity({ indexes: [index({ name: 'x'.repeat(51) })] })],
    /index/i,
  ],
  ['an index name with a space', [entity({ indexes: [index({ name: 'by a' })] })], /index/i],
  ['the reserved index', [entity({ indexes: [index({ name: 'by-key' })] })], /reserved/],
  ['an index name twice', [entity({ indexes: [index(), index()] })], /unique/],
  ['an index by what is no attribute', [entity({ indexes: ['gone'] })], /no attribute/],
  [
    'a partition by what is no attribute',
    [entity({ indexes: [index({ partition: ['gone'] })] })],
    /no attribute/,
  ],
  ['an index by anything', [entity({ indexes: ['free'] })], /type any/],
])('%s is refused', (_what, entities, message) => {
  expect(problemsOf(entities)).toMatch(message);
});
