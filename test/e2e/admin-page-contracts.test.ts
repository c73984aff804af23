/** An admin sets up contracts in a browser: adds, previews, enables, edits and removes one, with a mouse or without. */
import { type Page } from 'playwright-core';
import { AdminPage } from '../support/admin-in-browser';
import { seriousProblems } from '../support/axe';
import { describeWithBrowser } from '../support/browser';
import { focusedName, tabThrough } from '../support/keyboard';
import { look } from '../support/screenshots';
import { soon } from '../support/soon';
import { defaultContract } from '../support/synced-sites';
import {
  account,
  addConnection,
  GENERATED,
  startTwoSites,
  succeed,
  type TwoSites,
} from '../support/sites';

let sites: TwoSites;
let connection: string;
let connectionName: string;

beforeEach(async () => {
  sites = await startTwoSites({ clock: 'real', lagMs: 0 });
  const keys = { local: GENERATED.north, remote: GENERATED.south };
  const { id, name } = await addConnection(sites.north, sites.south, keys);
  connection = id;
  connectionName = name;
});

afterEach(() => sites.sandbox.dispose());

const stored = () => succeed(sites.north, 'contracts/list', { connection });

describeWithBrowser('the contracts of a connection', ({ openPage }) => {
  async function openContracts(): Promise<AdminPage> {
    const north = new AdminPage(await openPage(`${sites.north.url}/admin`));
    await north.page.setViewportSize({ width: 1280, height: 2400 });
    await north.row(connectionName).getByRole('button', { name: 'Contracts' }).focus();
    await north.page.keyboard.press('Enter');
    await north.page.getByTestId('no-contracts').waitFor();
    return north;
  }

  const focusIs = (page: Page, name: string) =>
    soon(async () => expect(await focusedName(page)).toBe(name));

  const pick = async (page: Page, label: string, ...options: string[]) => {
    for (const name of options) {
      await page.getByLabel(label).fill(name);
      await page.getByRole('option', { name }).click();
    }
    await page.keyboard.press('Escape');
  };

  test('adds, previews, enables, edits and removes one', async () => {
    const north = await openContracts();
    const { page } = north;
    await look(page, 'contracts-empty');
    await page.getByTestId('new-contract').click();
    await page.getByLabel('Name').fill('Partner bugs');
    await pick(page, 'Project', 'DEMO');
    await pick(page, 'Issue types', 'Bug', 'Task');
    await page.getByTestId('preview-contract').click();
    await page.getByTestId('preview').waitFor();
    expect(await page.getByTestId('mapped-fields').textContent()).toContain('Summary');
    expect(await stored()).toEqual([]);
    await look(page, 'contract-form-preview');
    expect(await seriousProblems(page)).toEqual([]);

    await page.getByTestId('add-contract').click();
    await page.getByTestId('notice').waitFor();
    expect(await stored()).toMatchObject([
      { name: 'Partner bugs', enabled: false, direction: 'both' },
    ]);
    const [contract] = await stored();
    expect(contract?.issueTypes.map(({ name }) => name).sort()).toEqual(['Bug', 'Task']);
    await page.getByRole('button', { name: 'Enable now' }).click();
    await north.row('Partner bugs').getByText('Enabled', { exact: true }).waitFor();
    expect(await stored()).toMatchObject([{ enabled: true }]);
    await look(page, 'contracts');
    expect(await seriousProblems(page)).toEqual([]);

    await north.act('Partner bugs', 'Edit');
    await page.getByText('Receive only').click();
    await page.getByText('The other site wins', { exact: true }).click();
    await page.getByTestId('save-contract').click();
    await north.row('Partner bugs').getByText('Receive only').waitFor();
    expect(await stored()).toMatchObject([
      { name: 'Partner bugs', direction: 'receive', policy: 'there' },
    ]);

    await north.act('Partner bugs', 'Remove');
    await page.getByTestId('dialog-confirm').click();
    await page.getByTestId('no-contracts').waitFor();
    // Where Atlaskit's dialog leaves it when what opened it is gone.
    await focusIs(page, '← All connections');
    expect(await stored()).toEqual([]);
    await north.opened.assertClean();
  });

  test('a filter that Jira does not take has the error at its field, in Jira’s words, until it is mended', async () => {
    const { page, opened } = await openContracts();
    await page.getByTestId('new-contract').click();
    await page.getByLabel('Name').fill('Partner');
    await pick(page, 'Project', 'DEMO');
    const filter = page.getByLabel('Filter (JQL)');
    const error = page.getByTestId('jql-error');
    const wrong = "The value 'Nothing' does not exist for the field 'component'.";
    for (const [jql, press] of [
      ['component = Nothing', 'preview-contract'],
      ['component in (Nothing)', 'add-contract'],
    ] as const) {
      await filter.fill(jql);
      await error.waitFor({ state: 'detached' });
      await page.getByTestId(press).click();
      await error.waitFor();
      expect(await error.textContent()).toBe(wrong);
      await focusIs(page, 'Filter (JQL)');
    }
    await filter.fill('component = Backend ORDER BY key');
    await error.waitFor({ state: 'detached' });
    await page.getByTestId('add-contract').click();
    await error.waitFor();
    expect(await error.textContent()).toContain('Remove ORDER BY');
    await look(page, 'contract-form-filter');
    expect(await seriousProblems(page)).toEqual([]);
    expect(await stored()).toEqual([]);
    await filter.fill('component = Backend');
    await page.getByTestId('add-contract').click();
    await page.getByTestId('notice').waitFor();
    expect(await stored()).toMatchObject([{ name: 'Partner', jql: 'component = Backend' }]);
    await opened.assertClean();
  });

  test('what a screen on the way to a status asks for is chosen by keyboard, and kept', async () => {
    const north = await openContracts();
    const { page } = north;
    await page.getByTestId('new-contract').click();
    await page.getByLabel('Name').fill('Website');
    await pick(page, 'Project', 'WEB');
    const resolution = page.getByLabel('Resolution');
    await resolution.waitFor();
    await page.getByText('Asked for by “Release”').waitFor();
    const names = await tabThrough(page, 'main');
    expect(names.slice(names.indexOf('Resolution') - 1).slice(0, 5)).toEqual([
      'Send internal comments',
      'Resolution',
      'Its status',
      'Its key',
      'The newest change wins',
    ]);
    await resolution.focus();
    await page.keyboard.type('Duplicate');
    await page.getByRole('option', { name: 'Duplicate' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Its status').focus();
    await page.keyboard.type('Customer');
    await page.getByRole('option', { name: 'Customer' }).waitFor();
    await page.keyboard.press('Enter');
    await look(page, 'contract-form-screens');
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByTestId('add-contract').click();
    await page.getByTestId('notice').waitFor();
    expect(await stored()).toMatchObject([
      {
        screenDefaults: [{ fieldId: 'resolution', label: 'Duplicate' }],
        statusField: expect.stringMatching(/^customfield_/),
      },
    ]);
    await north.act('Website', 'Edit');
    await page.getByText('Duplicate', { exact: true }).waitFor();
    await north.opened.assertClean();
  });

  test('by keyboard: Tab goes in the order of reading, and the focus is never lost', async () => {
    const { page, opened } = await openContracts();
    await focusIs(page, 'Add contract');
    expect(await tabThrough(page, 'main')).toEqual([
      ...['Connections', 'Connections', '← All connections', 'Refresh', 'Add contract'],
      expect.stringMatching(/^Troubleshooting/),
    ]);
    await page.getByTestId('new-contract').focus();
    await page.keyboard.press('Enter');
    await focusIs(page, 'Name');
    await page.keyboard.type('Partner');
    await page.keyboard.press('Tab');
    await page.keyboard.type('DEMO');
    await page.getByRole('option', { name: 'DEMO' }).waitFor();
    await page.keyboard.press('Enter');
    const names = await tabThrough(page, 'main');
    expect(names.slice(0, 5)).toEqual([
      'Connections',
      'Connections',
      'Name',
      'Project',
      'Issue types',
    ]);
    expect(names.slice(-4, -1)).toEqual(['Add contract', 'Preview', 'Cancel']);
    await page.getByLabel('Name').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('notice').waitFor();
    await focusIs(page, 'Add contract');
    expect(await stored()).toMatchObject([{ name: 'Partner', projectId: expect.any(String) }]);
    await page.getByTestId('back').focus();
    await page.keyboard.press('Enter');
    await focusIs(page, 'Add connection');
    await opened.assertClean();
  });

  test('says which contract of the other site it is bound to, and what does not fit', async () => {
    const south = await addConnection(sites.south, sites.north, {
      local: GENERATED.south,
      remote: GENERATED.north,
    });
    const name = 'Partner bugs of all the regions, with everything that anybody ever asked for';
    const there = { ...(await defaultContract(sites.south, south.id)), name };
    await succeed(sites.south, 'contracts/add', { ...there, policy: 'there', direction: 'send' });
    const here = { ...(await defaultContract(sites.north, connection)), name };
    await succeed(sites.north, 'contracts/add', { ...here, direction: 'send' });
    await succeed(sites.north, 'contracts/add', { ...here, name: 'Alone' });
    const north = new AdminPage(await openPage(`${sites.north.url}/admin`));
    const { page } = north;
    await page.setViewportSize({ width: 1280, height: 2400 });
    await north.row(connectionName).getByRole('button', { name: 'Contracts' }).click();
    await page.getByTestId('compared').waitFor();
    const row = await north.row(name).textContent();
    expect(row).toContain(`Bound to “${name}” of`);
    expect(row).toContain('which is disabled there');
    expect(row).toContain('2 differences');
    const misfits = page.getByTestId('misfits');
    expect(await misfits.textContent()).toContain('Both contracts only send');
    expect(await misfits.textContent()).toContain('The other site has no contract named “Alone”.');
    await look(page, 'contracts-compared');
    expect(await seriousProblems(page)).toEqual([]);

    await succeed(sites.south, 'connections/pause', { id: south.id });
    await page.getByTestId('compare').click();
    await page.getByTestId('not-compared').waitFor();
    await look(page, 'contracts-not-compared');
    expect(await seriousProblems(page)).toEqual([]);
    await north.opened.assertClean();
  });

  test('says what the Local User must see where there is no project', async () => {
    for (const { key } of sites.north.jira.projects())
      sites.north.jira.deny(account(sites.north, 'sync'), key, 'BROWSE_PROJECTS');
    const { page, opened } = await openContracts();
    await page.getByTestId('new-contract').click();
    await page.getByText('There is none that the Local User').waitFor();
    await opened.assertClean();
  });
});
