/** The admin page: the contracts of a connection. */
import { CONNECTION, ok, openWith, refused } from '../support/admin-page';
import { settled, type ForgePage } from '../support/forge-doc';
import type { ContractComparison, ContractPreview, ContractView } from '../../src/entry/admin/api';

const CONTRACT: ContractView = {
  id: 'k1',
  connection: 'c1',
  name: 'Support',
  projectId: '10000',
  project: { key: 'SUP', name: 'Support desk' },
  issueTypeIds: [],
  issueTypes: [
    { id: '1', name: 'Bug' },
    { id: '2', name: 'Task' },
  ],
  events: ['create', 'update', 'comment', 'status'],
  direction: 'both',
  policy: 'newest',
  internalComments: false,
  onRemoteDelete: 'keep',
  screenDefaults: [],
  twinFieldNames: {},
  enabled: false,
  mapped: [
    { alias: 'summary', field: 'Summary', direction: 'both' },
    { alias: 'priority', field: 'Priority', direction: 'receive' },
  ],
  notMapped: [{ field: 'Sprint', reason: 'Sprints belong to one site.' }],
  bound: false,
  misfits: [],
  waiting: 0,
  failed: 0,
  reasons: [],
};

const PROJECTS = {
  projects: [
    { id: '10000', key: 'SUP', name: 'Support desk', issueTypes: CONTRACT.issueTypes },
    { id: '10001', key: 'DEV', name: 'Development', issueTypes: [{ id: '7', name: 'Story' }] },
  ],
};

const PREVIEW: ContractPreview = {
  count: 120,
  samples: [{ key: 'SUP-1', summary: 'It burns', issueType: 'Bug', status: 'Open' }],
  mapped: CONTRACT.mapped,
  notMapped: [
    { field: 'Sprint', reason: 'Sprints belong to one site.' },
    { field: 'Rank', reason: 'Its kind is not supported.' },
    { field: 'Flagged', reason: 'Its kind is not supported.' },
  ],
};

async function openContracts(...contracts: ContractView[]): Promise<ForgePage> {
  const page = await openWith(CONNECTION);
  page.press('contracts-c1');
  expect(await page.answer('contracts/list', ok(contracts))).toEqual({ connection: 'c1' });
  if (contracts.length > 0) await compared(page, { contracts });
  return page;
}

/** The page asks for a comparison by itself, wherever there is a contract. */
const compared = async (page: ForgePage, comparison: ContractComparison): Promise<void> => {
  expect(await page.answer('contracts/compare', ok(comparison))).toEqual({ connection: 'c1' });
};

async function openForm(...contracts: ContractView[]): Promise<ForgePage> {
  const page = await openContracts(...contracts);
  page.press(contracts.length === 0 ? 'new-contract' : 'edit-k1');
  expect(await page.answer('contracts/options', ok(PROJECTS))).toEqual({ connection: 'c1' });
  return page;
}

/** The form of a new contract with all that is required. */
async function openFilledForm(): Promise<ForgePage> {
  const page = await openForm();
  page.type('Name', 'Support');
  page.select('Project', '10000');
  const asked = await page.answer('contracts/choices', ok({ textFields: [], screens: [] }));
  expect(asked).toEqual({ connection: 'c1', projectId: '10000' });
  return page;
}

const DRAFT = {
  connection: 'c1',
  name: 'Support',
  projectId: '10000',
  issueTypeIds: [],
  events: ['create', 'update', 'comment', 'status'],
  direction: 'both',
  policy: 'newest',
  internalComments: false,
  onRemoteDelete: 'keep',
};

describe('the list', () => {
  test('says that it loads, then how two contracts meet, and leads back', async () => {
    const page = await openWith(CONNECTION);
    page.press('contracts-c1');
    await settled();
    expect(page.text()).toContain('Loading contracts');
    await page.answer('contracts/list', ok([]));
    expect(page.text()).not.toContain('Loading contracts');
    expect(page.textOf('contracts')).toContain('South');
    expect(page.textOf('no-contracts')).toContain('Enable it on both sites.');
    page.press('back');
    expect(page.textOf('connection-list')).toContain('South');
    expect(page.textOf('connection-list')).toContain('Contracts (0)');
  });

  test('says on the way back how many there are', async () => {
    const page = await openWith({ ...CONNECTION, contracts: 3 });
    expect(page.textOf('connection-list')).toContain('Contracts (3)');
    page.press('contracts-c1');
    await page.fail('contracts/list');
    page.press('back');
    expect(page.textOf('connection-list')).toContain('Contracts (3)');
    page.press('contracts-c1');
    await page.answer('contracts/list', ok([CONTRACT]));
    page.press('back');
    expect(page.textOf('connection-list')).toContain('Contracts (1)');
  });

  test('offers another try where it does not load', async () => {
    const page = await openWith(CONNECTION);
    page.press('contracts-c1');
    await page.fail('contracts/list');
    expect(page.textOf('failure')).toContain('The contracts could not be loaded');
    expect(page.has('no-contracts')).toBe(false);
    page.act('Try again');
    await page.answer('contracts/list', ok([CONTRACT]));
    expect(page.has('failure')).toBe(false);
    page.press('reload');
    await page.fail('contracts/list');
    expect(page.textOf('failure')).toContain('The list could not be refreshed');
    expect(page.textOf('contract-list')).toContain('Support desk');
  });

  test('shows all that is known of a contract', async () => {
    const page = await openContracts(CONTRACT, {
      ...CONTRACT,
      id: 'k2',
      name: 'Development',
      issueTypeIds: ['2'],
      issueTypes: [{ id: '2', name: 'Task' }],
      jql: 'labels = partner',
      direction: 'send',
      events: ['manual-only', 'delete'],
      enabled: true,
      bound: true,
      waiting: 3,
      failed: 12,
      reasons: [
        { reason: 'There is no priority of this name.', count: 9 },
        { reason: 'Required there: Team.', count: 2 },
        { reason: 'The other site is paused.', count: 2 },
        { reason: 'Too long.', count: 1 },
      ],
    });
    const list = page.textOf('contract-list').replaceAll('\n', ' ');
    for (const shown of [
      ...['Support desk', 'SUP', 'All issue types', 'Send and receive'],
      ...['New issues, Updates, Comments, Status', 'Disabled', 'Nothing waits'],
      ...['Not bound yet: a contract of this name on the other site binds it.'],
    ])
      expect(list).toContain(shown);
    for (const shown of [
      ...[
        'Development',
        'Task',
        'Filtered by JQL',
        'Send only',
        'New issues on request, Deletions',
      ],
      ...['Enabled', 'Bound to the contract of the other site', '12  failed', '3  waiting'],
      ...['9  ×  There is no priority of this name.', 'The other site is paused.'],
    ])
      expect(list.replaceAll(/ +/g, ' ')).toContain(shown.replaceAll(/ +/g, ' '));
    expect(list).not.toContain('Too long.');
    expect(list.replaceAll(/ +/g, ' ')).toContain('and 1 more reason');
    expect(page.has('retry-k1')).toBe(false);
  });

  test('enables, disables and tries again, once for each press, from the answer', async () => {
    const failing = { ...CONTRACT, enabled: true, failed: 1 };
    const page = await openContracts(CONTRACT);
    page.press('enable-k1');
    page.press('enable-k1');
    expect(await page.answer('contracts/enable', ok(failing))).toEqual({
      connection: 'c1',
      id: 'k1',
    });
    expect(page.pending).toEqual([]);
    expect(page.textOf('notice')).toContain('The other site needs a contract named “Support” too');
    page.press('retry-k1');
    expect(await page.answer('contracts/retry', ok({ ...failing, failed: 0, waiting: 1 }))).toEqual(
      { connection: 'c1', id: 'k1' },
    );
    expect(page.textOf('notice')).toContain('is tried again');
    expect(page.textOf('contract-list')).toMatch(/1\n waiting/);
    page.press('disable-k1');
    await page.fail('contracts/disable');
    expect(page.textOf('failure')).toContain('it is not known whether this was done');
    page.press('disable-k1');
    await page.answer('contracts/disable', ok(CONTRACT));
    expect(page.has('enable-k1')).toBe(true);
    expect(page.has('failure')).toBe(false);
  });

  test('says what a removal leaves before it removes', async () => {
    const page = await openContracts({ ...CONTRACT, waiting: 2 });
    page.press('remove-k1');
    expect(page.text()).toMatch(
      /Support\n no longer synchronizes anything\. Issues and their twins/,
    );
    expect(page.text()).toContain('a later contract goes on with them');
    expect(page.textOf('unsent')).toContain('2 issues');
    page.press('dialog-cancel');
    expect(page.pending).toEqual([]);
    page.press('remove-k1');
    page.press('dialog-confirm');
    await page.answer('contracts/remove', refused({ code: 'not-found', message: 'It is gone.' }));
    expect(page.textOf('failure')).toContain('It is gone.');
    page.press('dialog-confirm');
    expect(await page.answer('contracts/remove', ok({ id: 'k1' }))).toEqual({
      connection: 'c1',
      id: 'k1',
    });
    expect(page.has('no-contracts')).toBe(true);
  });

  test('says that nothing moves over a paused connection', async () => {
    const page = await openWith({ ...CONNECTION, state: 'paused' });
    page.press('contracts-c1');
    await page.answer('contracts/list', ok([]));
    expect(page.textOf('connection-paused')).toContain('until you resume it');
  });
});

describe('the comparison with the other site', () => {
  const COUNTERPART = {
    name: 'support',
    project: { key: 'HELP', name: 'Help desk' },
    enabled: true,
  };
  const toldAt = '2026-01-05T09:00:00.000Z';

  test('comes by itself, says which contract it is bound to, and what does not fit', async () => {
    const page = await openWith(CONNECTION);
    page.press('contracts-c1');
    await page.answer('contracts/list', ok([CONTRACT]));
    expect(page.textOf('comparing')).toContain('Asking the other site for its contracts.');
    const misfits = ['Both contracts only send.', 'Priority: only this site has P0.'];
    const found = { ...CONTRACT, bound: true, counterpart: COUNTERPART, misfits };
    await compared(page, { contracts: [found], toldAt });
    expect(page.has('comparing')).toBe(false);
    expect(page.textOf('compared')).toContain('Compared with the contracts of the other site:');
    const list = page.textOf('contract-list');
    expect(list).toContain('Bound to “support” of Help desk (HELP) on the other site');
    expect(list).toContain('2 differences');
    expect(page.textOf('misfits-k1')).toContain('Both contracts only send.');
    const disabled = { ...found, counterpart: { ...COUNTERPART, enabled: false }, misfits: [] };
    page.press('compare');
    await compared(page, { contracts: [disabled], toldAt });
    expect(page.textOf('contract-list')).toContain(', which is disabled there');
    expect(page.has('misfits')).toBe(false);
    page.press('enable-k1');
    await page.answer('contracts/enable', ok({ ...disabled, enabled: true }));
    expect(page.textOf('notice')).toContain('Its counterpart on the other site is disabled');
  });

  test('an answer that comes late takes back nothing that was changed meanwhile', async () => {
    const page = await openWith(CONNECTION);
    page.press('contracts-c1');
    await page.answer('contracts/list', ok([CONTRACT]));
    page.press('enable-k1');
    await page.answer('contracts/enable', ok({ ...CONTRACT, enabled: true }));
    await compared(page, { contracts: [{ ...CONTRACT, bound: true }], toldAt });
    expect(page.has('disable-k1')).toBe(true);
    expect(page.textOf('contract-list')).toContain('Bound to');
  });

  test('says why the other site could not be asked, and how old is what is known', async () => {
    const page = await openContracts(CONTRACT);
    page.press('compare');
    const problem = 'There was no connection to this address.';
    await compared(page, { contracts: [CONTRACT], toldAt, problem });
    expect(page.textOf('not-compared')).toContain(problem);
    expect(page.textOf('not-compared')).toContain('What the list says of them is from');
    page.press('compare');
    await compared(page, { contracts: [CONTRACT], problem });
    expect(page.textOf('not-compared')).toContain('It has never told of them.');
    page.press('compare');
    await page.fail('contracts/compare');
    expect(page.textOf('failure')).toContain('The contracts could not be compared');
    page.act('Try again');
    await compared(page, { contracts: [CONTRACT], toldAt });
    expect(page.has('failure')).toBe(false);
  });

  test('of a passive side is what it was told: it says so, and offers no question', async () => {
    const page = await openWith({ ...CONNECTION, passive: true });
    page.press('contracts-c1');
    await page.answer('contracts/list', ok([CONTRACT]));
    await compared(page, { contracts: [CONTRACT] });
    expect(page.has('compare')).toBe(false);
    expect(page.textOf('compared')).toContain('It has not told of them yet');
    page.press('reload');
    await page.answer('contracts/list', ok([CONTRACT]));
    expect(page.textOf('compared')).toContain('This side is passive and cannot ask');
  });
});

describe('the form', () => {
  test('adds with the defaults, offers to enable, and says what the other site needs', async () => {
    const page = await openFilledForm();
    page.press('add-contract');
    page.press('add-contract');
    expect(await page.answer('contracts/add', ok(CONTRACT))).toEqual(DRAFT);
    await compared(page, { contracts: [CONTRACT] });
    expect(page.pending).toEqual([]);
    expect(page.textOf('contract-list')).toContain('Support desk');
    expect(page.textOf('notice')).toContain('It is disabled');
    expect(page.textOf('notice')).toContain('needs a contract named “Support” too');
    page.act('Enable now');
    await page.answer('contracts/enable', ok({ ...CONTRACT, enabled: true, bound: true }));
    expect(page.textOf('notice')).toBe('“Support” is enabled.');
    expect(page.textOf('contract-list')).toContain('Enabled');
  });

  test('sends every choice', async () => {
    const page = await openFilledForm();
    page.select('Issue types', '1', '2');
    page.type('Filter (JQL)', 'labels = partner');
    page.toggle('events', 'status');
    page.toggle('events', 'delete');
    page.choose('direction', 'send');
    page.choose('policy', 'there');
    page.choose('on-remote-delete', 'delete');
    page.switch('Send internal comments', true);
    page.press('add-contract');
    expect(await page.answer('contracts/add', ok(CONTRACT))).toEqual({
      ...DRAFT,
      issueTypeIds: ['1', '2'],
      jql: 'labels = partner',
      events: ['create', 'update', 'comment', 'delete'],
      direction: 'send',
      policy: 'there',
      internalComments: true,
      onRemoteDelete: 'delete',
    });
  });

  test('a new issue gets its twin by itself or on request, not both', async () => {
    const page = await openFilledForm();
    page.toggle('events', 'manual-only');
    expect(page.group('events').value).toEqual(['manual-only', 'update', 'comment', 'status']);
    page.toggle('events', 'create');
    expect(page.group('events').value).toEqual(['create', 'update', 'comment', 'status']);
    page.choose('direction', 'receive');
    expect(page.group('events').isDisabled).toBe(true);
  });

  test('issue types are those of the project, and come back with it', async () => {
    const page = await openForm();
    expect(page.field('Issue types')).toMatchObject({ isDisabled: true });
    page.type('Name', 'Support');
    page.select('Project', '10000');
    page.select('Issue types', '1');
    page.select('Project', '10001');
    expect(page.field('Issue types').value).toEqual([]);
    page.select('Issue types', '7');
    page.press('preview-contract');
    const { draft } = await page.answer('contracts/preview', ok(PREVIEW));
    expect(draft).toMatchObject({ projectId: '10001', issueTypeIds: ['7'] });
    page.select('Project', '10000');
    expect(page.field('Issue types').value).toEqual([{ value: '1', label: 'Bug' }]);
  });

  test('tells what is missing at once, each at its field', async () => {
    const page = await openForm();
    for (const event of ['create', 'update', 'comment', 'status']) page.toggle('events', event);
    page.press('add-contract');
    await settled();
    expect(page.pending).toEqual([]);
    expect(page.textOf('contract-name-error')).toContain('The contract of the other site');
    expect(page.textOf('project-error')).toContain('Choose a project');
    expect(page.textOf('events-error')).toContain('at least one');
    expect(page.textOf('fields-to-mend')).toContain('Name, Project, What is sent');
    page.choose('direction', 'receive');
    expect(page.has('events-error')).toBe(false);
  });

  test('an error stands at its field, and nothing that was typed is lost', async () => {
    const page = await openFilledForm();
    page.type('Filter (JQL)', 'lables = partner');
    page.press('add-contract');
    await page.answer(
      'contracts/add',
      refused(
        { field: 'jql', code: 'jql', message: 'There is no field “lables”.' },
        { field: 'name', code: 'duplicate-name', message: 'The name is taken.' },
        { field: 'connection', code: 'paused', message: 'The connection is paused.' },
      ),
    );
    expect(page.textOf('jql-error')).toBe('There is no field “lables”.');
    expect(page.textOf('contract-name-error')).toBe('The name is taken.');
    expect(page.textOf('failure')).toBe(
      'The contract could not be added\nThe connection is paused.',
    );
    expect(page.textOf('fields-to-mend')).toContain('Name, Filter (JQL)');
    expect(page.field('Name')).toMatchObject({ defaultValue: 'Support', autoFocus: true });
    expect(page.field('Filter (JQL)').defaultValue).toBe('lables = partner');
    page.type('Filter (JQL)', '  ');
    expect(page.has('jql-error')).toBe(false);
    page.press('add-contract');
    await page.fail('contracts/add');
    expect(page.textOf('failure')).toContain('The contract may not have been added');
    expect(page.textOf('failure')).toContain('the contract was added: cancel, and find it');
    page.press('add-contract');
    expect(await page.answer('contracts/add', ok(CONTRACT))).toEqual(DRAFT);
  });

  test('previews without a name: how many, which, which fields, and why not the others', async () => {
    const page = await openForm();
    page.press('preview-contract');
    await settled();
    expect(page.has('project-error')).toBe(true);
    expect(page.has('contract-name-error')).toBe(false);
    page.select('Project', '10000');
    page.press('preview-contract');
    expect(page.has('preview-progress')).toBe(true);
    expect(await page.answer('contracts/preview', ok(PREVIEW))).toEqual({
      draft: { ...DRAFT, name: '' },
    });
    expect(page.textOf('preview-count')).toContain('120');
    expect(page.textOf('preview-samples')).toContain('It burns');
    expect(page.textOf('mapped-fields')).toContain('Summary, Priority (receive only)');
    const fields = page.textOf('mapped-fields').replaceAll('\n', '');
    expect(fields).toContain('Rank, Flagged: Its kind is not supported.');
    expect(page.has('preview-old')).toBe(false);
    page.type('Filter (JQL)', 'lables = partner');
    expect(page.has('preview-old')).toBe(true);
    page.press('preview-contract');
    const unknown = { field: 'jql', code: 'jql', message: 'There is no field “lables”.' };
    await page.answer('contracts/preview', refused(unknown));
    expect(page.textOf('jql-error')).toContain('lables');
    expect(page.has('preview')).toBe(false);
    page.press('preview-contract');
    await page.fail('contracts/preview');
    expect(page.textOf('failure')).toContain('There is no preview');
  });

  test('says when no issue matches', async () => {
    const page = await openFilledForm();
    page.press('preview-contract');
    await page.answer('contracts/preview', ok({ ...PREVIEW, count: 0, samples: [] }));
    expect(page.textOf('preview-count')).toContain('No issue matches now');
    expect(page.has('preview-samples')).toBe(false);
  });

  test('offers another try where the projects do not load, and keeps what was typed', async () => {
    const page = await openContracts();
    page.press('new-contract');
    page.type('Name', 'Support');
    await page.fail('contracts/options');
    expect(page.textOf('failure')).toContain('The projects could not be loaded');
    page.act('Try again');
    await page.answer('contracts/options', ok({ projects: [] }));
    expect(page.has('failure')).toBe(false);
    expect(page.text()).toContain('There is none that the Local User of “South” can see');
    expect(page.field('Name').defaultValue).toBe('Support');
  });

  test('edits what is stored, also of a project that the Local User sees no more', async () => {
    const stored = {
      ...CONTRACT,
      projectId: '999',
      project: { key: 'OLD', name: 'Old desk' },
      issueTypeIds: ['1'],
      issueTypes: [{ id: '1', name: 'Bug' }],
      jql: 'labels = partner',
    };
    const page = await openForm(stored);
    expect(page.field('Project').value).toEqual({ value: '999', label: 'Old desk (OLD)' });
    expect(page.field('Issue types').value).toEqual([{ value: '1', label: 'Bug' }]);
    expect(page.textOf('mapped-fields')).toContain('Sprints belong to one site.');
    page.type('Filter (JQL)', '');
    page.choose('policy', 'here');
    page.press('save-contract');
    expect(await page.answer('contracts/update', ok({ ...stored, name: 'Renamed' }))).toEqual({
      id: 'k1',
      draft: { ...DRAFT, projectId: '999', issueTypeIds: ['1'], policy: 'here' },
    });
    expect(page.textOf('notice')).toBe('“Renamed” was saved.');
    expect(page.textOf('contract-list')).toContain('Renamed');
  });

  test('what was sent without an answer is in the list after Cancel', async () => {
    const page = await openFilledForm();
    page.press('add-contract');
    await page.fail('contracts/add');
    page.press('cancel');
    await page.answer('contracts/list', ok([CONTRACT]));
    expect(page.textOf('contract-list')).toContain('Support desk');
  });

  const RESOLUTION = {
    fieldId: 'resolution',
    name: 'Resolution',
    input: 'choice',
    choices: [
      { id: '1', name: 'Done' },
      { id: '2', name: 'Duplicate' },
    ],
    transitions: ['Close', 'Release'],
    issueTypeIds: ['1'],
  };
  const OWNER = {
    ...{ fieldId: 'customfield_1', name: 'Owner', input: 'none', choices: [] },
    ...{ transitions: ['Start'], issueTypeIds: ['1'] },
  };

  test('offers a default for what screens of the chosen types ask for, and for nothing else', async () => {
    const page = await openForm();
    page.type('Name', 'Support');
    page.select('Project', '10000');
    const cause = { ...RESOLUTION, fieldId: 'customfield_2', name: 'Cause', input: 'text' };
    await page.answer(
      'contracts/choices',
      ok({ textFields: [], screens: [RESOLUTION, OWNER, cause] }),
    );
    expect(page.text()).toContain('Asked for by “Close”, “Release”.');
    expect(page.text()).toContain('It cannot have a default');
    page.select('Resolution', '2');
    page.type('Cause', ' Unknown ');
    page.select('Issue types', '2');
    expect(page.text()).not.toContain('Asked for by');
    page.press('preview-contract');
    const { draft } = await page.answer('contracts/preview', ok(PREVIEW));
    expect(draft).not.toHaveProperty('screenDefaults');
    page.select('Issue types', '1');
    page.press('add-contract');
    const message = 'Cause: use at most 255 characters.';
    const sent = await page.answer(
      'contracts/add',
      refused({ field: 'screenDefaults', code: 'default-invalid', message }),
    );
    expect(sent).toMatchObject({
      screenDefaults: [
        { fieldId: 'resolution', value: '2' },
        { fieldId: 'customfield_2', value: 'Unknown' },
      ],
    });
    expect(page.textOf('screen-defaults-error')).toBe(message);
    expect(page.field('Resolution').autoFocus).toBe(true);
    page.choose('direction', 'send');
    expect(page.text()).not.toContain('Asked for by');
  });

  test('keeps a stored default that no screen is seen to ask for, until it is taken away', async () => {
    const value = { fieldId: 'resolution', value: '1', name: 'Resolution', label: 'Done' };
    const page = await openForm({ ...CONTRACT, screenDefaults: [value] });
    await page.answer('contracts/choices', ok({ textFields: [], screens: [] }));
    expect(page.field('Resolution').value).toEqual({ value: '1', label: 'Done' });
    page.press('save-contract');
    const kept = await page.answer('contracts/update', refused({ code: 'x', message: 'Not yet.' }));
    expect(kept).toMatchObject({
      draft: { screenDefaults: [{ fieldId: 'resolution', value: '1' }] },
    });
    page.select('Resolution');
    page.press('save-contract');
    const { draft } = await page.answer('contracts/update', ok(CONTRACT));
    expect(draft).not.toHaveProperty('screenDefaults');
  });

  test('what screens ask for is asked again where it does not load, and holds nothing back', async () => {
    const page = await openForm();
    page.type('Name', 'Support');
    page.select('Project', '10000');
    await page.fail('contracts/choices');
    expect(page.textOf('failure')).toContain('The fields of the project could not be loaded');
    page.act('Try again');
    await page.answer('contracts/choices', ok({ textFields: [], screens: [RESOLUTION] }));
    expect(page.has('failure')).toBe(false);
    expect(page.field('Resolution').value).toBe(null);
  });

  const TEXT = [
    { fieldId: 'customfield_7', name: 'Status there', issueTypeIds: ['1'] },
    { fieldId: 'customfield_8', name: 'Key there', issueTypeIds: ['1', '2'] },
  ];

  test('offers the lines of text of the chosen types to show where the twin stands', async () => {
    const page = await openForm();
    expect(page.text()).not.toContain('Show the issue of the other site');
    page.type('Name', 'Support');
    page.select('Project', '10000');
    await page.answer('contracts/choices', ok({ screens: [], textFields: TEXT }));
    page.select('Its status', 'customfield_7');
    page.select('Its key', 'customfield_7');
    page.press('add-contract');
    const message = 'This field shows the status already.';
    await page.answer('contracts/add', refused({ field: 'keyField', code: 'same-field', message }));
    expect(page.textOf('key-field-error')).toBe(message);
    expect(page.field('Its key').autoFocus).toBe(true);
    page.select('Its key', 'customfield_8');
    expect(page.has('key-field-error')).toBe(false);
    page.select('Issue types', '2');
    page.press('add-contract');
    const sent = await page.answer('contracts/add', refused({ code: 'x', message: 'Not yet.' }));
    expect(sent).toMatchObject({ keyField: 'customfield_8' });
    expect(sent).not.toHaveProperty('statusField');
    page.choose('direction', 'send');
    expect(page.text()).not.toContain('Show the issue of the other site');
  });

  test('says how to come by a field where there is none', async () => {
    const page = await openFilledForm();
    expect(page.textOf('no-text-fields')).toContain('Short text');
  });

  test('keeps a field that is not offered any more until it is taken away', async () => {
    const shown = { statusField: 'customfield_9', twinFieldNames: { customfield_9: 'Gone' } };
    const page = await openForm({ ...CONTRACT, ...shown });
    await page.answer('contracts/choices', ok({ screens: [], textFields: TEXT }));
    expect(page.field('Its status').value).toEqual({ value: 'customfield_9', label: 'Gone' });
    page.select('Its status');
    page.press('save-contract');
    const { draft } = await page.answer('contracts/update', ok(CONTRACT));
    expect(draft).not.toHaveProperty('statusField');
  });
});
