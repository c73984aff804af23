/** The pages of a site's issues, as a person uses them who has a browser and perhaps no mouse. */
import type { Page } from 'playwright-core';
import type { AdfNode } from '../../sandbox/jira/adf';
import { Sandbox, type Site } from '../../sandbox';
import { seriousProblems } from '../support/axe';
import { describeWithBrowser } from '../support/browser';
import { documentOf } from '../support/jira-fields';
import { checkJiraAnswer } from '../support/openapi';
import { look } from '../support/screenshots';
import { account } from '../support/sites';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await Sandbox.start({ sites: ['north'], onJiraAnswer: checkJiraAnswer });
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

/** A call of the REST API as somebody, beside what the page does. */
async function ask(method: string, path: string, body?: unknown, as = 'admin'): Promise<unknown> {
  const answer = await north.jira.handle({
    method,
    path: `/rest/api/3/${path}`,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    principal: { type: 'user', accountId: account(north, as) },
  });
  if (answer.status >= 400) throw new Error(answer.body);
  return answer.body === undefined ? undefined : JSON.parse(answer.body);
}

const fieldsOf = async (key: string): Promise<Record<string, unknown>> =>
  ((await ask('GET', `issue/${key}`)) as { fields: Record<string, unknown> }).fields;

const historyRow = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: /^History/ }).getByRole('row', { name });

/** As the menu of the page's head does it. */
async function actAs(page: Page, name: string): Promise<void> {
  await page.getByText(/^Acting as/).click();
  await page.getByRole('button', { name }).click();
  await page.getByText(`Acting as ${name}`).waitFor();
}

const isAsWideAsTheWindow = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten'.repeat(3);

test.each(['/browse/%', '/browse/DEMO-1/unknown', '/browse/'])('%s is no page', async (path) => {
  const answer = await fetch(north.url + path, { method: 'POST' });
  expect(answer.status).toBe(404);
});

test('a page of another origin changes nothing', async () => {
  const answer = await fetch(`${north.url}/browse/DEMO-6/delete`, {
    method: 'POST',
    headers: { origin: 'http://evil.example' },
  });
  expect(answer.status).toBe(403);
  await ask('GET', 'issue/DEMO-6');
});

describeWithBrowser('the list of issues', ({ openPage }) => {
  test('has the issues of a project, newest first', async () => {
    const { page, assertClean } = await openPage(north.url);
    const rows = page.getByRole('region', { name: 'Issues of DEMO' }).getByRole('row');
    expect(await rows.nth(1).textContent()).toContain('DEMO-6TaskOrder new chairs');
    await page.getByRole('row', { name: /DEMO-3 Bug Umlauts .* To Do Łukasz Wójcik/ }).waitFor();
    await page.getByRole('link', { name: 'OPS IT operations' }).click();
    await page.getByRole('row', { name: /OPS-2 Task The printer/ }).waitFor();
    await page.getByRole('link', { name: 'OPS-2', exact: true }).click();
    await page.getByRole('heading', { name: 'OPS-2 The printer on the second' }).waitFor();
    await assertClean();
  });

  test('is made anew when an issue comes', async () => {
    const { page } = await openPage(north.url);
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'A twin' };
    await ask('POST', 'issue', { fields });
    await page.getByRole('row', { name: /DEMO-7 Task A twin/ }).waitFor();
  });

  test('goes on, page by page', async () => {
    const fields = { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'One more' };
    for (let count = 0; count < 49; count += 1) await ask('POST', 'issue', { fields });
    const { page } = await openPage(`${north.url}/?project=OPS`);
    await page.getByRole('link', { name: 'Older issues' }).click();
    await page.getByRole('link', { name: 'OPS-1', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Older issues' }).count()).toBe(0);
  });
});

describeWithBrowser('a new issue', ({ openPage }) => {
  test('is created with the keyboard alone', async () => {
    const { page, assertClean } = await openPage(`${north.url}/create?project=DEMO`);
    await page.getByRole('link', { name: 'Task', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Task', exact: true, includeHidden: false }).waitFor();
    await page.getByLabel('Summary').focus();
    await page.keyboard.type('A <b>new</b> issue');
    await page.keyboard.press('Tab');
    await page.keyboard.type('One.\nTwo.\n\nThree.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Low');
    await page.keyboard.press('Tab');
    await page.keyboard.type('one two');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'DEMO-7 A <b>new</b> issue' }).waitFor();
    const line = (text: string): AdfNode => ({ type: 'text', text });
    expect(await fieldsOf('DEMO-7')).toMatchObject({
      issuetype: { name: 'Task' },
      priority: { name: 'Low' },
      labels: ['one', 'two'],
      description: {
        content: [
          { type: 'paragraph', content: [line('One.'), { type: 'hardBreak' }, line('Two.')] },
          { type: 'paragraph', content: [line('Three.')] },
        ],
      },
    });
    expect(await seriousProblems(page)).toEqual([]);
    await assertClean();
  });

  test('has what its project must have', async () => {
    const { page } = await openPage(`${north.url}/create?project=WEB`);
    await page.getByRole('link', { name: 'Bug', exact: true }).click();
    await page.getByLabel('Summary').fill('It is slow');
    await page.getByLabel('Browser').selectOption({ index: 1 });
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'WEB-5 It is slow' }).waitFor();
  });

  test('that Jira refuses can be mended', async () => {
    const { page } = await openPage(`${north.url}/create?project=DEMO`);
    await page.getByLabel('Summary').fill('x'.repeat(256));
    await page.getByLabel('Description').fill('Not lost');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('alert').getByText("Summary can't exceed 255 characters").waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('Not lost');
    await page.getByLabel('Summary').fill('Short');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'DEMO-7 Short' }).waitFor();
  });

  test('is not for everybody, in Jira’s own words', async () => {
    north.jira.deny(account(north, 'zoe.lefevre'), 'DEMO', 'CREATE_ISSUES');
    const { page } = await openPage(`${north.url}/create?project=DEMO`);
    await actAs(page, 'Zoë Lefèvre');
    await page.getByRole('alert').getByText('No project could be found').waitFor();
  });
});

const text = (words: string, ...marks: NonNullable<AdfNode['marks']>): AdfNode => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks } : {}),
});
const paragraph = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });
const link = (href: string) => ({ type: 'link', attrs: { href } });

/** A node of each kind, and some that the page does not know. */
const documentOfAll = (mentioned: string) => ({
  type: 'doc',
  version: 1,
  content: [
    { type: 'heading', attrs: { level: 1 }, content: [text('Steps')] },
    {
      type: 'orderedList',
      attrs: { order: 3 },
      content: [{ type: 'listItem', content: [paragraph(text('Third', { type: 'strong' }))] }],
    },
    { type: 'codeBlock', attrs: { language: 'ts' }, content: [text('if (a < b) {\n  run();\n}')] },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [{ type: 'tableHeader', content: [paragraph(text('Head'))] }],
        },
        { type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph(text('Cell'))] }] },
      ],
    },
    { type: 'panel', attrs: { panelType: 'warning' }, content: [paragraph(text('Careful'))] },
    paragraph(
      { type: 'mention', attrs: { id: mentioned } },
      text(' see '),
      text('here', link('https://example.com/')),
      text(' not '),
      text('there', link('javascript:alert(1)')),
    ),
    { type: 'mediaSingle', content: [{ type: 'media', attrs: MEDIA }] },
  ],
});

const MEDIA = { type: 'file', id: '1', collection: 'c' };

describeWithBrowser('the page of an issue', ({ openPage }) => {
  test('draws its description, and shows every field', async () => {
    const description = documentOfAll(account(north, 'priya.raman'));
    await ask('PUT', 'issue/DEMO-3', { fields: { description } });
    await ask('PUT', 'issue/DEMO-3/properties/issuesync.1', { twin: 'SOUTH-1' });
    const { page, assertClean } = await openPage(`${north.url}/browse/DEMO-3`);
    const body = page.getByRole('region', { name: 'Description' });
    await body.getByRole('heading', { name: 'Steps', level: 3 }).waitFor();
    expect(await body.locator('ol').getAttribute('start')).toBe('3');
    expect(await body.locator('pre code').textContent()).toBe('if (a < b) {\n  run();\n}');
    await body.getByRole('columnheader', { name: 'Head' }).waitFor();
    await body.getByRole('note').getByText('Careful').waitFor();
    await body.getByText('@Priya Raman').waitFor();
    expect(await body.getByRole('link').allTextContents()).toEqual(['here']);
    await body.locator('.adf-unknown .adf-unknown').getByText('media').waitFor();
    for (const name of [
      /^Assignee Łukasz Wójcik$/,
      /^Components Backend$/,
      /^Customer Bäckerei Öztürk$/,
      /^Priority Medium$/,
      /^Created 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
    ]) {
      await page.getByRole('region', { name: 'Fields' }).getByRole('row', { name }).waitFor();
    }
    await page.getByText(/^Without a value: .*Due date/).waitFor();
    await page.getByRole('row', { name: 'issuesync.1 { "twin": "SOUTH-1" }' }).waitFor();
    await historyRow(page, /Avery Admin description .*Gr\?\?e.* Steps/).waitFor();
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await look(page, `site-issue-${colorScheme}`);
      expect(await seriousProblems(page)).toEqual([]);
    }
    await assertClean();
  });

  test('edits what was changed in the form, and nothing else', async () => {
    await ask('PUT', 'issue/DEMO-2', { fields: { description: documentOfAll('x') } });
    const { description } = await fieldsOf('DEMO-2');
    const { page, assertClean } = await openPage(`${north.url}/browse/DEMO-2`);
    await page.getByText('Edit', { exact: true }).click();
    // Somebody else does too, meanwhile.
    await ask('PUT', 'issue/DEMO-2', { fields: { summary: 'Theirs' } });
    await page.getByLabel('Priority').selectOption({ label: 'Low' });
    await page.getByLabel('Labels').fill('one two');
    await page.getByLabel('Due date').fill('2026-03-01');
    await page.getByLabel('Assignee').selectOption({ label: 'Priya Raman' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'DEMO-2 Theirs' }).waitFor();
    expect(await fieldsOf('DEMO-2')).toMatchObject({
      summary: 'Theirs',
      description,
      priority: { name: 'Low' },
      labels: ['one', 'two'],
      duedate: '2026-03-01',
      assignee: { displayName: 'Priya Raman' },
    });
    await historyRow(page, /Avery Admin priority High Low/).waitFor();
    await page.getByText('Edit', { exact: true }).click();
    await page.getByLabel('Summary').fill('Mine');
    await page.getByLabel('Description, as').fill('Plain\n\nnow');
    await page.getByLabel('Due date').fill('');
    await page.getByLabel('Assignee').selectOption({ label: '-' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: 'DEMO-2 Mine' }).waitFor();
    expect(await fieldsOf('DEMO-2')).toMatchObject({
      description: { content: [paragraph(text('Plain')), paragraph(text('now'))] },
      duedate: null,
      assignee: null,
    });
    await assertClean();
  });

  test('moves on by a button, and by a form where fields are demanded', async () => {
    const { page } = await openPage(`${north.url}/browse/DEMO-6`);
    await page.getByRole('button', { name: 'In Progress' }).click();
    await historyRow(page, /status To Do In Progress/).waitFor();
    await page.goto(`${north.url}/browse/WEB-3`);
    await page.getByText('Release (Released) …').click();
    await page.getByLabel('Resolution (required)').selectOption({ index: 1 });
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Release (Released)' }).click();
    await historyRow(page, /resolution/).waitFor();
  });

  test('has comments that are added, edited and deleted', async () => {
    const visibility = { type: 'role', value: 'Administrators' };
    await ask('POST', 'issue/DEMO-6/comment', { body: documentOf('Secret'), visibility });
    const { page, assertClean } = await openPage(`${north.url}/browse/DEMO-6`);
    await page.getByLabel('New comment').fill('How many?\n\nAnd which?');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    await page.getByRole('heading', { name: 'Comments (2)' }).waitFor();
    await sandbox.clock.advance(1_000);
    const [secret, mine] = [0, 1].map((at) => page.getByRole('article').nth(at));
    expect(await mine?.locator('.adf p').allTextContents()).toEqual(['How many?', 'And which?']);
    await secret?.getByText('only for role Administrators').waitFor();
    await secret?.getByText('Edit the comment').click();
    await secret?.getByLabel('Comment, as').fill('Still secret');
    expect(await seriousProblems(page)).toEqual([]);
    await secret?.getByRole('button', { name: 'Save the comment' }).click();
    await page.getByRole('article').getByText('edited by Avery Admin').waitFor();
    await secret?.getByText('only for role Administrators').waitFor();
    await mine?.getByRole('button', { name: 'Delete the comment' }).click();
    await page.getByRole('heading', { name: 'Comments (1)' }).waitFor();
    await actAs(page, 'Zoë Lefèvre');
    await page.getByRole('heading', { name: 'Comments (0)' }).waitFor();
    await assertClean();
  });

  test('says what Jira refuses, and keeps what was written', async () => {
    const lukasz = account(north, 'lukasz.wojcik');
    for (const permission of ['EDIT_ISSUES', 'ADD_COMMENTS', 'DELETE_ISSUES']) {
      north.jira.deny(lukasz, 'DEMO', permission);
    }
    await ask('POST', 'issue/DEMO-6/comment', { body: documentOf('Not his') });
    const { page } = await openPage(`${north.url}/browse/DEMO-6`);
    await actAs(page, 'Łukasz Wójcik');
    await page.getByLabel('New comment').fill('May I?');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('you do not have the permission to comment on this issue').waitFor();
    expect(await page.getByLabel('New comment').inputValue()).toBe('May I?');
    await page.getByText('Edit', { exact: true }).click();
    await page.getByLabel('Summary').fill('Mine');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await alert.getByText("summary: Field 'summary' cannot be set").waitFor();
    expect(await page.getByLabel('Summary').inputValue()).toBe('Mine');
    await page.getByText('Edit the comment').click();
    await page.getByLabel('Comment, as').fill('His now');
    await page.getByRole('button', { name: 'Save the comment' }).click();
    await alert.getByText('you do not have the permission to edit this comment').waitFor();
    expect(await page.getByLabel('Comment, as').inputValue()).toBe('His now');
    await page.getByRole('button', { name: 'Delete the comment' }).click();
    await alert.getByText('You do not have permission to delete comment').waitFor();
    await page.getByText('Delete the issue').click();
    await page.getByRole('button', { name: 'Delete DEMO-6 for good' }).click();
    await alert.getByText('You do not have permission to delete issues').waitFor();
    await look(page, 'site-issue-refused');
  });

  test('deletes the issue, and leads to its project', async () => {
    const { page } = await openPage(`${north.url}/browse/DEMO-2`);
    await page.getByText('Delete the issue').click();
    await page.getByRole('button', { name: 'Delete DEMO-2 for good' }).click();
    await page.getByRole('alert').getByText('has subtasks').waitFor();
    await page.getByText('Delete the issue').click();
    await page.getByLabel('with its subtasks').check();
    await page.getByRole('button', { name: 'Delete DEMO-2 for good' }).click();
    await page.getByRole('region', { name: 'Issues of DEMO' }).waitFor();
    expect(await page.getByRole('link', { name: 'DEMO-2', exact: true }).count()).toBe(0);
    await page.goto(`${north.url}/browse/DEMO-2`);
    await page.getByRole('alert').getByText('Issue does not exist or you do not').waitFor();
  });

  test('is made anew when the issue changes, but not under somebody’s hands', async () => {
    const { page, assertClean } = await openPage(`${north.url}/browse/DEMO-6`);
    await sandbox.clock.advance(1_000);
    await ask('PUT', 'issue/DEMO-6', { fields: { summary: 'Changed once' } });
    await page.getByRole('heading', { name: 'DEMO-6 Changed once' }).waitFor();
    await page.getByLabel('New comment').fill('I was about to say');
    await page.getByRole('heading', { name: 'Comments (0)' }).click();
    await sandbox.clock.advance(1_000);
    await ask('PUT', 'issue/DEMO-6', { fields: { summary: 'Changed twice' } });
    await page.getByRole('status').getByText('This has changed elsewhere.').waitFor();
    expect(await page.getByLabel('New comment').inputValue()).toBe('I was about to say');
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Show it as it is now' }).click();
    await page.getByRole('heading', { name: 'DEMO-6 Changed twice' }).waitFor();
    await assertClean();
  });

  test('is not broken by long names', async () => {
    const fields = { summary: LONG, labels: [LONG], description: documentOf(LONG) };
    await ask('PUT', 'issue/DEMO-6', { fields });
    await ask('PUT', `issue/DEMO-6/properties/${LONG}`, LONG);
    await ask('POST', 'issue/DEMO-6/comment', { body: documentOf(LONG) });
    const { page } = await openPage(`${north.url}/browse/DEMO-6`);
    await page.setViewportSize({ width: 600, height: 800 });
    expect(await isAsWideAsTheWindow(page)).toBe(true);
    await look(page, 'site-issue-long');
    await page.goto(north.url);
    expect(await isAsWideAsTheWindow(page)).toBe(true);
    await look(page, 'site-list-long');
    expect(await seriousProblems(page)).toEqual([]);
  });
});
