/** Two admins pair their sites in a browser, each on their own admin page. */
import { AdminPage } from '../support/admin-in-browser';
import { describeWithBrowser } from '../support/browser';
import { pairInBrowser, statuses, TECHNICAL_USER } from '../support/pair-in-browser';
import { screenshot } from '../support/screenshots';
import { account, endpointUrl, startTwoSites, succeed, type TwoSites } from '../support/sites';

let sites: TwoSites;

beforeEach(async () => {
  // Time runs on: a person is at work.
  sites = await startTwoSites({ clock: 'real', lagMs: 300 });
});

afterEach(() => sites.sandbox.dispose());

const trouble = (checks: string[]): string[] =>
  checks.filter((check) => !/: (passed|skipped)$/.test(check));

describeWithBrowser('the admin pages of two sites', ({ openPage }) => {
  const openAdmin = async (name: 'north' | 'south'): Promise<AdminPage> =>
    new AdminPage(await openPage(`${sites[name].url}/admin`));

  test('generate on each, exchange URL and key, test, add: first one warning, then all passed', async () => {
    const north = await openAdmin('north');
    const south = await openAdmin('south');
    await north.page.getByTestId('empty-state').waitFor();
    await screenshot(north.page, 'empty');

    const { handovers, reports } = await pairInBrowser(north, south, () =>
      screenshot(north.page, 'form'),
    );
    expect(handovers.north.key).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(handovers.north.key).not.toBe(handovers.south.key);
    expect(trouble(reports.draft)).toEqual(['remote-key: warning']);
    expect(trouble(reports.alone)).toEqual(['remote-key: warning']);
    expect(reports.alone).toEqual(
      expect.arrayContaining(['own-endpoint: passed', 'remote-reachable: passed']),
    );
    expect(statuses(reports.south)).toEqual(['passed']);
    expect(statuses(reports.north)).toEqual(['passed']);
    await north.page.getByTestId('reload').click();
    await north.row('Southern office').getByText('None yet').waitFor({ state: 'detached' });
    await screenshot(north.page, 'list');

    // No key stays anywhere on the page.
    for (const { page } of [north, south]) {
      const document = await wholeDocument(page);
      for (const { key } of [handovers.north, handovers.south]) {
        expect(document.includes(key) ? 'a key' : 'no key').toBe('no key');
      }
    }
    await north.opened.assertClean();
    await south.opened.assertClean();
  });

  test('with one side passive its remote part is skipped and says why; the other side is all passed', async () => {
    const north = await openAdmin('north');
    const south = await openAdmin('south');
    const fromNorth = await north.startConnection();
    const fromSouth = await south.startConnection();

    await north.fill({ name: 'Passive', localUser: TECHNICAL_USER, passive: true });
    await north.add();
    expect((await north.testListed('Passive')).at(-1)).toBe('remote-passive: skipped');
    await south.fill({
      name: 'Active',
      localUser: TECHNICAL_USER,
      remoteUrl: fromNorth.url,
      remoteKey: fromNorth.key,
    });
    expect(fromSouth.url).toBe(await endpointUrl(sites.south));
    await south.add();
    expect(statuses(await south.testListed('Active'))).toEqual(['passed']);
    const checks = await north.testListed('Passive');
    expect(statuses(checks)).toEqual(['passed', 'skipped']);
    await north.page.getByTestId('reload').click();
    await north.row('Passive').getByText('None yet').waitFor({ state: 'detached' });

    // Pausing there gives its own text here.
    await north.act('Passive', 'Pause');
    await north.row('Passive').getByText('Paused').waitFor();
    expect(trouble(await south.testListed('Active'))).toEqual(['remote-running: warning']);
    await north.act('Passive', 'Resume');
    await north.row('Passive').getByText('Running').waitFor();

    // And so does a key that was changed after it had worked.
    const [connection] = await succeed(sites.north, 'connections/list', {});
    await succeed(sites.north, 'keys/rotate', { id: connection?.id ?? '' });
    await succeed(sites.north, 'keys/retire', { id: connection?.id ?? '' });
    // Nor may the Local User edit anything any more.
    for (const { key } of sites.south.jira.projects()) {
      sites.south.jira.deny(account(sites.south, 'sync'), key, 'EDIT_ISSUES');
    }
    await south.act('Active', 'Test');
    // The time as people write it.
    await south.page.getByText(/until \w+ \d+, 20\d\d, .+, but not any more/).waitFor();
    await south.page.getByTestId('check-local-user-permissions').getByText('Failed').waitFor();
    await screenshot(south.page, 'report');
    await south.page.getByTestId('dialog-done').click();
    await north.opened.assertClean();
    await south.opened.assertClean();
  });

  test('what is wrong stands at its field, and nothing that was typed is lost', async () => {
    const north = await openAdmin('north');
    await north.startConnection();
    await north.fill({
      name: 'Wrong',
      localUser: 'Avery Admin',
      remoteUrl: 'https://other.atlassian.net',
      remoteKey: 'theirs',
    });
    await north.page.getByTestId('add-connection').click();
    await north.page.getByText(/other\.atlassian\.net is the Jira site itself/).waitFor();
    await screenshot(north.page, 'errors');
    expect(await north.page.getByLabel('Name').inputValue()).toBe('Wrong');
    await north.page.getByLabel('Remote URL').fill(await endpointUrl(sites.south));
    await north.page.getByTestId('add-connection').click();
    await north.page.getByText(/The Local User must not be you/).waitFor();
    await north.opened.assertClean();
  });

  test('removal asks first, and a cancelled form leaves no key behind', async () => {
    const north = await openAdmin('north');
    const { key } = await north.startConnection();
    await north.page.getByTestId('cancel').click();
    await north.page.getByTestId('empty-state').waitFor();
    expect((await wholeDocument(north.page)).includes(key)).toBe(false);

    await succeed(sites.north, 'connections/add', {
      name: 'To remove',
      localUser: 'app',
      localKey: 'a key',
      passive: true,
    });
    // The list comes from an index that lags behind.
    await fetch(`${sites.north.url}/_sandbox/idle`, { method: 'POST' });
    await north.page.reload();
    await north.act('To remove', 'Remove');
    await north.page.getByTestId('dialog-cancel').click();
    await north.act('To remove', 'Remove');
    await north.page.getByTestId('dialog-confirm').click();
    await north.page.getByTestId('empty-state').waitFor();
    expect(sites.north.kvs.dump().secrets).toEqual([]);
    await north.opened.assertClean();
  });

  test('a connection can be added with the keyboard alone', async () => {
    const north = await openAdmin('north');
    const { page } = north;
    const focus = async (name: string | RegExp): Promise<void> => {
      for (let presses = 0; presses < 40; presses += 1) {
        const label = await focusedName(page);
        if (typeof name === 'string' ? label === name : name.test(label)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab never reaches ${String(name)}`);
    };
    await page.getByTestId('empty-state').waitFor();
    await focus('Add connection');
    await page.keyboard.press('Enter');
    await page.getByTestId('connection-form').waitFor();
    // Whoever works with the keyboard need not look for the form.
    expect(await focusedName(page)).toMatch(/^Name/);
    await page.keyboard.type('By keyboard');
    await focus(/own account/);
    await page.keyboard.press('Space');
    await focus(/^Passive/);
    await page.keyboard.press('Space');
    await focus('Generate');
    await page.keyboard.press('Enter');
    await page.getByTestId('copy-key-now').waitFor();
    await focus('Add connection');
    await page.keyboard.press('Enter');
    await page.getByRole('table', { name: 'Connections' }).waitFor();
    expect(await focusedName(page)).toBe('Add connection');
    await north.opened.assertClean();
  });
});

type Page = AdminPage['page'];

/** Markup and what stands in fields, of the page and its frames. */
async function wholeDocument(page: Page): Promise<string> {
  const parts = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const values = [...document.querySelectorAll('input, textarea')].map(
          (field) => (field as HTMLInputElement).value,
        );
        return [document.documentElement.outerHTML, ...values].join('\n');
      }),
    ),
  );
  return parts.join('\n');
}

/** What a screen reader would call the element that has the focus: its label, or its text. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    const labels = [...(element?.labels ?? [])].map(({ textContent }) => textContent).join('');
    return (labels || element?.getAttribute('aria-label') || element?.textContent || '').trim();
  });
}
