/** Copies of comments in our Jira: whose they are, what they show, and what becomes of them. */
import { documentOf as adfOf, paragraphOf } from '../../src/jira/adf/node';
import { plainTextOf } from '../../src/jira/adf/plain-text';
import { documentOf, readIssue } from '../support/jira-fields';
import {
  CONNECTION,
  contractFor,
  LocalClient,
  OTHER_CONNECTION,
  portOn,
} from '../support/jira-issues';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let client: LocalClient;
let id: string;
beforeEach(async () => {
  local = new LocalJira();
  client = new LocalClient(local);
  ({ id } = await readIssue(local, 'DEMO-6'));
});

const port = async (as = 'sync') =>
  portOn(local, client, await contractFor(local, 'DEMO', 'Task'), { as });

const MARK = { connection: CONNECTION, there: '77', n: 1, author: 'Zoë Lefèvre', at: 1_700 };
const body = (words: string) => adfOf([paragraphOf(words)]);

async function create(words = 'Hello', as?: string) {
  const issues = await port(as);
  client.calls.length = 0;
  const created = await issues.comments.create(id, { body: body(words) }, MARK);
  if ('refusal' in created) throw new Error(created.refusal.reason);
  return { issues, ...created };
}

const snapshot = async (as?: string) => {
  const read = await (await port(as)).read(id, {});
  return read?.comments ?? [];
};

test('a copy names its author, and is marked in the same request', async () => {
  const { id: comment, issues } = await create();
  expect(client.calls).toEqual(['addComment']);
  const answer = await local.get(`issue/${id}/comment/${comment}`, 'admin');
  const shown = plainTextOf((answer.body as { body: never }).body);
  expect(shown).toBe('Written by Zoë Lefèvre at south\nHello');
  expect(await issues.comments.marks(id, [comment])).toEqual({ [comment]: MARK });
});

test('a reading has the same hash, and the text without our line', async () => {
  const { id: comment, hash } = await create();
  expect(await snapshot()).toMatchObject([{ id: comment, hash, isLocalUsers: true }]);
  const [copy] = await snapshot();
  expect(copy && plainTextOf(copy.body)).toBe('Hello');
});

test('what a user writes in the form of our line stays', async () => {
  const { id: comment } = await create();
  const { body: copy } = await local.get(`issue/${id}/comment/${comment}`, 'admin');
  await local.delete(`issue/${id}/comment/${comment}`, 'admin');
  await local.post(
    `issue/${id}/comment`,
    { body: (copy as { body: unknown }).body },
    'zoe.lefevre',
  );
  const [theirs] = await snapshot();
  expect(theirs && plainTextOf(theirs.body)).toContain('Written by');
});

test('comments of others have no mark, and forged ones none either', async () => {
  const { body: made } = await local.post(
    `issue/${id}/comment`,
    { body: documentOf('Mine'), properties: [{ key: 'issuesync', value: { there: 'me' } }] },
    'zoe.lefevre',
  );
  const issues = await port();
  expect(await issues.comments.marks(id, [(made as { id: string }).id])).toEqual({});
});

describe('a mark', () => {
  async function marked(as: string, mark: object): Promise<Record<string, unknown>> {
    const { body: made } = await local.post(
      `issue/${id}/comment`,
      { body: documentOf('Mine'), properties: [{ key: 'issuesync', value: mark }] },
      as,
    );
    const marks = await (await port()).comments.marks(id, [(made as { id: string }).id]);
    return Object.fromEntries(Object.values(marks).map((one) => [one.connection, one.author]));
  }

  test.each([
    [CONNECTION, 'sync'],
    [OTHER_CONNECTION, 'sync-limited'],
  ])('of %s counts on what its account has written', async (connection, as) => {
    const author = 'Zoë Lefèvre';
    expect(await marked(as, { ...MARK, connection })).toEqual({ [connection]: author });
  });

  test.each([
    [CONNECTION, 'zoe.lefevre'],
    [CONNECTION, 'sync-limited'],
    [OTHER_CONNECTION, 'zoe.lefevre'],
    [OTHER_CONNECTION, 'sync'],
    ['one-that-is-none', 'sync'],
  ])('of %s does not count on what %s has written', async (connection, as) => {
    expect(await marked(as, { ...MARK, connection })).toEqual({});
  });
});

describe('whom a copy is for', () => {
  const GROUP = { kind: 'group', name: 'jira-software-users-north' } as const;
  const visibilityOf = async (comment: string) =>
    ((await local.get(`issue/${id}/comment/${comment}`, 'admin')).body as { visibility?: unknown })
      .visibility;

  test('is whom the original is for, by the same name; an edit changes it', async () => {
    const issues = await port();
    const restricted = { body: body('Secret'), audience: GROUP };
    const created = await issues.comments.create(id, restricted, MARK);
    if ('refusal' in created) throw new Error(created.refusal.reason);
    expect(await visibilityOf(created.id)).toMatchObject({ type: 'group', value: GROUP.name });
    expect(await snapshot()).toMatchObject([{ hash: created.hash, audience: GROUP }]);
    const open = await issues.comments.edit(id, created.id, { body: body('Secret') }, MARK);
    expect(open).not.toMatchObject({ hash: created.hash });
    expect(await visibilityOf(created.id)).toBeUndefined();
    await issues.comments.edit(id, created.id, restricted, MARK);
    expect(await visibilityOf(created.id)).toMatchObject({ value: GROUP.name });
  });

  test.each([
    ['a group that is not here', { kind: 'group', name: 'nowhere' }],
    ['a role that the Local User does not have', { kind: 'role', name: 'Members' }],
    ['the team of a service project', { kind: 'internal' }],
  ] as const)('is nobody where that is %s: it is refused, in words', async (_whom, audience) => {
    const issues = await port();
    const refused = await issues.comments.create(id, { body: body('Secret'), audience }, MARK);
    expect(refused).toMatchObject({
      refusal: { reason: expect.stringMatching(/\w.+\./) as string },
    });
    expect(await snapshot()).toEqual([]);
  });
});

test('an edit changes text, hash and mark', async () => {
  const { id: comment, hash, issues } = await create();
  const edited = await issues.comments.edit(
    id,
    comment,
    { body: body('Good-bye') },
    { ...MARK, n: 2 },
  );
  expect(edited).not.toMatchObject({ hash });
  expect(await snapshot()).toMatchObject([edited]);
  expect(await issues.comments.marks(id, [comment])).toMatchObject({ [comment]: { n: 2 } });
});

test('one that is not there cannot be edited, and is deleted', async () => {
  const { id: comment, issues } = await create();
  expect(await issues.comments.remove(id, comment)).toBeUndefined();
  expect(await snapshot()).toEqual([]);
  expect(await issues.comments.edit(id, comment, { body: body('Late') }, MARK)).toBeUndefined();
  expect(await issues.comments.remove(id, comment)).toBeUndefined();
});

test('what Jira does not allow is a refusal in its words', async () => {
  const { id: comment } = await create();
  const issues = await port('zoe.lefevre');
  const edited = await issues.comments.edit(id, comment, { body: body('Not mine') }, MARK);
  expect(edited).toMatchObject({
    refusal: { code: expect.any(String), reason: expect.any(String) },
  });
  expect(await issues.comments.remove(id, comment)).toMatchObject({ refusal: {} });
});

test('a text that is longer than Jira takes it is refused before Jira is asked', async () => {
  const issues = await port();
  client.calls.length = 0;
  const result = await issues.comments.create(id, { body: body('x'.repeat(33_000)) }, MARK);
  expect(result).toMatchObject({ refusal: { code: 'too-long' } });
  expect(client.calls).toEqual([]);
});

test('nobody is mentioned who is not known to be that person', async () => {
  const { accountId } = local.user('priya.raman');
  const mention = (account: string, name: string) => ({
    type: 'mention',
    attrs: { id: account, text: `@${name}` },
  });
  const content = [mention(accountId, 'Priya'), mention('acc-nobody', 'Nobody')];
  const issues = await port();
  client.calls.length = 0;
  await issues.comments.create(id, { body: adfOf([{ type: 'paragraph', content }]) }, MARK);
  expect(client.calls).toEqual(['bulkGetUsers', 'addComment']);
  const [copy] = await snapshot();
  expect(JSON.stringify(copy?.body)).toContain(accountId);
  expect(JSON.stringify(copy?.body)).not.toContain('acc-nobody');
});
