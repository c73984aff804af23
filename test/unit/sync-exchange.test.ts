/** The endpoint's side of `exchange`: what it takes from a remote that it knows, and whose it is. */
import { exchangeRequestSchema } from '../../src/sync/exchange-schema';
import { newRow } from '../../src/sync/outbox';
import { answerTo, expectNothingSpoils } from '../support/sync-endpoint';
import { CONTRACT, syncWorld } from '../support/sync-world';
import { EXCHANGE, HERE } from '../support/wire-endpoint';

const dot = { site: 'there', n: 1 };
const value = {
  kind: 'value',
  value: { form: 'text', text: 'Hello' },
  version: { there: 1 },
  dot,
  stamp: 1_767_603_600_000,
};
const labels = { kind: 'set', version: { there: 1 }, elements: { constructor: [dot] } };
const paragraph = { type: 'paragraph', content: [{ type: 'text', text: 'Well?' }] };
const message = {
  issue: '10',
  token: 'their-token',
  contract: { id: 'their-contract', name: CONTRACT.name },
  policy: 'newest',
  origin: { site: 'there', issue: '10' },
  path: ['there'],
  aliases: { summary: value, labels },
  comments: [
    { id: '1', n: 1, body: { type: 'doc', version: 1, content: [paragraph] }, author: 'A', at: 1 },
    { id: '2', n: 2, isGone: true },
  ],
};
const result = {
  issue: '77',
  token: 'our-token',
  result: {
    outcome: 'done',
    twin: '10',
    aliases: { summary: { outcome: 'applied', version: {} } },
  },
};
const request = { ...EXCHANGE, results: [result], messages: [message], want: 5 };

test('a message of a known form is answered in its place', async () => {
  const { status, payload } = await answerTo(request, syncWorld());
  expect(status).toBe(200);
  // The Jira of these tests never answers.
  expect(payload).toMatchObject({
    results: [{ outcome: 'deferred', reason: 'unavailable' }],
    messages: [],
    more: false,
    mode: 'active',
  });
});

test.each([
  ['contract', { contract: { id: 'x', name: 'Another' } }, { reason: 'no-contract' }],
  ['winner of conflicts', { policy: 'there' }, { reason: 'policy' }],
])('a message of another %s is kept by the sender', async (_what, change, expected) => {
  const world = syncWorld();
  const { payload } = await answerTo({ ...request, messages: [{ ...message, ...change }] }, world);
  expect(payload).toMatchObject({ results: [{ outcome: 'deferred', ...expected }] });
  expect(world.writes).toEqual([]);
});

test('a contract that belongs to another one of the remote says so: ours may have been made anew', async () => {
  const world = syncWorld({ remote: 'their-contract' });
  const anew = { ...message, contract: { ...message.contract, id: 'made-anew' } };
  const { payload } = await answerTo({ ...request, messages: [anew] }, world);
  expect(payload).toMatchObject({ results: [{ outcome: 'deferred', reason: 'bound-elsewhere' }] });
  expect(world.writes).toEqual([]);
});

test.each<[string, { origin?: object; path?: string[] }]>([
  ['that another site has sent', { path: ['there', 'elsewhere'] }],
  ['that did not begin where it is from', { path: ['elsewhere', 'there'] }],
  ['of another issue of the sender', { origin: { site: 'there', issue: '11' } }],
  ['of ours, that we have not passed on', { origin: { site: HERE, issue: '11' } }],
])('an issue %s is refused, and nothing is done', async (_what, change) => {
  const world = syncWorld();
  const { payload } = await answerTo({ ...request, messages: [{ ...message, ...change }] }, world);
  expect(payload).toMatchObject({ results: [{ outcome: 'failed', code: 'origin' }] });
  expect(world.writes).toEqual([]);
});

test('a contract that only sends takes nothing, and says so', async () => {
  const world = syncWorld({ direction: 'send' });
  const { payload } = await answerTo(request, world);
  expect(payload).toMatchObject({ results: [{ outcome: 'failed', code: 'only-sends' }] });
});

test('the names of what every object inherits are refused as names, and harmless as elements', async () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
    const aliases = { [name]: value };
    const changed = { ...request, messages: [{ ...message, aliases }] };
    expect((await answerTo(changed, syncWorld())).status).toBe(400);
  }
  const proto = JSON.stringify(request).replace('"summary":', '"__proto__":');
  expect([200, 400]).toContain((await answerTo(proto, syncWorld())).status);
  expect(({} as Record<string, unknown>).kind).toBeUndefined();
});

test('whatever stands in the place of a part: refused without any effect, or dealt with, never thrown at', () =>
  expectNothingSpoils(request, 1_500));

test('a key of one connection reaches nothing of another', async () => {
  const world = syncWorld();
  const place = { connection: 'c-2', contract: CONTRACT.id, issue: '77' };
  const row = { ...newRow(place, world.ports.sources), token: 'our-token' };
  await world.ports.store.put('outbox', 'c-2:77', row);
  world.writes.length = 0;
  const { status, payload } = await answerTo(request, world);
  expect(status).toBe(200);
  expect(payload).toMatchObject({ messages: [] });
  expect(await world.ports.store.find('outbox', 'c-2:77')).toEqual(row);
  expect(world.writes.filter((key) => !key.includes('c-1') && !key.startsWith('origin'))).toEqual(
    [],
  );
});

test('nothing to do costs one query, and no read', async () => {
  const world = syncWorld();
  await answerTo({ ...EXCHANGE, want: 20 }, world);
  expect(world.calls).toEqual(['due']);
});

test('where an issue stands is bounded, and may be missing', () => {
  const takes = (parts: object) => {
    const asked = { ...request, messages: [{ ...message, ...parts }], results: [] };
    const told = { ...result, result: { ...result.result, ...parts } };
    const both = [asked, { ...request, messages: [], results: [told] }];
    return both.map((one) => exchangeRequestSchema.safeParse(one).success);
  };
  const standing = { key: 'DEMO-1', status: 'Done', at: 1 };
  for (const parts of [{}, { standing }, { shown: {} }, { standing, shown: { key: 'A-1' } }]) {
    expect(takes(parts)).toEqual([true, true]);
  }
  for (const wrong of [
    { standing: { ...standing, key: '' } },
    { standing: { ...standing, key: 'X'.repeat(65) } },
    { standing: { ...standing, status: 'X'.repeat(256) } },
    { standing: { ...standing, at: 'now' } },
    { standing: { ...standing, at: Number.MAX_VALUE } },
    { standing: { status: 'Done', at: 1 } },
    { shown: { key: 1 } },
    { shown: 'DEMO-1' },
  ]) {
    expect(takes(wrong)).toEqual([false, false]);
  }
});
