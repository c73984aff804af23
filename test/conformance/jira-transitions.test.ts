/** Workflows: which ways there are, for whom, what they demand and what they do. */
import { z } from 'zod';
import { createIssue, errorsIn, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const transitionsSchema = z.object({
  transitions: z.array(
    z.looseObject({ id: z.string(), name: z.string(), to: z.looseObject({ name: z.string() }) }),
  ),
});

async function ways(key: string, as = 'admin', query = '') {
  const answer = await local.get(`issue/${key}/transitions${query}`, as);
  expect(answer.status).toBe(200);
  return transitionsSchema.parse(answer.body).transitions;
}

const names = async (key: string, as?: string, query?: string) =>
  (await ways(key, as, query)).map(({ name }) => name);

/** Takes the transition of that name. */
async function take(key: string, name: string, more: object = {}, as = 'admin') {
  const way = (await ways(key, as)).find((one) => one.name === name);
  if (!way) throw new Error(`${key} has no ${name}`);
  return local.post(`issue/${key}/transitions`, { transition: { id: way.id }, ...more }, as);
}

const statusOf = async (key: string) =>
  ((await readIssue(local, key)).fields.status as { name: string }).name;

describe('GET and POST (Jira: transitions of an issue)', () => {
  test('Jira’s simplified workflow leads from everywhere to everywhere', async () => {
    expect(await names('DEMO-6')).toEqual(['To Do', 'In Progress', 'Done']);
    expect(await ways('DEMO-6')).toMatchObject([
      { isGlobal: true, isConditional: false, hasScreen: false, isAvailable: true },
      {},
      { to: { name: 'Done', statusCategory: { key: 'done' } } },
    ]);
  });

  test('a transition changes the status, and the resolution by its post function', async () => {
    await local.clock.advance(5_000);
    expect(await take('DEMO-6', 'Done')).toMatchObject({ status: 204, body: undefined });
    const at = '2026-01-05T09:00:05.000+0000';
    const done = await readIssue(local, 'DEMO-6', '?expand=changelog');
    expect(done.fields).toMatchObject({
      status: { name: 'Done' },
      resolution: { name: 'Done' },
      resolutiondate: at,
      statuscategorychangedate: at,
      updated: at,
    });
    expect(done.changelog?.histories).toMatchObject([
      {
        items: [
          { field: 'status', fieldId: 'status', fromString: 'To Do', toString: 'Done' },
          { field: 'resolution', fromString: null, toString: 'Done' },
        ],
      },
    ]);
    await take('DEMO-6', 'In Progress');
    expect((await readIssue(local, 'DEMO-6')).fields).toMatchObject({
      resolution: null,
      resolutiondate: null,
    });
    expect(local.events.map(({ type }) => type)).toEqual(['issue-updated', 'issue-updated']);
  });

  test('directed transitions lead from their statuses only', async () => {
    // `WEB` of this site: Backlog, Selected, In development, In review, Released.
    expect(await names('WEB-4', 'zoe.lefevre')).toEqual(['Select', 'Close without release']);
    expect(await names('WEB-3', 'zoe.lefevre')).toEqual(['Reject', 'Release']);
    await take('WEB-4', 'Select');
    await take('WEB-4', 'Start');
    expect(await statusOf('WEB-4')).toBe('In development');
    expect(await names('WEB-4', 'zoe.lefevre')).toEqual(['Ask for review']);
  });

  test('conditions hide a transition: a role, a permission', async () => {
    expect(await names('WEB-4', 'admin')).toContain('Put back');
    const { accountId } = local.user('zoe.lefevre');
    local.jira.deny(accountId, 'WEB', 'RESOLVE_ISSUES');
    expect(await names('WEB-3', 'zoe.lefevre')).toEqual(['Reject']);
    const all = await ways('WEB-3', 'zoe.lefevre', '?includeUnavailableTransitions=true');
    expect(all.map(({ name, isAvailable }) => [name, isAvailable])).toEqual([
      ['Reject', true],
      ['Release', false],
      ['Put back', false],
    ]);
    const [, release] = all;
    const body = { transition: { id: release?.id } };
    expect((await local.post('issue/WEB-3/transitions', body, 'zoe.lefevre')).status).toBe(400);
  });

  test('a screen demands its required fields, and takes no others', async () => {
    const [way] = (await ways('WEB-3', 'admin', '?expand=transitions.fields')).filter(
      ({ name }) => name === 'Release',
    );
    expect(way).toMatchObject({
      hasScreen: true,
      fields: {
        resolution: { required: true, allowedValues: [{ name: 'Done' }, {}, {}] },
        fixVersions: { required: false },
      },
    });
    expect(errorsIn(await take('WEB-3', 'Release'))).toEqual({
      resolution: 'Resolution is required.',
    });
    const fields = { resolution: { name: "Won't Do" } };
    const summary = { ...fields, summary: 'New' };
    expect(errorsIn(await take('WEB-3', 'Release', { fields: summary })).summary).toContain(
      'not on the appropriate screen',
    );
    expect(await statusOf('WEB-3')).toBe('In review');
    const update = { fixVersions: [{ add: { name: 'Summer' } }] };
    expect((await take('WEB-3', 'Release', { fields, update })).status).toBe(204);
    expect((await readIssue(local, 'WEB-3')).fields).toMatchObject({
      status: { name: 'Released' },
      resolution: { name: "Won't Do" },
      fixVersions: [{ name: 'Summer' }],
    });
  });

  test('a transition takes properties along', async () => {
    const properties = [{ key: 'step', value: 2 }];
    expect((await take('DEMO-6', 'Done', { properties }, 'app')).status).toBe(204);
    expect((await readIssue(local, 'DEMO-6', '?properties=step')).properties).toEqual({ step: 2 });
  });

  test.each([
    [{}],
    [{ transition: {} }],
    [{ transition: { id: '999' } }],
    [{ transition: 'Done' }],
    [{ transition: { name: 'Done' } }],
  ])('is 400 for %j', async (body) => {
    expect((await local.post('issue/DEMO-6/transitions', body, 'admin')).status).toBe(400);
  });

  test('is for those who may', async () => {
    const { accountId } = local.user('zoe.lefevre');
    local.jira.deny(accountId, 'DEMO', 'TRANSITION_ISSUES');
    expect(await names('DEMO-6', 'zoe.lefevre')).toEqual([]);
    const [, , done] = await ways('DEMO-6');
    const body = { transition: { id: done?.id } };
    expect((await local.post('issue/DEMO-6/transitions', body, 'zoe.lefevre')).status).toBe(400);
    local.jira.deny(accountId, 'DEMO', 'BROWSE_PROJECTS');
    expect((await local.get('issue/DEMO-6/transitions', 'zoe.lefevre')).status).toBe(404);
  });

  test('an edit cannot change the status, but needs no transition to edit the rest', async () => {
    const key = await createIssue(local);
    const { accountId } = local.user('zoe.lefevre');
    local.jira.deny(accountId, 'DEMO', 'TRANSITION_ISSUES');
    const body = { fields: { summary: 'New' } };
    expect((await local.put(`issue/${key}`, body, 'zoe.lefevre')).status).toBe(204);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a way to where the issue is changes nothing', async () => {
    expect((await take('DEMO-6', 'To Do')).status).toBe(204);
    expect(local.events).toEqual([]);
    expect((await readIssue(local, 'DEMO-6', '?expand=changelog')).changelog?.total).toBe(0);
  });
});
