/** The history of issues, page by page and for many issues at once. */
import { z } from 'zod';
import { createIssue, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let key: string;
beforeEach(async () => {
  local = new LocalJira();
  key = await createIssue(local);
  for (let n = 1; n <= 45; n += 1) {
    await local.clock.advance(1_000);
    await local.put(`issue/${key}`, { fields: { summary: `Edit ${n}` } }, 'app');
  }
});

const entry = z.looseObject({
  created: z.string(),
  items: z.array(z.looseObject({ field: z.string(), toString: z.string().nullable() })),
});

const pageSchema = z.looseObject({
  total: z.int(),
  isLast: z.boolean(),
  nextPage: z.string().optional(),
  values: z.array(entry),
});

async function page(query = '') {
  const { status, body } = await local.get(`issue/${key}/changelog${query}`, 'admin');
  expect(status).toBe(200);
  return pageSchema.parse(body);
}

const to = (entries: z.infer<typeof entry>[]) => entries.map(({ items }) => items[0]?.toString);

describe('GET issue/{id}/changelog', () => {
  test('is given oldest first, in pages', async () => {
    const first = await page('?maxResults=2');
    expect(first).toMatchObject({ total: 45, isLast: false });
    expect(to(first.values)).toEqual(['Edit 1', 'Edit 2']);
    expect(to((await page(new URL(first.nextPage ?? '').search)).values)).toEqual([
      'Edit 3',
      'Edit 4',
    ]);
    const last = await page('?startAt=44');
    expect(last.isLast).toBe(true);
    expect(to(last.values)).toEqual(['Edit 45']);
    expect((await page('?maxResults=1000')).maxResults).toBe(100);
  });

  test('comes with an issue newest first, the last 40', async () => {
    const { changelog } = await readIssue(local, key, '?expand=changelog');
    expect(changelog?.total).toBe(45);
    expect(changelog?.histories).toHaveLength(40);
    expect(changelog?.histories[0]).toMatchObject({ items: [{ toString: 'Edit 45' }] });
  });

  test('is for those who see the issue', async () => {
    expect((await local.get(`issue/${key}/changelog`, 'anonymous')).status).toBe(404);
  });
});

describe('POST changelog/bulkfetch', () => {
  const bulkSchema = z.looseObject({
    issueChangeLogs: z.array(z.object({ issueId: z.string(), changeHistories: z.array(entry) })),
    nextPageToken: z.string().optional(),
  });

  async function bulk(body: object, as = 'admin') {
    const answer = await local.post('changelog/bulkfetch', body, as);
    expect(answer.status).toBe(200);
    return bulkSchema.parse(answer.body);
  }

  test('gives those of many issues, in pages', async () => {
    await local.put('issue/DEMO-2', { fields: { summary: 'Old' } }, 'app');
    const issueIdsOrKeys = [key, 'DEMO-2', 'DEMO-3'];
    const first = await bulk({ issueIdsOrKeys, maxResults: 3 });
    const [two, ours] = first.issueChangeLogs;
    expect(two?.issueId).toBe((await readIssue(local, 'DEMO-2')).id);
    expect(to(ours?.changeHistories ?? [])).toEqual(['Edit 1', 'Edit 2']);
    const nextPageToken = first.nextPageToken;
    const rest = await bulk({ issueIdsOrKeys, nextPageToken });
    expect(rest.issueChangeLogs[0]?.changeHistories).toHaveLength(43);
    expect(rest.nextPageToken).toBeUndefined();
  });

  test('gives the fields that are asked for, of the issues that the caller sees', async () => {
    await local.put(`issue/${key}`, { fields: { summary: 'x', duedate: '2026-02-01' } }, 'app');
    const { issueChangeLogs } = await bulk({ issueIdsOrKeys: [key], fieldIds: ['duedate'] });
    expect(issueChangeLogs[0]?.changeHistories).toMatchObject([{ items: [{ field: 'duedate' }] }]);
    expect((await bulk({ issueIdsOrKeys: [key] }, 'anonymous')).issueChangeLogs).toEqual([]);
  });

  test.each([
    [{}],
    [{ issueIdsOrKeys: [] }],
    [{ issueIdsOrKeys: ['DEMO-1'], maxResults: 10_001 }],
    [{ issueIdsOrKeys: ['DEMO-1'], nextPageToken: 'x' }],
  ])('is 400 for %j', async (body) => {
    expect((await local.post('changelog/bulkfetch', body, 'admin')).status).toBe(400);
  });
});
