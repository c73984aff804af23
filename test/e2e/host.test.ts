/** The sandbox's page draws a UI Kit app as a person sees it and works with it. */
import { type Page } from 'playwright-core';
import { describeWithBrowser, type OpenedPage } from '../support/browser';
import { type HostServer, pageOf, startHostServer } from '../support/host-server';

let site: HostServer;

beforeAll(async () => {
  site = await startHostServer({ adminPages: [pageOf('page.tsx')] });
});
afterAll(() => site.close());

describeWithBrowser('a UI Kit page', ({ openPage }) => {
  /** The fixture, at one of its tabs. */
  async function openTab(name: string, query = ''): Promise<OpenedPage> {
    const opened = await openPage(`${site.url}/admin${query}`);
    await opened.page.getByRole('tab', { name }).click();
    return opened;
  }

  test('a form is validated, filled in and sent', async () => {
    const { page, assertClean } = await openTab('Form');
    await page.getByRole('button', { name: 'Save rule' }).click();
    await page.getByText('A rule needs a name.').waitFor();
    await page.getByLabel('Rule name').fill('First');
    await page.getByText('A rule needs a name.').waitFor({ state: 'detached' });
    await page.getByLabel('Colour').click();
    await page.getByRole('option', { name: 'Green' }).click();
    await page.getByLabel('Active').click({ force: true });
    await page.getByLabel('Owner').fill('mia');
    await page.getByRole('option', { name: 'Mia Member' }).click();
    await page.getByLabel('Agreed').click({ force: true });
    site.invocations.length = 0;
    await page.getByLabel('Rule name').press('Enter');
    await page.getByText('save answered').waitFor();
    expect(site.invocations).toEqual([
      {
        functionKey: 'save',
        accountId: '712020:ada',
        module: 'fixture-page',
        payload: {
          values: {
            name: 'First',
            colour: { label: 'Green', value: 'green' },
            active: false,
            owner: {
              id: '712020:mia',
              name: 'Mia Member',
              email: 'mia@north.example',
              avatarUrl: '',
              type: 'user',
            },
            agreed: true,
          },
        },
      },
    ]);
    await assertClean();
  });

  test.each([0, 40, 150])(
    'controlled fields lose no characters at a bridge delay of %i ms',
    async (delay) => {
      const { page, assertClean } = await openTab('Controlled', `?bridge-delay=${delay}`);
      await page.getByLabel('Shout').pressSequentially('hello world', { delay: 15 });
      await page.getByLabel('Note').pressSequentially('quick brown fox', { delay: 15 });
      await page.getByLabel('Lamp').click({ force: true });
      await page.getByLabel('Large').click({ force: true });
      await page.getByText('HELLO WORLD|QUICK BROWN FOX|on|large').waitFor();
      await expectSoon(() => page.getByLabel('Shout').inputValue(), 'HELLO WORLD');
      await expectSoon(() => page.getByLabel('Note').inputValue(), 'QUICK BROWN FOX');
      expect(await page.getByLabel('Lamp').isChecked()).toBe(true);
      await assertClean();
    },
  );

  test('what the app refuses to take is not shown', async () => {
    const { page } = await openTab('Controlled');
    await page.getByLabel('Shout').fill('ß');
    await expectSoon(() => page.getByLabel('Shout').inputValue(), 'SS');
  });

  test('a dialog keeps the focus, closes with Escape and gives the focus back', async () => {
    const { page, assertClean } = await openTab('Overlays');
    const opener = page.getByRole('button', { name: 'Open dialog' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Remove it?' }).waitFor();
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('Tab');
      expect(await focusIsIn(page, '[role=dialog]')).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectSoon(() => opener.evaluate((element) => element === document.activeElement), true);
    await assertClean();
  });

  test('a table shows its empty view, then its rows', async () => {
    const { page, assertClean } = await openTab('Overlays');
    await page.getByText('Nothing yet').waitFor();
    await page.getByRole('button', { name: 'Add thing' }).click();
    await page.getByRole('cell', { name: 'Thing 1' }).waitFor();
    await page.getByRole('button', { name: 'Add thing' }).click();
    await page.getByRole('cell', { name: 'Thing 2' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Name' }).count()).toBe(1);
    await assertClean();
  });

  test('a flag is announced, and its action reaches the app', async () => {
    const { page, assertClean } = await openTab('Bridge');
    await page.getByRole('button', { name: 'Show flag' }).click();
    const flag = page.getByRole('alert').filter({ hasText: 'Saved' });
    await flag.waitFor();
    await flag.getByRole('button', { name: 'Undo' }).click();
    await flag.waitFor({ state: 'detached' });
    await assertClean();
  });

  test('elements in props are drawn, and their handlers work', async () => {
    const { page, assertClean } = await openTab('Gallery');
    await page.getByRole('button', { name: 'Count' }).click();
    await page.getByRole('button', { name: 'Begin' }).click();
    await expectSoon(() => page.getByTestId('clicks').textContent(), '11');
    await page.getByRole('heading', { name: 'Nothing here', level: 3 }).waitFor();
    await assertClean();
  });

  test('everything else is drawn: styles, people, progress, links, lists', async () => {
    const { page, assertClean } = await openTab('Gallery');
    const box = page.getByTestId('box');
    expect(
      await box.evaluate((element) => {
        const { paddingTop, backgroundColor } = getComputedStyle(element);
        return { paddingTop, coloured: backgroundColor !== 'rgba(0, 0, 0, 0)' };
      }),
    ).toEqual({ paddingTop: '16px', coloured: true });
    await box.getByText('Ada Admin').waitFor();
    expect(await page.getByRole('progressbar').getAttribute('aria-label')).toBe('Progress');
    expect(await page.getByRole('link', { name: 'Docs' }).getAttribute('target')).toBe('_blank');
    expect(await page.getByRole('link', { name: 'Go' }).getAttribute('href')).toBe('/somewhere');
    expect(await page.locator('ol > li').allTextContents()).toEqual(['First', 'Second']);
    await page.getByRole('button', { name: 'Hover me' }).hover();
    await page.getByRole('tooltip', { name: 'More about it' }).waitFor();
    await assertClean();
  });

  test('the tabs work with the keyboard alone', async () => {
    const { page } = await openTab('Form');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tab', { name: 'Controlled', selected: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('by hand');
    await expectSoon(() => page.getByLabel('Shout').inputValue(), 'BY HAND');
  });

  test('handlers of old documents are forgotten', async () => {
    const { page } = await openTab('Controlled');
    const kept = () => page.evaluate(() => window.__stats.functions);
    await page.getByLabel('Shout').pressSequentially('x'.repeat(60));
    await expectSoon(() => page.getByLabel('Shout').inputValue(), 'X'.repeat(60));
    const after60 = await kept();
    await page.getByLabel('Shout').pressSequentially('x'.repeat(120));
    await expectSoon(() => page.getByLabel('Shout').inputValue(), 'X'.repeat(180));
    expect(await kept()).toBeLessThanOrEqual(after60);
  });
});

const focusIsIn = (page: Page, selector: string) =>
  page.evaluate((inside) => document.activeElement?.closest(inside) !== null, selector);

/** Waits until `read` gives `expected`: what the app answers takes a while to arrive. */
async function expectSoon<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const deadline = Date.now() + 5_000;
  while ((await read()) !== expected && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await read()).toBe(expected);
}
