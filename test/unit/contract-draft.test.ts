/** What is accepted of a contract’s draft, and which contracts cannot be enabled together. */
import { checkDraft, checkOverlap, jqlOf, type DraftFacts } from '../../src/contract/draft';
import type { ContractDraft } from '../../src/contract/draft';
import { DraftRefusal } from '../../src/contract/draft-refusal';
import type { Contract } from '../../src/contract/records';

const type = (id: string, name: string, isSubtask = false) => ({
  ...{ id, name, isSubtask, statuses: [] },
});

const [TASK, BUG, SUBTASK] = [type('1', 'Task'), type('2', 'Bug'), type('3', 'Sub-task', true)];

const DRAFT: ContractDraft = {
  connection: 'c',
  name: 'Demo',
  projectId: '10',
  issueTypeIds: [],
  events: ['create', 'update'],
  direction: 'both',
  policy: 'newest',
  internalComments: false,
  onRemoteDelete: 'keep',
};

const FACTS: DraftFacts = { issueTypes: [TASK, BUG, SUBTASK], jql: undefined };

const check = (changes: Partial<ContractDraft> = {}, facts: Partial<DraftFacts> = {}) =>
  checkDraft({ ...DRAFT, ...changes }, { ...FACTS, ...facts });

function accepted(...given: Parameters<typeof check>) {
  const result = check(...given);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.checked;
}

function codes(...given: Parameters<typeof check>): string[] {
  const result = check(...given);
  if (!('problems' in result)) throw new Error('It was accepted');
  return result.problems.map(({ field, code }) => `${field ?? ''}: ${code}`);
}

const NO_ERRORS = { errors: [], isOrdered: false };

describe('a draft', () => {
  test('without types stands for all but subtasks', () => {
    expect(accepted().issueTypes).toEqual([TASK, BUG]);
  });

  test('has the types that were chosen, in the order of the project, each once', () => {
    expect(accepted({ issueTypeIds: ['2', '1', '2'] }).issueTypes).toEqual([TASK, BUG]);
    expect(accepted({ issueTypeIds: ['2'] }).issueTypes).toEqual([BUG]);
  });

  test('keeps what else was chosen, each event once', () => {
    const chosen = {
      direction: 'receive',
      policy: 'there',
      onRemoteDelete: 'delete',
      internalComments: true,
    } as const;
    const checked = accepted({ ...chosen, events: ['delete', 'update', 'delete'] });
    expect(checked).toEqual({
      ...chosen,
      events: ['delete', 'update'],
      jql: undefined,
      issueTypes: [TASK, BUG],
    });
  });

  test('has its filter without the spaces around it; of spaces only there is none', () => {
    expect(accepted({ jql: ' labels = a \n' }, { jql: NO_ERRORS }).jql).toBe('labels = a');
    expect(accepted({ jql: ' \n ' }).jql).toBeUndefined();
  });

  test('has a filter of 2,000 characters at most, which Jira is not asked about', () => {
    const longest = 'x'.repeat(2_000);
    expect(jqlOf({ jql: ` ${longest} ` })).toBe(longest);
    expect(accepted({ jql: ` ${longest} ` }, { jql: NO_ERRORS }).jql).toBe(longest);
    expect(jqlOf({ jql: `${longest}x` })).toBeUndefined();
    expect(codes({ jql: `${longest}x` })).toEqual(['jql: too-long']);
  });

  test.each<[string[], ...Parameters<typeof check>]>([
    [['projectId: required'], { projectId: '', issueTypeIds: ['9'] }, { issueTypes: undefined }],
    [['projectId: project-unknown'], { issueTypeIds: ['1'] }, { issueTypes: undefined }],
    [['projectId: no-issue-types'], {}, { issueTypes: [SUBTASK] }],
    [['projectId: no-issue-types'], {}, { issueTypes: [] }],
    [['issueTypeIds: issue-type-unknown'], { issueTypeIds: ['1', '9'] }],
    [['issueTypeIds: issue-type-is-subtask'], { issueTypeIds: ['1', '3'] }],
    [
      ['issueTypeIds: issue-type-unknown', 'issueTypeIds: issue-type-is-subtask'],
      { issueTypeIds: ['3', '9'] },
    ],
    [['events: required'], { events: [] }],
    [['events: manual-only-excludes-create'], { events: ['manual-only', 'update', 'create'] }],
    [['jql: jql-ordered'], { jql: 'a' }, { jql: { errors: [], isOrdered: true } }],
    [['jql: jql-invalid'], { jql: 'a' }, { jql: { errors: ['No.'], isOrdered: true } }],
    [
      ['projectId: project-unknown', 'jql: jql-invalid', 'events: required'],
      { jql: 'a', events: [] },
      { issueTypes: undefined, jql: { errors: ['No.'], isOrdered: false } },
    ],
  ])('%j', (expected, ...given) => {
    expect(codes(...given)).toEqual(expected);
  });

  test('tells all that Jira has against its filter, in Jira’s words', () => {
    const result = check({ jql: 'a' }, { jql: { errors: ['No a.', 'No b.'], isOrdered: false } });
    expect(result).toMatchObject({ problems: [{ field: 'jql', message: 'No a. No b.' }] });
  });
});

const contract = (id: string, changes: Partial<Contract> = {}): Contract => ({
  id,
  name: id.toUpperCase(),
  enabled: true,
  direction: 'both',
  project: { id: '10', key: 'DEMO', name: 'Demo' },
  issueTypes: [TASK, BUG],
  events: ['update'],
  policy: 'newest',
  internalComments: false,
  onRemoteDelete: 'keep',
  mapping: [],
  fields: [],
  createdAt: '2026-01-05T09:00:00.000Z',
  ...changes,
});

describe('two contracts of a connection', () => {
  const overlap = (one: Contract, ...others: Contract[]) => {
    try {
      checkOverlap(one, others);
      return undefined;
    } catch (error) {
      if (!(error instanceof DraftRefusal)) throw error;
      return error.problems[0];
    }
  };

  test('cannot both have a type of a project: the other one and the type are named', () => {
    const [free, other] = [contract('b', { issueTypes: [TASK] }), contract('c')];
    const found = overlap(contract('a', { issueTypes: [BUG] }), free, other);
    expect(found).toMatchObject({ field: 'issueTypeIds', code: 'overlaps' });
    expect(found?.message).toContain('“C” is enabled and has Bug of DEMO');
  });

  test.each<[string, Contract, Contract]>([
    [
      'types that differ',
      contract('a', { issueTypes: [BUG] }),
      contract('b', { issueTypes: [TASK] }),
    ],
    [
      'a type of another project',
      contract('a'),
      contract('b', { project: { id: '11', key: 'OPS', name: 'Operations' } }),
    ],
    ['one that is disabled', contract('a', { enabled: false }), contract('b')],
    ['another one that is disabled', contract('a'), contract('b', { enabled: false })],
    ['what it was before itself', contract('a', { issueTypes: [BUG] }), contract('a')],
  ])('may have %s', (_, one, other) => {
    expect(overlap(one, other)).toBeUndefined();
  });

  test('overlap whatever their filters and directions say', () => {
    const one = contract('a', { jql: 'labels = a', direction: 'send' });
    expect(overlap(one, contract('b', { jql: 'labels = b', direction: 'receive' }))).toBeDefined();
  });
});
