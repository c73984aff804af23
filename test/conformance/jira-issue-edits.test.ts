/** Edits of issues: verbs, history, properties, and what changes nothing. */
import { createIssue, documentOf, errorsIn, issueIn, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let key: string;
beforeEach(async () => {
  local = new LocalJira();
  key = await createIssue(local, { labels: ['a', 'b'] });
  await local.clock.advance(60_000);
  local.events.length = 0;
});

const edit = (body: Record<string, unknown>, as = 'admin', query = '') =>
  local.put(`issue/${key}${query}`, body, as);

/** Edits, and returns the issue with its history. */
async function edited(body: Record<string, unknown>, as = 'admin') {
  const answer = await edit(body, as, '?returnIssue=true&expand=changelog');
  expect(answer).toMatchObject({ status: 200 });
  return issueIn(answer);
}

describe('PUT issue', () => {
  test('answers nothing, or the issue where it is asked to', async () => {
    expect(await edit({ fields: { summary: 'One' } })).toMatchObject({
      status: 204,
      body: undefined,
    });
    const issue = await edited({ fields: { summary: 'Two' } });
    expect(issue.fields).toMatchObject({
      summary: 'Two',
      updated: '2026-01-05T09:01:00.000+0000',
      created: '2026-01-05T09:00:00.000+0000',
    });
  });

  test('the history has who, when, from what, to what, the newest first', async () => {
    await edit({ fields: { summary: 'One' } });
    await local.clock.advance(1_000);
    const { changelog } = await edited({ fields: { summary: 'Two' } }, 'app:zoe.lefevre');
    expect(changelog).toMatchObject({
      total: 2,
      histories: [
        {
          author: { displayName: 'Zoë Lefèvre' },
          created: '2026-01-05T09:01:01.000+0000',
          items: [
            {
              field: 'summary',
              fieldId: 'summary',
              fieldtype: 'jira',
              from: null,
              fromString: 'One',
              to: null,
              toString: 'Two',
            },
          ],
        },
        { author: { displayName: 'Avery Admin' }, items: [{ fromString: 'A task' }] },
      ],
    });
  });

  test('tells who did it, and whether the app did', async () => {
    await edit({ fields: { summary: 'One' } }, 'app');
    await edit({ fields: { summary: 'Two' } }, 'app:sync');
    await edit({ fields: { summary: 'Three' } }, 'sync');
    const sync = local.user('sync').accountId;
    expect(local.events).toMatchObject([
      { type: 'issue-updated', actor: { by: 'app' }, issue: { fields: { summary: 'One' } } },
      { actor: { by: 'impersonated', accountId: sync }, changelog: { author: sync } },
      { actor: { by: 'user', accountId: sync }, changelog: { items: [{ toString: 'Three' }] } },
    ]);
  });

  test('only what changed is in the history', async () => {
    const { changelog } = await edited({ fields: { summary: 'A task', duedate: '2026-02-01' } });
    expect(changelog?.histories).toMatchObject([
      { items: [{ field: 'duedate', from: null, to: '2026-02-01', toString: '2026-02-01' }] },
    ]);
  });

  test('adds to lists and takes from them', async () => {
    const { fields } = await edited({
      update: {
        labels: [{ add: 'c' }, { remove: 'a' }, { remove: 'not-there' }],
        components: [{ add: { name: 'Backend' } }],
        fixVersions: [{ set: [{ name: '1.0' }] }, { add: { name: '1.1' } }],
        summary: [{ set: 'Set' }],
      },
    });
    expect(fields).toMatchObject({
      labels: ['b', 'c'],
      components: [{ name: 'Backend' }],
      fixVersions: [{ name: '1.0' }, { name: '1.1' }],
      summary: 'Set',
    });
    const emptied = await edited({ update: { labels: [{ remove: 'b' }, { remove: 'c' }] } });
    expect(emptied.fields.labels).toEqual([]);
  });

  test('lists of things have a line of the history for each', async () => {
    await edit({ fields: { components: [{ name: 'Backend' }, { name: 'Documentation' }] } });
    const { changelog } = await edited({
      update: {
        components: [{ remove: { name: 'Backend' } }, { add: { name: 'User interface' } }],
      },
    });
    expect(changelog?.histories[0]?.items).toMatchObject([
      { field: 'Component', fieldId: 'components', fromString: 'Backend', toString: null },
      { field: 'Component', fieldId: 'components', fromString: null, toString: 'User interface' },
    ]);
  });

  test('empties what need not have a value', async () => {
    const full = { duedate: '2026-02-01', description: documentOf('x'), assignee: null };
    await edit({ fields: full });
    const { fields } = await edited({ fields: { duedate: null, description: null, labels: [] } });
    expect(fields).toMatchObject({ duedate: null, description: null, labels: [] });
    const answer = await edit({ fields: { summary: null, reporter: null } });
    expect(errorsIn(answer)).toEqual({
      summary: 'You must specify a summary of the issue.',
      reporter: 'Reporter is required.',
    });
  });

  test.each([
    [{ fields: { status: { name: 'Done' } } }, 'status'],
    [{ fields: { resolution: { name: 'Done' } } }, 'resolution'],
    [{ fields: { project: { key: 'WEB' } } }, 'project'],
    [{ fields: { created: '2026-01-01' } }, 'created'],
    [{ fields: { labels: ['x'] }, update: { labels: [{ add: 'y' }] } }, 'labels'],
    [{ update: { summary: [{ add: 'x' }] } }, 'summary'],
    [{ update: { labels: [{ add: 'x', remove: 'y' }] } }, 'labels'],
    [{ update: { labels: [{ edit: 'x' }] } }, 'labels'],
    [{ fields: { issuetype: { name: 'Epic' } } }, 'issuetype'],
    [{ fields: { issuetype: { name: 'Sub-task' } } }, 'issuetype'],
  ])('%j cannot be set', async (body, field) => {
    const answer = await edit(body);
    expect(answer.status).toBe(400);
    expect(Object.keys(errorsIn(answer))).toEqual([field]);
  });

  test('all or nothing', async () => {
    const body = { fields: { summary: 'New', duedate: 'x' }, properties: [{ key: 'p', value: 1 }] };
    expect((await edit(body)).status).toBe(400);
    const { fields, properties } = await readIssue(local, key, '?properties=*all');
    expect(fields.summary).toBe('A task');
    expect(properties).toEqual({});
    expect(local.events).toEqual([]);
  });

  test('the type can become one of the same level and workflow', async () => {
    const { fields, changelog } = await edited({ fields: { issuetype: { name: 'Story' } } });
    expect(fields.issuetype).toMatchObject({ name: 'Story' });
    expect(changelog?.histories[0]?.items).toMatchObject([
      { field: 'issuetype', fromString: 'Task', toString: 'Story' },
    ]);
  });

  test('an epic is given and taken', async () => {
    const epic = { parent: { key: 'DEMO-1' } };
    expect((await edited({ fields: epic })).fields.parent).toMatchObject({ key: 'DEMO-1' });
    const { fields } = await edited({ update: { parent: [{ set: { none: true } }] } });
    expect(fields).not.toHaveProperty('parent');
  });

  test('sets properties with the fields; they are not in the history', async () => {
    const value = { contract: 'c', hash: 'h' };
    const body = { fields: { summary: 'New' }, properties: [{ key: 'issuesync.1', value }] };
    const issue = await edited(body, 'app');
    expect(issue.changelog?.total).toBe(1);
    expect((await readIssue(local, key, '?properties=issuesync.1')).properties).toEqual({
      'issuesync.1': value,
    });
    expect(local.events.map(({ type }) => type)).toEqual(['issue-updated', 'issue-property-set']);
  });

  test('properties alone do not move updated', async () => {
    await edit({ properties: [{ key: 'p', value: [1] }] }, 'app');
    expect((await readIssue(local, key)).fields.updated).toBe('2026-01-05T09:00:00.000+0000');
  });

  test('an assignment is told apart', async () => {
    const { accountId } = local.user('priya.raman');
    await edit({ fields: { assignee: { accountId } } });
    expect(local.events.map(({ type }) => type)).toEqual(['issue-updated', 'issue-assigned']);
  });

  test('overriding a screen is for admins', async () => {
    const body = { fields: { summary: 'New' } };
    expect((await edit(body, 'app', '?overrideScreenSecurity=true')).status).toBe(403);
    expect((await edit(body, 'admin', '?overrideEditableFlag=true')).status).toBe(204);
  });

  test.each([{}, { fields: {} }, { properties: [{ key: 'p' }] }, { fields: 'x' }])(
    'is 400 for %j',
    async (body) => {
      expect((await edit(body)).status).toBe(400);
    },
  );

  test('takes notifyUsers', async () => {
    const body = { fields: { summary: 'Quietly' } };
    expect((await edit(body, 'app', '?notifyUsers=false')).status).toBe(204);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a change of nothing leaves no trace', async () => {
    await edit({ fields: { components: [{ name: 'Backend' }, { name: 'Documentation' }] } });
    await local.clock.advance(1_000);
    local.events.length = 0;
    const before = await readIssue(local, key, '?expand=changelog');
    const after = await edited({
      fields: {
        summary: 'A task',
        labels: ['b', 'a'],
        components: [{ name: 'Documentation' }, { name: 'Backend' }],
        description: null,
        priority: { name: 'Medium' },
      },
    });
    expect(after).toEqual(before);
    expect(local.events).toEqual([]);
  });

  test('editing is for those who may', async () => {
    const summary = { fields: { summary: 'New' } };
    expect((await edit(summary, 'anonymous')).status).toBe(404);
    const { accountId } = local.user('zoe.lefevre');
    local.jira.deny(accountId, 'DEMO', 'EDIT_ISSUES');
    expect(errorsIn(await edit(summary, 'zoe.lefevre'))).toEqual({
      summary: "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown.",
    });
    const properties = [{ key: 'p', value: 1 }];
    expect((await edit({ properties }, 'zoe.lefevre')).status).toBe(403);
    local.jira.deny(accountId, 'DEMO', 'BROWSE_PROJECTS');
    expect((await edit(summary, 'zoe.lefevre')).status).toBe(404);
  });
});
