/**
 * Two people keep issues in step in a browser: they pair their sites, add a contract each, and work on their
 * issues; everything by hand. The sites' time is virtual: what is to be there within 5 s is there after 5 s of it.
 */
import { AdminPage } from '../support/admin-in-browser';
import { seriousProblems } from '../support/axe';
import { describeWithBrowser } from '../support/browser';
import { IssuePage } from '../support/issue-in-browser';
import { pairInBrowser, statuses } from '../support/pair-in-browser';
import { screenshot } from '../support/screenshots';
import { account, startTwoSites, type TwoSites } from '../support/sites';
import { endAllowed, syncedSite } from '../support/synced-sites';
import { comment, create, paragraph } from '../support/twins';

let sites: TwoSites;
beforeEach(async () => {
  sites = await startTwoSites();
});
afterEach(() => endAllowed(sites.sandbox));

type Name = 'north' | 'south';

/** As long as a change may take from a side that is not passive. */
const inStep = () => sites.sandbox.advance(5_000);

const text = (words: string) => ({ type: 'text', text: words });

const cell = (type: 'tableHeader' | 'tableCell', words: string) => ({
  type,
  attrs: {},
  content: paragraph(words).content,
});

const row = (type: 'tableHeader' | 'tableCell', ...words: string[]) => ({
  type: 'tableRow',
  content: words.map((word) => cell(type, word)),
});

/** What the pages' forms cannot write. */
const richText = (mentioned: string) => ({
  type: 'doc',
  version: 1,
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [text('Steps')] },
    { type: 'codeBlock', attrs: { language: 'bash' }, content: [text('export --format csv')] },
    {
      type: 'table',
      content: [
        row('tableHeader', 'Browser', 'Name in the file'),
        row('tableCell', 'Firefox', 'Bäckerei Öztürk'),
        row('tableCell', 'Safari', 'B?ckerei ?zt?rk'),
      ],
    },
    {
      type: 'paragraph',
      content: [
        text('Ask '),
        { type: 'mention', attrs: { id: mentioned, text: '@Priya Raman' } },
        text(' for the customer’s file.'),
      ],
    },
  ],
});

const descriptionOf = ({ page }: IssuePage) => page.getByRole('region', { name: 'Description' });

describeWithBrowser('issues of two sites', ({ openPage }) => {
  const openAdmin = async (name: Name) => {
    const admin = new AdminPage(await openPage(`${sites[name].url}/admin`));
    await admin.page.setViewportSize({ width: 1280, height: 2400 });
    return admin;
  };
  const openIssues = async (name: Name, path = '/?project=DEMO') =>
    new IssuePage(await openPage(sites[name].url + path));

  /** Adds the contract that the form proposes for all of `DEMO`, and enables it. */
  async function addContract(admin: AdminPage, connection: string): Promise<void> {
    const { page } = admin;
    await admin.act(connection, /^Contracts/);
    await page.getByTestId('new-contract').click();
    await page.getByLabel('Name').fill('Demo project');
    await page.getByLabel('Project').fill('DEMO');
    await page.getByRole('option', { name: 'DEMO' }).click();
    await page.getByTestId('preview-contract').click();
    await page.getByTestId('mapped-fields').waitFor();
    if (connection === 'Southern office') await screenshot(page, 'contract-form');
    await page.getByTestId('add-contract').click();
    await page.getByRole('button', { name: 'Enable now' }).click();
    await admin.row('Demo project').getByText('Enabled', { exact: true }).waitFor();
  }

  async function setUp(): Promise<{ north: AdminPage; south: AdminPage }> {
    const [north, south] = [await openAdmin('north'), await openAdmin('south')];
    const { reports } = await pairInBrowser(north, south);
    expect(statuses(reports.north)).toEqual(['passed']);
    await addContract(north, 'Southern office');
    await addContract(south, 'Northern office');
    await inStep();
    return { north, south };
  }

  test('everything by hand: pair, add a contract each, and see issues stay in step', async () => {
    const admins = await setUp();
    const south = await openIssues('south');
    const north = await openIssues('north');
    await north.create('Bug', {
      Summary: 'The export loses umlauts',
      Description: 'Every one of them.\n\nSince yesterday.',
      Priority: 'High',
      Labels: 'export text',
      'Due date': '2026-03-01',
    });
    await inStep();
    await south.page.bringToFront();
    // The list is made anew by itself.
    await south.page.getByRole('row', { name: /The export loses umlauts/ }).waitFor();
    await south.page.getByRole('link', { name: 'DEMO-7', exact: true }).click();
    await south.page.getByRole('heading', { name: 'DEMO-7 The export loses umlauts' }).waitFor();
    const paragraphs = await descriptionOf(south).getByRole('paragraph').allTextContents();
    expect(paragraphs).toEqual(['Every one of them.', 'Since yesterday.']);
    await south.hasField('Issue Type', 'Bug');
    await south.hasField('Priority', 'High');
    await south.hasField('Labels', 'export text');
    await south.hasField('Due date', '2026-03-01');

    await north.edit({ Summary: 'The export loses all umlauts', Priority: 'Highest' });
    await inStep();
    await south.hasField('Priority', 'Highest');
    await south.page
      .getByRole('heading', { name: 'DEMO-7 The export loses all umlauts' })
      .waitFor();
    await south.edit({ Labels: 'export seen', 'Due date': '', 'Description, as': 'Most of them.' });
    await inStep();
    await north.hasField('Labels', 'export seen');
    await north.hasNo('Due date');
    await descriptionOf(north).getByText('Most of them.').waitFor();

    for (const [here, there] of [
      [north, south],
      [south, north],
    ] as const) {
      await here.comment('I have seen this, too.');
      await inStep();
      await there.page.bringToFront();
      await there.commentWith('I have seen this, too.').waitFor();
      await here.editComment('I have seen this, too.', 'I have seen this twice.');
      await inStep();
      await there.page.bringToFront();
      await there.commentWith('I have seen this twice.').waitFor();
      expect(await there.page.getByRole('article').count()).toBe(1);
      await here.deleteComment('I have seen this twice.');
      await inStep();
      await there.page.bringToFront();
      await there.page.getByRole('heading', { name: 'Comments (0)' }).waitFor();
    }

    await north.moveTo('In Progress');
    await inStep();
    await south.hasField('Status', 'In Progress');
    await south.moveTo('Done');
    await inStep();
    await north.hasField('Status', 'Done');
    for (const { opened } of [admins.north, admins.south, north, south]) await opened.assertClean();
  }, 120_000);

  test('a table, code and a mention come whole, and everything says where it stands', async () => {
    const admins = await setUp();
    const id = await create(syncedSite(sites.north), {
      issuetype: { name: 'Bug' },
      summary: 'The export loses umlauts',
      description: richText(account(sites.north, 'priya.raman')),
      priority: { name: 'High' },
      labels: ['export'],
      duedate: '2026-03-01',
    });
    await comment(syncedSite(sites.north), id, 'Safari only, it seems.');
    await inStep();
    const [north, south] = [
      await openIssues('north', '/browse/DEMO-7'),
      await openIssues('south', '/browse/DEMO-7'),
    ];
    await south.comment('Mended, please try again.');
    await inStep();
    await north.page.bringToFront();
    await north.commentWith('Mended, please try again.').waitFor();
    const body = descriptionOf(south);
    await body.getByRole('columnheader', { name: 'Browser' }).waitFor();
    await body.getByRole('cell', { name: 'Bäckerei Öztürk' }).waitFor();
    expect(await body.locator('pre code').textContent()).toBe('export --format csv');
    await body.getByText('Ask @Priya Raman for').waitFor();
    await south.commentWith('Safari only, it seems.').waitFor();

    for (const [name, { page }] of [
      ['issue', north],
      ['twin', south],
    ] as const) {
      await page.bringToFront();
      await screenshot(page, name, {
        width: 860,
        above: page.getByRole('region', { name: /^History/ }),
      });
      expect(await seriousProblems(page)).toEqual([]);
    }
    const { page } = admins.north;
    await page.bringToFront();
    await page.getByTestId('reload').click();
    await admins.north.row('Demo project').getByText('Bound to “').waitFor();
    await page.getByText('Dismiss').click();
    await page.mouse.move(0, 0);
    await screenshot(page, 'contracts');
    for (const { opened } of [admins.north, admins.south, north, south]) await opened.assertClean();
  }, 120_000);
});
