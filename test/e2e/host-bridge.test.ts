/** What the app gets over the bridge, and how the page refuses what the platform does not have. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteIdentity } from '../../sandbox/site';
import { describeWithBrowser, type OpenedPage } from '../support/browser';
import { type HostServer, pageOf, startHostServer } from '../support/host-server';

const sites: HostServer[] = [];

async function siteWith(file: string, projectRoot?: string): Promise<HostServer> {
  const site = await startHostServer({
    adminPages: [pageOf(file)],
    ...(projectRoot !== undefined && { projectRoot }),
  });
  sites.push(site);
  return site;
}

afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.close()));
});

describeWithBrowser('the bridge of the page', ({ openPage }) => {
  async function openBridgeTab(site: HostServer): Promise<OpenedPage> {
    const opened = await openPage(`${site.url}/admin`);
    await opened.page.getByRole('tab', { name: 'Bridge' }).click();
    return opened;
  }

  /** Presses a button of the fixture and waits for what it says then. */
  async function press({ page }: OpenedPage, name: string, says: string | RegExp): Promise<void> {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByTestId('told').filter({ hasText: says }).waitFor();
  }

  test('invoke reaches the resolver as the one who is acted as, and brings its errors', async () => {
    const site = await siteWith('page.tsx');
    const opened = await openBridgeTab(site);
    await press(opened, 'Invoke', '"whoami answered"');
    expect(site.invocations).toEqual([
      {
        functionKey: 'whoami',
        payload: { n: 1 },
        accountId: '712020:ada',
        module: 'fixture-page',
      },
    ]);
    await press(opened, 'Invoke failing', 'refused: the resolver failed');
    await opened.assertClean();
  });

  test('requestJira asks as the one who is acted as', async () => {
    const opened = await openBridgeTab(await siteWith('page.tsx'));
    await press(opened, 'Ask Jira', 'ada@north.example');
    await opened.assertClean();
  });

  test('getContext has the form that an admin page gets', async () => {
    const { page } = await openBridgeTab(await siteWith('page.tsx'));
    const text = await page.getByTestId('context').filter({ hasText: 'cloudId' }).textContent();
    expect(JSON.parse(text ?? '')).toEqual({
      accountId: '712020:ada',
      cloudId: siteIdentity('north').cloudId,
      environmentId: expect.any(String) as unknown,
      environmentType: 'DEVELOPMENT',
      extension: { type: 'jira:adminPage' },
      localId: expect.stringContaining('fixture-page') as unknown,
      locale: 'en-US',
      moduleKey: 'fixture-page',
      siteUrl: 'https://north.atlassian.net',
      theme: expect.objectContaining({
        colorMode: 'light',
        light: 'light',
        dark: 'dark',
      }) as unknown,
      timezone: expect.any(String) as unknown,
    });
  });

  test('the ready event is taken', async () => {
    const opened = await openBridgeTab(await siteWith('page.tsx'));
    await opened.page.getByRole('button', { name: 'Ready' }).click();
    await press(opened, 'Invoke', 'answered');
    await opened.assertClean();
  });

  test('router.open shows a page elsewhere in a new tab', async () => {
    const opened = await openBridgeTab(await siteWith('page.tsx'));
    const tab = opened.page.context().waitForEvent('page');
    await opened.page.getByRole('button', { name: 'Help' }).click();
    await tab;
    await until(() => opened.opened.length > 0);
    expect(opened.opened).toEqual(['https://help.example.com/checks']);
    await opened.assertClean();
  });

  test('a command that the page does not have is rejected, recorded and shown', async () => {
    const opened = await openBridgeTab(await siteWith('page.tsx'));
    await press(opened, 'Close view', /refused: .*not closable/);
    expect(await opened.problems()).toEqual(['unmodelled: the bridge command close']);
    await opened.page
      .getByRole('alert')
      .filter({ hasText: 'unmodelled: the bridge command close' })
      .waitFor();
  });

  test('the app cannot reach anything but the page', async () => {
    const opened = await openBridgeTab(await siteWith('page.tsx'));
    await press(opened, 'Fetch elsewhere', 'refused');
    expect((await opened.problems()).join('\n')).toMatch(
      /the app's iframe was refused connect-src of https:\/\/example.com/,
    );
    await expect(opened.assertClean()).rejects.toThrow('connect-src');
  });

  test('an error in a handler is told', async () => {
    const opened = await openBridgeTab(await siteWith('page.tsx'));
    await opened.page.getByRole('button', { name: 'Fail', exact: true }).click();
    await opened.page.getByRole('alert').filter({ hasText: 'a handler that fails' }).waitFor();
    expect(await opened.problems()).toEqual(['a handler of the app failed: a handler that fails']);
  });

  test('a component, a prop and a style that are not drawn are shown in their place', async () => {
    const opened = await openPage(`${(await siteWith('unmodelled.tsx')).url}/admin`);
    await opened.page.getByText('Beside it').waitFor();
    await opened.page.getByText('In a box').waitFor();
    await until(async () => (await opened.problems()).length >= 3);
    expect((await opened.problems()).sort()).toEqual([
      'unmodelled: iconBefore of Button',
      'unmodelled: the component PieChart',
      'xcss of Box: the platform drops zIndex',
    ]);
  });

  test('an app that fails while it starts is told in plain text', async () => {
    const opened = await openPage(`${(await siteWith('throws.tsx')).url}/admin`);
    await opened.page.getByRole('heading', { name: 'The app did not start' }).waitFor();
    await opened.page.locator('pre', { hasText: 'the app cannot start' }).waitFor();
    await expect(opened.assertClean()).rejects.toThrow('the app cannot start');
  });

  test('an app that does not compile is told with file and line, and mended by a reload', async () => {
    const projectRoot = mkdtempSync(join(tmpdir(), 'host-'));
    try {
      writeFileSync(join(projectRoot, 'broken.tsx'), 'const a = 1;\nconst a = ;\n');
      const { page } = await openPage(`${(await siteWith('broken.tsx', projectRoot)).url}/admin`);
      await page.locator('pre', { hasText: /broken\.tsx:2:\d+: / }).waitFor();
      writeFileSync(join(projectRoot, 'broken.tsx'), 'throw new Error("compiled now");\n');
      await page.reload();
      await page.locator('pre', { hasText: 'compiled now' }).waitFor();
    } finally {
      rmSync(projectRoot, { recursive: true });
    }
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('It did not happen within 5 s.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
