/** Each component that is drawn and each event of it, through the real `@forge/react`. */
import { describeWithBrowser } from '../support/browser';
import { type HostServer, pageOf, startHostServer } from '../support/host-server';
import { UI_KIT_CASES } from '../support/ui-kit-cases';
import { soon } from '../support/soon';

let site: HostServer;

beforeAll(async () => {
  site = await startHostServer({ adminPages: [pageOf('parts.tsx'), pageOf('probe.tsx', true)] });
});
afterAll(() => site.close());

/** Functions of the packages begin small; a prop of a component is none of its own. */
const isComponent = (name: string) => /^[A-Z]\w*$/.test(name);

describeWithBrowser('a UI Kit component', ({ openPage }) => {
  test.each(UI_KIT_CASES.map((one) => [`${one.part}: ${one.title}`, one] as const))(
    '%s',
    async (_title, { part, drives, act, events }) => {
      const { page, assertClean } = await openPage(`${site.url}/admin`);
      await page.getByRole('tab', { name: part, exact: true }).click();
      await page.getByRole('tabpanel', { name: part, exact: true }).waitFor();
      await act(page);
      const log = async () =>
        JSON.parse((await page.getByTestId('log').textContent()) ?? '') as unknown[];
      await soon(async () => expect(await log()).toHaveLength(events.length));
      expect(await log()).toStrictEqual(events);
      expect(await page.evaluate(() => window.__stats.components)).toEqual(
        expect.arrayContaining(drives.filter(isComponent)),
      );
      await assertClean();
    },
  );

  test('of the page for a real site is drawn but for what is refused', async () => {
    const { page } = await openPage(`${site.url}/admin?page=configure`);
    await page.getByRole('button', { name: 'Make the next field anew' }).click();
    await soon(async () =>
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(
        'Made 1 times',
      ),
    );
    expect((await page.evaluate(() => window.__stats.violations)).sort()).toEqual([
      'the app failed: unhandled rejection: unmodelled: the bridge command on',
      'unmodelled: isMulti of UserPicker',
      'unmodelled: the bridge command on',
    ]);
  });
});
