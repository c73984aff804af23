/** The small pages of a local site, by HTTP and as a person uses them. */
import { seriousProblems } from '../support/axe';
import { describeWithBrowser } from '../support/browser';
import { type HostServer, pageOf, startHostServer } from '../support/host-server';

let site: HostServer;

beforeAll(async () => {
  site = await startHostServer({ adminPages: [pageOf('page.tsx'), pageOf('throws.tsx', true)] });
});
afterAll(() => site.close());

const actAs = (accountId: string, returnTo: string) =>
  fetch(`${site.url}/_host/acting-as`, {
    method: 'POST',
    body: new URLSearchParams({ accountId, returnTo }),
    redirect: 'manual',
  });

test('the switch sets a cookie for this site only, and goes back', async () => {
  const response = await actAs('712020:mia', '/admin?page=configure');
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('/admin?page=configure');
  expect(response.headers.get('set-cookie')).toMatch(/^acting-as-north=712020%3Amia; Path=\/;/);
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', ''])(
  'the switch does not lead away: %s',
  async (returnTo) => {
    expect((await actAs('712020:mia', returnTo)).headers.get('location')).toBe('/');
  },
);

test.each(['712020:nobody', '712020:app'])('%s cannot be acted as', async (accountId) => {
  const response = await actAs(accountId, '/');
  expect(response.status).toBe(400);
  expect(response.headers.get('set-cookie')).toBeNull();
});

test.each(['/', '/admin', '/_host/app/fixture-page/index.html'])(
  '%s may load from this site only',
  async (path) => {
    const policy = (await fetch(`${site.url}${path}`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
  },
);

test.each(['/_host/nothing.js', '/_host/app/fixture-page/unknown.js', '/_host/../pages.ts'])(
  '%s is not there',
  async (path) => {
    expect((await fetch(`${site.url}${path}`)).status).toBe(404);
  },
);

test('only a theme that there is can be chosen', async () => {
  const choose = (theme: string) =>
    fetch(`${site.url}/_host/theme`, {
      method: 'POST',
      body: new URLSearchParams({ theme, returnTo: '/' }),
      redirect: 'manual',
    });
  expect((await choose('dark')).headers.get('set-cookie')).toMatch(/^theme-north=dark; Path=\/;/);
  expect((await choose('pink')).status).toBe(400);
});

describeWithBrowser('the pages of a site', ({ openPage }) => {
  test('people and projects are listed', async () => {
    const { page, assertClean } = await openPage(site.url);
    await page.getByRole('row', { name: 'Mia Member mia@north.example atlassian' }).waitFor();
    await page.getByRole('row', { name: 'ALPHA Project <Alpha>' }).waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await assertClean();
  });

  test('who is acted as can be switched, and calls Jira from then on', async () => {
    const { page, assertClean } = await openPage(`${site.url}/admin`);
    await page.getByRole('tab', { name: 'Form' }).waitFor();
    await page.getByText('Acting as Ada Admin').click();
    site.callers.length = 0;
    await page.getByRole('button', { name: 'Mia Member' }).click();
    await page.getByText('Acting as Mia Member').waitFor();
    await page
      .getByRole('heading', { name: 'Only Jira administrators can see this page' })
      .waitFor();
    expect(site.callers).toEqual(['mia@north.example']);
    expect(page.frames()).toHaveLength(1);
    await assertClean();
  });

  test('the theme is the one that was chosen, or what the browser prefers', async () => {
    const { page, assertClean } = await openPage(`${site.url}/admin`);
    const background = async () => {
      await page.getByRole('tab', { name: 'Form' }).waitFor();
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    };
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await background();
    expect(dark).not.toBe(light);

    for (const [theme, expected] of Object.entries({ light, dark, auto: dark })) {
      await page.getByText(/^Theme: /).click();
      await page.getByRole('button', { name: theme, exact: true }).click();
      await page.getByText(`Theme: ${theme}`).waitFor();
      expect(await background()).toBe(expected);
      await page.emulateMedia({ colorScheme: theme === 'light' ? 'light' : 'dark' });
    }
    await assertClean();
  });

  test('the page of Configure is the other module', async () => {
    const { page } = await openPage(site.url);
    await page.getByRole('link', { name: 'Configure Set up Fixture' }).click();
    await page.getByRole('heading', { name: 'Set up Fixture', level: 1 }).waitFor();
    await page.getByText('the app cannot start').first().waitFor();
  });

  test('the app runs in an iframe that can do nothing but run', async () => {
    const { page, assertClean } = await openPage(`${site.url}/admin`);
    await page.getByRole('tab', { name: 'Form' }).waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts');
    const frame = page.frames().find((one) => one !== page.mainFrame());
    expect(await frame?.evaluate(() => window.origin)).toBe('null');
    await assertClean();
  });

  test.each(['Form', 'Overlays', 'Gallery'])('%s has no serious problem of access', async (tab) => {
    const { page, assertClean } = await openPage(`${site.url}/admin`);
    await page.getByRole('tab', { name: tab }).click();
    await page.getByRole('tabpanel').waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await assertClean();
  });
});
