/** Two synced sites, judged through `jira.js`: a client that others wrote for the real Jira Cloud. */
import { Version3Client } from 'jira.js';
import { documentOf } from '../support/jira-fields';
import { startSynced, type Synced, type SyncedSite } from '../support/synced-sites';

let synced: Synced;
beforeEach(async () => {
  synced = await startSynced(['north', 'south'], [['north', 'south']]);
});
afterEach(() => synced.sandbox.dispose());

const clientOf = ({ site }: SyncedSite): Version3Client =>
  new Version3Client({
    host: site.url,
    authentication: {
      basic: { email: `zoe.lefevre@${site.identity.name}.example`, apiToken: 'any' },
    },
  });

/** An issue as far as both sides must say the same of it. */
async function seenBy(client: Version3Client, issueIdOrKey: string) {
  const { fields } = await client.issues.getIssue({ issueIdOrKey });
  return {
    type: fields.issuetype?.name,
    summary: fields.summary,
    status: fields.status.name,
    priority: fields.priority.name,
    labels: fields.labels.toSorted(),
    duedate: fields.duedate,
    description: JSON.stringify(fields.description),
  };
}

async function only(client: Version3Client, jql: string): Promise<string> {
  const { issues = [] } = await client.issueSearch.searchForIssuesUsingJqlEnhancedSearch({
    jql,
    fields: ['summary'],
  });
  expect(issues).toHaveLength(1);
  return issues[0]?.key ?? '';
}

async function moveTo(client: Version3Client, issueIdOrKey: string, status: string): Promise<void> {
  const { transitions = [] } = await client.issues.getTransitions({ issueIdOrKey });
  const id = transitions.find(({ to }) => to?.name === status)?.id ?? '';
  await client.issues.doTransition({ issueIdOrKey, transition: { id } });
}

async function commentsSeenBy(client: Version3Client, issueIdOrKey: string): Promise<string[]> {
  const { comments = [] } = await client.issueComments.getComments({ issueIdOrKey });
  return comments.map(({ body }) => JSON.stringify(body));
}

test('what jira.js does to an issue on either site, jira.js finds on the other', async () => {
  const [north, south] = [clientOf(synced.site('north')), clientOf(synced.site('south'))];
  const { key: here } = await north.issues.createIssue({
    fields: {
      project: { key: 'DEMO' },
      issuetype: { name: 'Bug' },
      summary: 'The export is empty',
      description: documentOf('On Mondays only.'),
      priority: { name: 'High' },
      labels: ['export'],
      duedate: '2026-12-01',
    },
  });
  await synced.pass();
  const there = await only(south, 'project = DEMO AND labels = export');
  expect(await seenBy(south, there)).toEqual(await seenBy(north, here));
  expect(await seenBy(south, there)).toMatchObject({ type: 'Bug', priority: 'High' });

  await south.issues.editIssue({
    issueIdOrKey: there,
    fields: { summary: 'The export is empty on Mondays', duedate: null },
    update: { labels: [{ add: 'monday' }] },
  });
  await moveTo(north, here, 'In Progress');
  await synced.pass();
  const edited = await seenBy(north, here);
  expect(edited).toEqual(await seenBy(south, there));
  expect(edited).toMatchObject({
    summary: 'The export is empty on Mondays',
    status: 'In Progress',
    labels: ['export', 'monday'],
    duedate: null,
  });

  const { id } = await north.issueComments.addComment({
    issueIdOrKey: here,
    comment: documentOf('It has a header.'),
  });
  await south.issueComments.addComment({ issueIdOrKey: there, comment: documentOf('We look.') });
  await synced.pass();
  for (const comments of [await commentsSeenBy(north, here), await commentsSeenBy(south, there)]) {
    expect(comments).toHaveLength(2);
    expect(comments.join()).toContain('It has a header.');
    expect(comments.join()).toContain('We look.');
  }
  await north.issueComments.updateComment({
    issueIdOrKey: here,
    id: id ?? '',
    body: documentOf('It has a header, and nothing else.'),
  });
  await synced.pass();
  expect((await commentsSeenBy(south, there)).join()).toContain('and nothing else.');
  await north.issueComments.deleteComment({ issueIdOrKey: here, id: id ?? '' });
  await moveTo(south, there, 'Done');
  await synced.pass();
  expect(await commentsSeenBy(south, there)).toHaveLength(1);
  expect((await seenBy(north, here)).status).toBe('Done');
});
