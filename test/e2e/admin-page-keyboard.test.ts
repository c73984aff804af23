/** The admin page without a mouse: where the focus goes, that it is seen, and that it is never lost. */
import { type Page } from 'playwright-core';
import { AdminPage } from '../support/admin-in-browser';
import { describeWithBrowser } from '../support/browser';
import { focusedName, tabThrough } from '../support/keyboard';
import { soon } from '../support/soon';
import { startTwoSites, succeed, type TwoSites } from '../support/sites';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites({ clock: 'real', lagMs: 0 });
});

afterEach(() => sites.sandbox.dispose());

describeWithBrowser('the admin page by keyboard', ({ openPage }) => {
  async function openWith(...names: string[]): Promise<AdminPage> {
    for (const name of names) {
      await succeed(sites.north, 'connections/add', {
        name,
        localUser: 'app',
        localKey: `the key of ${name}`,
        passive: true,
      });
    }
    await fetch(`${sites.north.url}/_sandbox/idle`, { method: 'POST' });
    const north = new AdminPage(await openPage(`${sites.north.url}/admin`));
    await north.page.setViewportSize({ width: 1280, height: 2400 });
    return north;
  }

  const focusIs = (page: Page, name: string) =>
    soon(async () => expect(await focusedName(page)).toBe(name));

  const press = async (page: Page, name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  test('Tab goes in the order of reading through the list, and shows where it is', async () => {
    const { page, opened } = await openWith('One', 'Two');
    await page.getByRole('table', { name: 'Connections' }).waitFor();
    expect(await tabThrough(page, 'main')).toEqual([
      ...['Connections', 'Connections', 'Refresh', 'Add connection'],
      ...['Name', 'Mode', 'State', 'Last request', 'Last test'],
      ...['Contracts (0)', 'Test', 'Edit', 'Pause', 'Rotate key', 'Remove'],
      ...['Contracts (0)', 'Test', 'Edit', 'Pause', 'Rotate key', 'Remove'],
      expect.stringMatching(/^Troubleshooting/),
    ]);
    await opened.assertClean();
  });

  test('Tab goes in the order of reading through the form', async () => {
    const { page, opened } = await openWith();
    await press(page, 'Add connection');
    await focusIs(page, 'Name');
    expect(await tabThrough(page, 'main')).toEqual([
      ...['Connections', 'Connections', 'Name', 'Local User', 'Use the app’s own account'],
      ...['Passive', 'This site’s endpoint URL', 'Local Authentication Key', 'Generate'],
      ...['Remote URL', 'Remote Authentication Key', 'Alternative Base URL'],
      ...['Add connection', 'Test connection', 'Cancel'],
      expect.stringMatching(/^Troubleshooting/),
    ]);
    await opened.assertClean();
  });

  test.each([
    ['Test', 'Test of “One”'],
    ['Rotate key', 'Rotate the Local Authentication Key?'],
    ['Remove', 'Remove this connection?'],
  ])('%s takes the focus into its dialog, and gives it back', async (action, title) => {
    const { page, opened } = await openWith('One');
    await press(page, action);
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    await soon(async () =>
      expect(await dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true),
    );
    const names = await tabThrough(page, '[role=dialog]');
    expect(names.length).toBeGreaterThan(1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await focusIs(page, action);
    await opened.assertClean();
  });

  test('Tab goes through a report to what helps', async () => {
    const { page, opened } = await openWith('One');
    await press(page, 'Edit');
    await page.getByLabel('Alternative Base URL').fill('https://nowhere.webtrigger.atlassian.app');
    await page.keyboard.press('Enter');
    await press(page, 'Test');
    await page.getByTestId('test-report').waitFor();
    const names = await tabThrough(page, '[role=dialog]');
    expect(names.slice(-2)).toEqual(['Test again', 'Close']);
    expect(names.filter((name) => name.startsWith('Read more'))).not.toEqual([]);
    await opened.assertClean();
  });

  test('after a removal the focus stays on the page', async () => {
    const north = await openWith('One', 'Two');
    const { page } = north;
    const remove = async (name: string) => {
      await north.row(name).getByRole('button', { name: 'Remove' }).focus();
      await page.keyboard.press('Enter');
      await page.getByTestId('dialog-confirm').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await remove('One');
    // Where Atlaskit's dialog leaves it when what opened it is gone.
    await focusIs(page, 'Contracts (0)');
    await remove('Two');
    await page.getByTestId('empty-state').waitFor();
    await focusIs(page, 'Add connection');
    await north.opened.assertClean();
  });

  test('the first field that is wrong has the focus, and what stands in it stays', async () => {
    const { page, opened } = await openWith();
    await press(page, 'Add connection');
    await focusIs(page, 'Name');
    const add = async () => {
      await page.getByTestId('add-connection').focus();
      await page.keyboard.press('Enter');
    };
    await add();
    await focusIs(page, 'Name');
    await page.keyboard.type('South');
    // UI Kit cannot give a user picker the focus: it stays below the message that names the fields.
    await add();
    await page.getByText('Check these fields: Local User,').waitFor();
    // Long enough for what the app might still do about it.
    await page.waitForTimeout(200);
    await focusIs(page, 'Add connection');
    await page.getByLabel('Use the app’s own account').focus();
    await page.keyboard.press('Space');
    await add();
    await focusIs(page, 'Local Authentication Key');
    await page.keyboard.type('correct horse battery staple 7');
    await add();
    await focusIs(page, 'Remote URL');
    await page.keyboard.type('https://other.atlassian.net');
    await page.getByLabel('Remote Authentication Key').focus();
    await page.keyboard.type('another horse battery staple 8');
    await add();
    // The answer of the resolver.
    await page.getByText(/other\.atlassian\.net is the Jira site itself/).waitFor();
    await focusIs(page, 'Remote URL');
    expect(await page.getByLabel('Remote URL').inputValue()).toBe('https://other.atlassian.net');
    expect(await page.getByLabel('Name').inputValue()).toBe('South');
    await opened.assertClean();
  });

  test('what takes the place of a button takes its focus', async () => {
    const { page, opened } = await openWith('One');
    await press(page, 'Edit');
    await press(page, 'Replace');
    await focusIs(page, 'Local Authentication Key');
    await press(page, 'Generate');
    await press(page, 'Enter a key instead');
    await focusIs(page, 'Local Authentication Key');
    await press(page, 'Cancel');
    await focusIs(page, 'Add connection');
    await press(page, 'Edit');
    await page.getByLabel('Name').fill('Uno');
    await page.keyboard.press('Enter');
    await press(page, 'Dismiss');
    await page.getByTestId('notice').waitFor({ state: 'detached' });
    await focusIs(page, 'Add connection');
    await opened.assertClean();
  });
});
