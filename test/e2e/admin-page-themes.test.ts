/** The admin page in the light and in the dark theme: everybody can read it, in every state. */
import { THEMES } from '../../sandbox/host/host-config';
import { AdminPage } from '../support/admin-in-browser';
import { seriousProblems } from '../support/axe';
import { describeWithBrowser } from '../support/browser';
import { look } from '../support/screenshots';
import { endpointUrl, startTwoSites, type TwoSites } from '../support/sites';

let sites: TwoSites;

beforeEach(async () => {
  sites = await startTwoSites({ clock: 'real', lagMs: 0 });
});

afterEach(() => sites.sandbox.dispose());

describeWithBrowser('the admin page', ({ openPage }) => {
  test.each(THEMES.filter((theme) => theme !== 'auto'))(
    'can be read in the %s theme',
    async (theme) => {
      const opened = await openPage(`${sites.north.url}/admin`);
      const { page } = opened;
      await page.getByText('Theme: auto').click();
      await page.getByRole('button', { name: theme, exact: true }).click();
      const north = new AdminPage(opened);
      const check = async (state: string) => {
        await look(page, `${state}-${theme}`);
        expect({ state, problems: await seriousProblems(page) }).toEqual({ state, problems: [] });
      };

      await page.getByTestId('empty-state').waitFor();
      // What Atlaskit draws in, and what the site around it is in.
      const root = page.locator('html');
      expect(await root.getAttribute('data-color-mode')).toBe(theme);
      expect(await root.evaluate((html) => getComputedStyle(html).colorScheme)).toBe(theme);
      await check('empty');
      await page.getByRole('tab', { name: 'This site' }).click();
      await page.getByTestId('site-tab').waitFor();
      await check('site');
      await page.getByRole('tab', { name: 'Connections' }).click();

      await page.getByTestId('new-connection').click();
      await page.getByTestId('connection-form').waitFor();
      await check('form');
      await page.getByTestId('add-connection').click();
      await page.getByTestId('fields-to-mend').waitFor();
      await check('errors');

      await page.getByTestId('generate-key').click();
      await page.getByTestId('copy-key-now').waitFor();
      await north.fill({
        name: 'South',
        localUser: 'IssueSYNC Technical User',
        remoteUrl: await endpointUrl(sites.south),
        remoteKey: 'theirs',
      });
      await north.testForm();
      await check('report');
      await north.add();
      await page.getByTestId('notice').waitFor();
      await north.row('South').getByText('IssueSYNC Technical User').waitFor();
      await check('list');
      await north.act('South', 'Remove');
      await page.getByTestId('dialog-confirm').waitFor();
      await check('dialog');
      await opened.assertClean();
    },
  );
});
