/** Every call that `@forge/bridge` exports, made by an app: answered, or refused and recorded. */
import { REFUSED_COMMANDS } from '../../sandbox/host/bridge-commands';
import { BRIDGE_CALLS, CALLED_APART } from '../support/bridge-calls';
import { describeWithBrowser } from '../support/browser';
import { type HostServer, pageOf, startHostServer } from '../support/host-server';
import { soon } from '../support/soon';

let site: HostServer;

beforeAll(async () => {
  site = await startHostServer({
    adminPages: [pageOf('bridge-calls.tsx'), pageOf('throws.tsx', true)],
  });
});
afterAll(() => site.close());

/** What the page refuses of commands that it answers otherwise. */
const REFUSED_IN_PART = [
  'unmodelled: ui-remote-fetch of invoke',
  'unmodelled: ui-container-fetch of invoke',
  'unmodelled: a request to confluence/wiki/api/v2/pages',
  'unmodelled: a request to bitbucket/2.0/user',
  'unmodelled: the event own-event',
];

/** No call of the package's index sends it. */
const NOT_EXPORTED = ['getFrameId'];

describeWithBrowser('the calls of @forge/bridge', ({ openPage }) => {
  test('each is answered or refused as listed, and each refusal is recorded', async () => {
    const { page } = await openPage(`${site.url}/admin`);
    await page.getByRole('button', { name: 'Call all' }).click();
    const text = await page.getByTestId('outcomes').textContent();
    const outcomes = JSON.parse(text ?? '') as Record<string, string>;
    expect(Object.keys(outcomes).sort()).toEqual(
      Object.keys(BRIDGE_CALLS)
        .filter((name) => !CALLED_APART.includes(name))
        .sort(),
    );
    expect(
      Object.entries(outcomes).filter(
        ([name, outcome]) => outcome.startsWith('refused') !== (BRIDGE_CALLS[name] === 'refused'),
      ),
    ).toEqual([]);
    const violations = await page.evaluate(() => window.__stats.violations);
    expect(violations.filter((one) => one.startsWith('unmodelled')).sort()).toEqual(
      [
        ...REFUSED_IN_PART,
        ...REFUSED_COMMANDS.filter((command) => !NOT_EXPORTED.includes(command)).map(
          (command) => `unmodelled: the bridge command ${command}`,
        ),
      ].sort(),
    );
  });

  test('router.navigate goes to another page of the app', async () => {
    const { page } = await openPage(`${site.url}/admin`);
    await page.getByRole('button', { name: 'Navigate' }).click();
    await page.waitForURL('**/admin?page=configure');
  });

  test('router.reload loads the page again', async () => {
    const { page, assertClean } = await openPage(`${site.url}/admin`);
    await page.evaluate(() => Object.assign(window, { isOld: true }));
    await page.getByRole('button', { name: 'Reload' }).click();
    await soon(async () => expect(await page.evaluate(() => 'isOld' in window)).toBe(false));
    await page.getByRole('button', { name: 'Reload' }).waitFor();
    await assertClean();
  });
});
