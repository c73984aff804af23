/** What an app's triggers are told of changes in Jira, which are made through its REST API here. */
import type { Principal } from '../../sandbox/jira/types';
import type { Sandbox, Site } from '../../sandbox';
import type { ProductEvent } from '../../sandbox/forge/product-event-shapes';
import { startFixture } from '../support/fixture-sandbox';
import { documentOf } from '../support/jira-fields';
import { checkJiraAnswer } from '../support/openapi';
import { logged } from '../support/queue-calls';
import { account } from '../support/sites';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture({ sites: ['north'], onJiraAnswer: checkJiraAnswer });
  north = sandbox.site('north');
});

afterEach(() => {
  expect(north.violations).toEqual([]);
  return sandbox.dispose();
});

async function ask(method: string, path: string, body: unknown, principal: Principal) {
  const { status } = await north.jira.handle({
    method,
    path: `/rest/api/3/${path}`,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    principal,
  });
  expect(status).toBeLessThan(300);
}

/** What the app's triggers were told since the last question. */
async function told(): Promise<(ProductEvent & { selfGenerated: boolean })[]> {
  await sandbox.settled();
  const events = logged<{ event: ProductEvent & { selfGenerated: boolean } }>(north, 'told');
  north.logs.length = 0;
  return events.map(({ event }) => event);
}

const zoe = (): Principal => ({ type: 'user', accountId: account(north, 'zoe.lefevre') });

describe('created, updated, deleted (Forge: Jira events, Issues)', () => {
  test('have the issue, who it was, and what changed', async () => {
    const fields = { project: { key: 'DEMO' }, issuetype: { name: 'Task' }, summary: 'A' };
    await ask('POST', 'issue', { fields }, zoe());
    const { accountId } = zoe() as { accountId: string };
    expect(await told()).toEqual([
      {
        eventType: 'avi:jira:created:issue',
        timestamp: sandbox.clock.now(),
        selfGenerated: false,
        atlassianId: accountId,
        associatedUsers: { associatedUsers: [{ accountId }] },
        issue: {
          id: expect.any(String),
          key: 'DEMO-7',
          fields: {
            summary: 'A',
            issuetype: expect.objectContaining({ name: 'Task' }),
            created: '2026-01-05T09:00:00.000+0000',
            updated: '2026-01-05T09:00:00.000+0000',
            project: expect.objectContaining({ key: 'DEMO' }),
            status: expect.objectContaining({ name: 'To Do' }),
            creator: { accountId },
            reporter: { accountId },
            assignee: null,
          },
        },
      },
    ]);
    await ask('PUT', 'issue/DEMO-7', { fields: { summary: 'B' } }, zoe());
    // Two triggers of the app want to know of updates.
    const [first, second] = await told();
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      issue: { key: 'DEMO-7', fields: { summary: 'B' } },
      changelog: { items: [{ fieldId: 'summary', fromString: 'A', toString: 'B' }] },
    });
    await ask('DELETE', 'issue/DEMO-7', undefined, zoe());
    expect(await told()).toMatchObject([
      { eventType: 'avi:jira:deleted:issue', issue: { key: 'DEMO-7' }, atlassianId: accountId },
    ]);
  });

  test('a transition is an update', async () => {
    await ask('POST', 'issue/DEMO-6/transitions', { transition: { id: '31' } }, zoe());
    expect((await told())[0]).toMatchObject({
      eventType: 'avi:jira:updated:issue',
      changelog: { items: [{ field: 'status' }, { field: 'resolution' }] },
    });
  });

  test('no change, a refused change and a property are no update', async () => {
    await ask('PUT', 'issue/DEMO-6', { fields: { summary: 'Order new chairs' } }, zoe());
    await ask('PUT', 'issue/DEMO-6/properties/p', 1, zoe());
    expect(await told()).toEqual([]);
  });
});

describe('commented, comment deleted (Forge: Jira events, Issue comments)', () => {
  test('have the issue, the comment and who it was; a new one and an edited one are the same event', async () => {
    const { accountId } = zoe() as { accountId: string };
    const at = 'issue/DEMO-6/comment';
    await ask('POST', at, { body: documentOf('one') }, zoe());
    const [created] = await told();
    expect(created).toEqual({
      eventType: 'avi:jira:commented:issue',
      timestamp: sandbox.clock.now(),
      selfGenerated: false,
      atlassianId: accountId,
      associatedUsers: { associatedUsers: [{ accountId }] },
      issue: expect.objectContaining({ key: 'DEMO-6' }),
      comment: {
        id: expect.any(String),
        author: { accountId },
        updateAuthor: { accountId },
        body: documentOf('one'),
        created: '2026-01-05T09:00:00.000+0000',
        updated: '2026-01-05T09:00:00.000+0000',
        jsdPublic: true,
      },
    });
    const { id } = created?.comment as { id: string };
    await ask('PUT', `${at}/${id}`, { body: documentOf('two') }, { type: 'app' });
    expect(await told()).toMatchObject([
      {
        eventType: 'avi:jira:commented:issue',
        selfGenerated: true,
        comment: { id, author: { accountId }, body: documentOf('two') },
      },
    ]);
    await ask('DELETE', `${at}/${id}`, undefined, zoe());
    const [deleted] = await told();
    expect(deleted).toMatchObject({
      eventType: 'avi:jira:deleted:comment',
      atlassianId: accountId,
      issue: { key: 'DEMO-6' },
      comment: { id },
    });
    expect(deleted).not.toHaveProperty('associatedUsers');
  });
});

describe('selfGenerated (Forge: Trigger, filter)', () => {
  test('marks what the app did by itself', async () => {
    await ask('PUT', 'issue/DEMO-6', { fields: { summary: 'B' } }, { type: 'app' });
    // The trigger that ignores the app's own changes is not called.
    expect(await told()).toMatchObject([{ selfGenerated: true }]);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test.each([true, false])('what the app did as a user is its own: %s', async (itsOwn) => {
    north.setFaults({ impersonatedIsSelf: itsOwn });
    const principal: Principal = { ...(zoe() as { type: 'user'; accountId: string }), byApp: true };
    await ask('PUT', 'issue/DEMO-6', { fields: { summary: 'B' } }, principal);
    const events = await told();
    expect(events).toHaveLength(itsOwn ? 1 : 2);
    expect(events[0]).toMatchObject({ selfGenerated: itsOwn });
  });
});
