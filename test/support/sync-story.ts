/** The whole story of an issue between sites: it is created on one, and whatever becomes of it is everywhere. */
import { account } from './sites';
import type { SyncedSite } from './synced-sites';
import {
  called,
  comment,
  create,
  edit,
  issueOf,
  moveTo,
  paragraph,
  saidBy,
  textsOf,
  theOne,
  type IssueSeen,
} from './twins';

/** Who comments on which site: the first on the first, and so on. */
const COMMENTERS = [
  { as: 'zoe.lefevre', name: 'Zoë Lefèvre' },
  { as: 'lukasz.wojcik', name: 'Łukasz Wójcik' },
  { as: 'priya.raman', name: 'Priya Raman' },
];

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

/** What has to be the same of twins. */
export const plain = ({ fields }: IssueSeen) => ({
  summary: fields.summary,
  status: fields.status.name,
  priority: fields.priority?.name,
  labels: [...fields.labels].sort(),
  duedate: fields.duedate,
  type: fields.issuetype.name,
});

/** An issue of the story on one of its sites. */
interface Told {
  site: SyncedSite;
  id: string;
}

/**
 * Plays it.
 *
 * @param sites the one where it begins, and all others that are to have it
 * @param wait until everything is everywhere
 */
export async function playStory(
  [from, ...others]: readonly [SyncedSite, SyncedSite, ...SyncedSite[]],
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
  const twins = await Promise.all(
    others.map(async (site) => ({ site, id: (await theOne(site, `${what} loses umlauts`)).id })),
  );
  const first: Told = { site: from, id };
  const all: Told[] = [first, ...twins];
  const [second = first, last = second] = [twins[0], twins.at(-1)];
  for (const twin of await seenBy(twins)) {
    expect(plain(twin)).toEqual(plain(await issueOf(from, id)));
    expect(plain(twin)).toMatchObject({ priority: 'High', labels: ['export', 'text'] });
    const description = JSON.stringify(twin.fields.description);
    for (const part of ['"heading"', '"codeBlock"', 'ls -l', '"table"', 'Firefox', 'Priya']) {
      expect(description).toContain(part);
    }
  }

  await edit(from, id, { summary: `${what} loses all umlauts` });
  await edit(last.site, last.id, { labels: ['export', 'text', 'seen'], duedate: null });
  await moveTo(second.site, second.id, 'In Progress');
  await wait();
  for (const issue of await seenBy(all)) {
    expect(plain(issue)).toEqual(plain(await issueOf(from, id)));
    expect(plain(issue)).toMatchObject({
      summary: `${what} loses all umlauts`,
      status: 'In Progress',
      labels: ['export', 'seen', 'text'],
      duedate: null,
    });
  }

  const comments: string[] = [];
  for (const [at, told] of all.entries()) {
    comments.push(await comment(told.site, told.id, `Seen by number ${at}.`, COMMENTERS[at]?.as));
    await wait();
  }
  for (const [at, issue] of (await seenBy(all)).entries()) {
    expect(textsOf(issue)).toEqual(all.map((_, number) => `Seen by number ${number}.\n`));
    expect(saidBy(issue)).toEqual(
      all.map((_, number) => (number === at ? undefined : COMMENTERS[number]?.name)),
    );
  }
  const [here = ''] = comments;
  await from.rest('PUT', `issue/${id}/comment/${here}`, { body: paragraph('Seen twice.') });
  await wait();
  for (const issue of await seenBy(all)) {
    expect(textsOf(issue)).toHaveLength(all.length);
    expect(textsOf(issue)).toContain('Seen twice.\n');
  }
  expect((await seenBy(twins)).map((issue) => saidBy(issue)[0])).toEqual(
    twins.map(() => COMMENTERS[0]?.name),
  );
  await from.rest('DELETE', `issue/${id}/comment/${here}`);
  await moveTo(last.site, last.id, 'Done');
  await wait();
  for (const issue of await seenBy(all)) {
    expect(textsOf(issue)).toHaveLength(all.length - 1);
    expect(textsOf(issue)).not.toContain('Seen twice.\n');
    expect(issue.fields.status.name).toBe('Done');
  }
  for (const { site } of all) {
    expect(await called(site, `${what} loses all umlauts`)).toHaveLength(1);
  }
}

const seenBy = (all: readonly Told[]): Promise<IssueSeen[]> =>
  Promise.all(all.map(({ site, id }) => issueOf(site, id)));
