/** `describe`: what each side tells of its contracts, to whom, and what both make of it. */
import { compareContract } from '../../src/contract/compare';
import { describeContract, type ContractDescription } from '../../src/contract/description';
import { counterpartOf, pairOf } from '../../src/contract/pair';
import { answerTo, expectNothingSpoils } from '../support/sync-endpoint';
import { CONTRACT, syncWorld } from '../support/sync-world';
import { HERE, PING, REMOTE } from '../support/wire-endpoint';

type Field = ContractDescription['fields'][number];

const field = (alias: string, changes: Partial<Field> = {}): Field => ({
  alias,
  name: alias,
  kind: 'text',
  required: false,
  readOnly: false,
  direction: 'both',
  ...changes,
});

const told = (changes: Partial<ContractDescription> = {}): ContractDescription => ({
  ...describeContract(CONTRACT, 'newest'),
  id: 'theirs',
  fields: [field('summary'), field('labels', { kind: 'labels' })],
  ...changes,
});

const request = { ...PING, op: 'describe', contracts: [told()] };

describe('the endpoint', () => {
  test('tells of the contracts of this connection, and keeps what it was told', async () => {
    const world = syncWorld();
    const { status, payload } = await answerTo(request, world);
    expect(status).toBe(200);
    expect(payload).toMatchObject({
      op: 'describe',
      contracts: [{ id: CONTRACT.id, name: CONTRACT.name, policy: 'newest', fields: [] }],
    });
    expect(world.facts.get('told:c-1')).toMatchObject({ contracts: request.contracts });
    expect(world.met).toEqual([
      { contract: CONTRACT.id, remote: 'theirs', pair: expect.any(Object) },
    ]);
  });

  test('a key of one connection reaches nothing of another', async () => {
    const world = syncWorld();
    world.contracts.set('c-2', [{ ...CONTRACT, id: 'secret-1', name: 'Secret' }]);
    const { payload } = await answerTo(request, world);
    expect(JSON.stringify(payload)).not.toMatch(/secret/i);
    expect([...world.facts.keys()]).toEqual(['told:c-1']);
    expect(world.writes).toEqual([]);
  });

  test('whatever stands in the place of a part: refused without any effect, or dealt with, never thrown at', () =>
    expectNothingSpoils(request, 500));

  test('what is too large to be kept is refused', async () => {
    const choices = Array.from({ length: 1_000 }, (_, at) => `${at}`.padEnd(250, 'x'));
    const contracts = [told({ fields: [field('summary', { choices })] })];
    expect((await answerTo({ ...request, contracts }, syncWorld())).status).toBe(400);
  });
});

describe('what the two agree on', () => {
  const here = (contract: ContractDescription) => ({ site: HERE, contract });
  const there = (contract: ContractDescription) => ({ site: REMOTE, contract });

  test('is the same, whoever finds it out', () => {
    const sides = [
      told(),
      told({ direction: 'send' }),
      told({ direction: 'receive', events: ['update'] }),
      told({ policy: HERE }),
      told({ fields: [field('summary', { direction: 'send' }), field('status')] }),
    ];
    for (const one of sides)
      for (const other of sides)
        expect(pairOf(here(one), there(other))).toEqual(pairOf(there(other), here(one)));
  });

  test('what stands behind an alias, and what only one side has, is none of it', () => {
    const before = pairOf(here(told()), there(told()));
    const changes: Partial<ContractDescription>[] = [
      { fields: [...told().fields, field('custom:team')] },
      { fields: told().fields.map((one) => ({ ...one, name: 'Otherwise', required: true })) },
      { name: 'Renamed', enabled: false, project: { key: 'X', name: 'X' }, issueTypes: [] },
    ];
    for (const change of changes) expect(pairOf(here(told(change)), there(told()))).toEqual(before);
  });

  test.each<[string, Partial<ContractDescription>]>([
    ['who wins', { policy: REMOTE }],
    ['what goes which way', { direction: 'send' }],
    ['whether edits are sent', { events: ['create'] }],
    ['how an alias is merged', { fields: [field('summary'), field('labels')] }],
  ])('%s is part of it', (_what, change) => {
    const before = pairOf(here(told()), there(told()));
    expect(pairOf(here(told(change)), there(told())).hash).not.toBe(before.hash);
  });

  test('aliases go both ways where both sides send and take them', () => {
    const aliasesOf = (change: Partial<ContractDescription>) =>
      pairOf(here(told(change)), there(told())).aliases;
    expect(aliasesOf({})).toEqual(['labels', 'summary']);
    expect(aliasesOf({ direction: 'send' })).toEqual([]);
    const fields = [
      field('summary', { direction: 'receive' }),
      field('labels', { kind: 'labels' }),
    ];
    expect(aliasesOf({ fields })).toEqual(['labels']);
  });
});

describe('which contract belongs to which', () => {
  const own = { id: 'a', name: 'Partner' };

  test('by name the first time, whatever the case; by id from then on', () => {
    const theirs = [{ id: 'x', name: 'PARTNER ' }];
    expect(counterpartOf(own, [own], theirs)?.id).toBe('x');
    const renamed = { ...own, remote: 'x', name: 'Otherwise' };
    expect(counterpartOf(renamed, [renamed], theirs)?.id).toBe('x');
  });

  test('one that belongs to another contract is none', () => {
    const theirs = [{ id: 'x', name: 'Partner' }];
    expect(counterpartOf(own, [own, { id: 'b', name: 'B', remote: 'x' }], theirs)).toBeUndefined();
    const taken = [{ id: 'x', name: 'Partner', remote: 'b' }];
    expect(counterpartOf(own, [own, { id: 'b', name: 'B' }], taken)).toBeUndefined();
  });

  test('where the one that it belonged to was removed, the next one of its name does', () => {
    const alone = { ...own, remote: 'removed' };
    expect(counterpartOf(alone, [alone], [{ id: 'x', name: 'Partner' }])?.id).toBe('x');
    const theirs = [{ id: 'x', name: 'Partner', remote: 'removed-here' }];
    expect(counterpartOf(own, [own], theirs)?.id).toBe('x');
  });
});

const BUGS = { issueTypes: [{ name: 'Bug', statuses: [] }] };

describe('what does not fit, in words', () => {
  const compare = (
    ours: Partial<ContractDescription>,
    theirs: Partial<ContractDescription>[] = [{}],
  ) => {
    const own = told({ id: 'ours', ...ours });
    return compareContract(own, [own], theirs.map(told), HERE).problems;
  };

  test('nothing, where they are alike', () => {
    expect(compare({})).toEqual([]);
    expect(compare({ policy: HERE }, [{ policy: HERE }])).toEqual([]);
    expect(compare({ direction: 'send' }, [{ direction: 'receive' }])).toEqual([]);
  });

  test.each<{
    words: RegExp;
    ours: Partial<ContractDescription>;
    theirs?: Partial<ContractDescription>[];
  }>([
    { words: /has no contract named “Demo”\. It has no contract on this/, ours: {}, theirs: [] },
    {
      words: /has no contract named “Demo”\. It has “Other”, “B”\./,
      ours: {},
      theirs: [{ name: 'Other' }, { name: 'B' }],
    },
    {
      words: /says that this site wins, the other one that the newest change does/,
      ours: { policy: HERE },
    },
    {
      words: /that the other site wins, the other one that this site does/,
      ours: { policy: REMOTE },
      theirs: [{ policy: HERE }],
    },
    {
      words: /Both contracts only send/,
      ours: { direction: 'send' },
      theirs: [{ direction: 'send' }],
    },
    {
      words: /Both contracts only receive/,
      ours: { direction: 'receive' },
      theirs: [{ direction: 'receive' }],
    },
    { words: /only this contract has: Bug\. /, ours: BUGS, theirs: [{ issueTypes: [] }] },
    {
      words: /only the contract of the other site has: Bug\. /,
      ours: { issueTypes: [] },
      theirs: [BUGS],
    },
    {
      words: /Fields that only this site has: a, b, c, d, e and 2 more\./,
      ours: { fields: ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => field(name)) },
      theirs: [{ fields: [] }],
    },
    { words: /Fields that only the other site has: summary, labels/, ours: { fields: [] } },
    {
      words: /labels holds one value \(text\) here and several \(label\) on/,
      ours: { fields: [field('summary'), field('labels')] },
    },
    {
      words: /summary holds date here and text on/,
      ours: { fields: [field('summary', { kind: 'date' })] },
    },
    {
      words: /summary: only this site has P0, only the other site has p1/,
      ours: { fields: [field('summary', { choices: ['P0', 'High'] })] },
      theirs: [{ fields: [field('summary', { choices: ['high', 'p1'] })] }],
    },
  ])('$words', ({ words, ours, theirs }) => {
    expect(compare(ours, theirs)).toContainEqual(expect.stringMatching(words));
  });
});
