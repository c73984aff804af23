/**
 * The whole story between two sites, in each mode: an issue is created, and everything that becomes of it on
 * either side becomes of its twin.
 */
import { account } from '../support/sites';
import { startSynced, type Synced, type SyncedSite } from '../support/synced-sites';
import {
  called,
  comment,
  create,
  edit,
  issueOf,
  moveTo,
  paragraph,
  textsOf,
  theOne,
  type IssueSeen,
} from '../support/twins';

let synced: Synced;
afterEach(async () => {
  for (const { violations } of synced.sandbox.sites) expect(violations).toEqual([]);
  await synced.sandbox.dispose();
});

/** Longer than the poll of an active side takes to collect. */
const COLLECTED = 65;

const richText = (accountId: string) => ({
  type: 'doc',
  version: 1,
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Steps' }] },
    { type: 'codeBlock', attrs: { language: 'bash' }, content: [{ type: 'text', text: 'ls -l' }] },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [
            { type: 'tableHeader', attrs: {}, content: paragraph('Browser').content },
            { type: 'tableCell', attrs: {}, content: paragraph('Firefox').content },
          ],
        },
      ],
    },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Ask ' },
        { type: 'mention', attrs: { id: accountId, text: '@Priya Raman' } },
      ],
    },
  ],
});

const plain = ({ fields }: IssueSeen) => ({
  summary: fields.summary,
  status: fields.status.name,
  priority: fields.priority?.name,
  labels: [...fields.labels].sort(),
  duedate: fields.duedate,
  type: fields.issuetype.name,
});

async function play(
  from: SyncedSite,
  to: SyncedSite,
  wait: () => Promise<void>,
  what: string,
): Promise<void> {
  const id = await create(from, {
    summary: `${what} loses umlauts`,
    description: richText(account(from.site, 'priya.raman')),
    priority: { name: 'High' },
    labels: ['export', 'text'],
    duedate: '2026-12-01',
  });
  await wait();
  const twin = await theOne(to, `${what} loses umlauts`);
  const original = await issueOf(from, id);
  expect(plain(twin)).toEqual(plain(original));
  expect(plain(twin)).toMatchObject({ priority: 'High', labels: ['export', 'text'] });
  const description = JSON.stringify(twin.fields.description);
  for (const part of ['"heading"', '"codeBlock"', 'ls -l', '"table"', 'Firefox', 'Priya']) {
    expect(description).toContain(part);
  }

  await edit(from, id, { summary: `${what} loses all umlauts` });
  await edit(to, twin.id, { labels: ['export', 'text', 'seen'], duedate: null });
  await moveTo(to, twin.id, 'In Progress');
  await wait();
  expect(plain(await issueOf(from, id))).toEqual(plain(await issueOf(to, twin.id)));
  expect(plain(await issueOf(from, id))).toMatchObject({
    summary: `${what} loses all umlauts`,
    status: 'In Progress',
    labels: ['export', 'seen', 'text'],
    duedate: null,
  });

  const here = await comment(from, id, 'I have seen this, too.');
  await comment(to, twin.id, 'We look into it.');
  await wait();
  for (const issue of [await issueOf(from, id), await issueOf(to, twin.id)]) {
    expect(textsOf(issue).join()).toContain('I have seen this, too.');
    expect(textsOf(issue).join()).toContain('We look into it.');
    expect(issue.fields.comment.comments).toHaveLength(2);
  }
  const body = { body: paragraph('I have seen this twice.') };
  await from.rest('PUT', `issue/${id}/comment/${here}`, body);
  await wait();
  expect(textsOf(await issueOf(to, twin.id)).join()).toContain('I have seen this twice.');
  await from.rest('DELETE', `issue/${id}/comment/${here}`);
  await moveTo(from, id, 'Done');
  await wait();
  const ended = await issueOf(to, twin.id);
  expect(textsOf(ended).join()).not.toContain('twice');
  expect(ended.fields.comment.comments).toHaveLength(1);
  expect(ended.fields.status.name).toBe('Done');
  expect(await called(from, `${what} loses all umlauts`)).toHaveLength(1);
  expect(await called(to, `${what} loses all umlauts`)).toHaveLength(1);
}

test.each([
  ['neither side passive, the app’s own account', undefined, 'app'],
  ['neither side passive, picked users', undefined, 'picked'],
  ['the first side passive', 'first', 'picked'],
  ['the second side passive', 'second', 'picked'],
] as const)('%s: both ways', async (_name, passive, localUser) => {
  synced = await startSynced(['north', 'south'], [['north', 'south']], {
    ...(passive ? { passive } : {}),
    localUser,
  });
  const [north, south] = [synced.site('north'), synced.site('south')];
  const wait = () => synced.pass(passive ? COLLECTED : 5);
  await play(north, south, wait, 'The export');
  await play(south, north, wait, 'The import');
});
