/** Comments of issues. */
import { z } from 'zod';
import { CommentStore } from '../../sandbox/jira/comment-store';
import { createIssue, documentOf, errorsIn, readIssue } from '../support/jira-fields';
import { LocalJira, type LocalJiraAnswer } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const AT = 'issue/DEMO-2/comment';

const commentSchema = z.looseObject({ id: z.string(), body: z.unknown() });

const add = async (text: string, as = 'zoe.lefevre', more: object = {}): Promise<string> => {
  const answer = await local.post(AT, { body: documentOf(text), ...more }, as);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return commentSchema.parse(answer.body).id;
};

const edit = (id: string, text: string, as: string, more: object = {}) =>
  local.put(`${AT}/${id}`, { body: documentOf(text), ...more }, as);

/** The texts of the comments in a list, a page of ids, or the field of an issue. */
function textsIn({ body }: Pick<LocalJiraAnswer, 'body'>): string[] {
  const list = z.array(z.looseObject({ body: z.unknown() }));
  const { comments, values } = z
    .looseObject({ comments: list.optional(), values: list.optional() })
    .parse(body);
  return (comments ?? values ?? []).map((comment) =>
    [...JSON.stringify(comment.body).matchAll(/"text":"(.*?)"/g)].map(([, text]) => text).join(),
  );
}

const listed = async (query = '', as = 'zoe.lefevre'): Promise<string[]> =>
  textsIn(await local.get(`${AT}${query}`, as));

describe('GET and POST issue/{id}/comment (Jira: Issue comments)', () => {
  test('a comment is kept as it was written, with who and when', async () => {
    const { accountId } = local.user('zoe.lefevre');
    const answer = await local.post(AT, { body: documentOf('Hello') }, 'zoe.lefevre');
    expect(answer).toMatchObject({
      status: 201,
      body: {
        author: { accountId, displayName: 'Zoë Lefèvre' },
        updateAuthor: { accountId },
        body: documentOf('Hello'),
        created: '2026-01-05T09:00:00.000+0000',
        updated: '2026-01-05T09:00:00.000+0000',
        jsdPublic: true,
      },
    });
    const { id } = commentSchema.parse(answer.body);
    const issue = await readIssue(local, 'DEMO-2');
    const self = `https://north.atlassian.net/rest/api/3/issue/${issue.id}/comment/${id}`;
    const read = await local.get(`${AT}/${id}`, 'zoe.lefevre');
    expect(read).toMatchObject({ status: 200, body: { self } });
    expect(read.body).toEqual(answer.body);
    for (const none of ['visibility', 'properties', 'renderedBody']) {
      expect(read.body).not.toHaveProperty(none);
    }
    expect((await local.get(AT, 'lukasz.wojcik')).body).toMatchObject({
      startAt: 0,
      maxResults: 100,
      total: 1,
      comments: [{ id, author: { accountId } }],
    });
  });

  test('are listed page by page, oldest first unless told otherwise', async () => {
    for (const text of ['one', 'two', 'three']) {
      await add(text);
      await local.clock.advance(1_000);
    }
    expect(await listed()).toEqual(['one', 'two', 'three']);
    expect(await listed('?orderBy=-created')).toEqual(['three', 'two', 'one']);
    expect(await listed('?orderBy=%2Bcreated&startAt=1&maxResults=1')).toEqual(['two']);
    expect((await local.get(`${AT}?startAt=2`, 'app')).body).toMatchObject({
      startAt: 2,
      total: 3,
      comments: [{}],
    });
    expect((await local.get(`${AT}?orderBy=updated`, 'app')).status).toBe(400);
  });

  test('the body is a document, and changes as one does', async () => {
    const text = { type: 'text', text: 'a', marks: [] };
    const content = [{ type: 'paragraph', content: [text, { type: 'text', text: 'b' }] }];
    const answer = await local.post(AT, { body: { type: 'doc', version: 1, content } }, 'app');
    expect(answer.body).toMatchObject({ body: documentOf('ab') });
    const blink = { type: 'doc', version: 1, content: [{ type: 'blink' }] };
    expect((await local.post(AT, { body: blink }, 'app')).status).toBe(400);
    expect(errorsIn(await local.post(AT, { body: documentOf('x'.repeat(32_768)) }, 'app'))).toEqual(
      { comment: expect.stringContaining('32,767') },
    );
    expect(await listed()).toEqual(['ab']);
  });

  test('renderedBody is there when asked for', async () => {
    const id = await add('1 < 2');
    expect((await local.get(`${AT}/${id}?expand=renderedBody`, 'app')).body).toMatchObject({
      renderedBody: '<p>1 &lt; 2</p>',
    });
    expect((await local.get(`${AT}?expand=renderedBody`, 'app')).body).toMatchObject({
      comments: [{ renderedBody: '<p>1 &lt; 2</p>' }],
    });
  });

  test('a comment moves the updated of its issue, and is not in its history', async () => {
    const before = await readIssue(local, 'DEMO-2', '?expand=changelog');
    const updated = async () => (await readIssue(local, 'DEMO-2')).fields.updated;
    await local.clock.advance(1_000);
    const id = await add('one');
    expect(await updated()).toBe('2026-01-05T09:00:01.000+0000');
    await local.clock.advance(1_000);
    await edit(id, 'two', 'zoe.lefevre');
    expect(await updated()).toBe('2026-01-05T09:00:02.000+0000');
    await local.clock.advance(1_000);
    await local.delete(`${AT}/${id}`, 'zoe.lefevre');
    expect(await updated()).toBe('2026-01-05T09:00:03.000+0000');
    expect((await readIssue(local, 'DEMO-2', '?expand=changelog')).changelog).toEqual(
      before.changelog,
    );
  });

  test('are for those who see the issue', async () => {
    const id = await add('one');
    for (const path of [AT, `${AT}/${id}`, `comment/${id}/properties`]) {
      expect((await local.get(path, 'anonymous')).status).toBe(404);
    }
    expect((await local.post(AT, { body: documentOf('x') }, 'anonymous')).status).toBe(404);
    expect((await local.put(`${AT}/${id}`, { body: documentOf('x') }, 'anonymous')).status).toBe(
      404,
    );
    const body = { ids: [Number(id)] };
    expect(textsIn(await local.post('comment/list', body, 'anonymous'))).toEqual([]);
  });

  test('are hidden with an issue of a security level', async () => {
    const at = 'issue/WEB-2/comment';
    const { body } = await local.post(at, { body: documentOf('x') }, 'zoe.lefevre');
    const { id } = commentSchema.parse(body);
    local.jira.setSecurityLevel('WEB-2', 'Confidential');
    expect((await local.get(`${at}/${id}`, 'zoe.lefevre')).status).toBe(404);
    expect((await local.get(`comment/${id}/properties`, 'zoe.lefevre')).status).toBe(404);
    const ids = [Number(id)];
    expect(textsIn(await local.post('comment/list', { ids }, 'zoe.lefevre'))).toEqual([]);
    expect(textsIn(await local.post('comment/list', { ids }, 'admin'))).toEqual(['x']);
  });

  test('a comment of another issue is not there', async () => {
    const id = await add('one');
    expect((await local.get(`issue/DEMO-1/comment/${id}`, 'app')).status).toBe(404);
    expect((await local.delete(`issue/DEMO-1/comment/${id}`, 'app')).status).toBe(404);
    expect((await local.get(`${AT}/1`, 'app')).status).toBe(404);
  });

  test('an issue has 5,000 at most', async () => {
    const { id: issueId } = await readIssue(local, 'DEMO-2');
    const store = new CommentStore(local.storage);
    const author = local.user('admin').accountId;
    const body = documentOf('x');
    const old = { issueId, author, updateAuthor: author, created: 0, updated: 0, body };
    for (let id = 1; id < 5_000; id += 1) store.put({ ...old, id: `${id}`, properties: {} });
    await add('the last one');
    expect((await local.post(AT, { body }, 'app')).status).toBe(413);
    expect((await local.get(`${AT}?startAt=4999`, 'app')).body).toMatchObject({ total: 5_000 });
  });
});

describe('PUT issue/{id}/comment/{id} (Jira: Issue comments)', () => {
  test('edits, and says who did', async () => {
    const id = await add('one');
    await local.clock.advance(1_000);
    const answer = await edit(id, 'two', 'admin');
    expect(answer).toMatchObject({
      status: 200,
      body: {
        author: { displayName: 'Zoë Lefèvre' },
        updateAuthor: { displayName: 'Avery Admin' },
        created: '2026-01-05T09:00:00.000+0000',
        updated: '2026-01-05T09:00:01.000+0000',
      },
    });
    expect(await listed()).toEqual(['two']);
    expect((await local.put(`${AT}/${id}?notifyUsers=false`, { body: {} }, 'admin')).status).toBe(
      400,
    );
  });

  test('own comments, or all of them, by permission', async () => {
    const id = await add('one');
    expect((await edit(id, 'two', 'lukasz.wojcik')).status).toBe(400);
    expect((await edit(id, 'two', 'sync')).status).toBe(200);
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'EDIT_OWN_COMMENTS');
    expect((await edit(id, 'three', 'zoe.lefevre')).status).toBe(400);
    expect(await listed()).toEqual(['two']);
  });
});

describe('DELETE issue/{id}/comment/{id} (Jira: Issue comments)', () => {
  test('takes it away', async () => {
    const id = await add('one');
    await add('two');
    expect(await local.delete(`${AT}/${id}`, 'zoe.lefevre')).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect(await listed()).toEqual(['two']);
    expect((await local.get(`${AT}/${id}`, 'zoe.lefevre')).status).toBe(404);
    expect((await local.delete(`${AT}/${id}`, 'zoe.lefevre')).status).toBe(404);
  });

  test('own comments, or all of them, by permission', async () => {
    const id = await add('one');
    expect((await local.delete(`${AT}/${id}`, 'lukasz.wojcik')).status).toBe(400);
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'DELETE_OWN_COMMENTS');
    expect((await local.delete(`${AT}/${id}`, 'zoe.lefevre')).status).toBe(400);
    expect((await local.delete(`${AT}/${id}`, 'anonymous')).status).toBe(405);
    expect(await listed()).toEqual(['one']);
    expect((await local.delete(`${AT}/${id}`, 'sync')).status).toBe(204);
  });

  test('an issue that is deleted takes its comments along, and nobody is told of them', async () => {
    const key = await createIssue(local);
    const answer = await local.post(`issue/${key}/comment`, { body: documentOf('x') }, 'app');
    const { id } = commentSchema.parse(answer.body);
    local.events.length = 0;
    await local.delete(`issue/${key}`, 'admin');
    expect((await local.get(`comment/${id}/properties`, 'admin')).status).toBe(404);
    expect(new CommentStore(local.storage).find(id)).toBeUndefined();
    expect(local.events.map(({ type }) => type)).toEqual(['issue-deleted']);
  });
});

describe('visibility (Jira: Issue comments)', () => {
  const group = () => `jira-admins-${local.site.name}`;

  test('a comment for a role or a group is hidden from whoever is not in it', async () => {
    const role = { type: 'role', value: 'Administrators' };
    const id = await add('for the role', 'admin', { visibility: role });
    await add('for the group', 'admin', { visibility: { type: 'group', value: group() } });
    await add('for all', 'admin');
    expect(await listed('', 'admin')).toEqual(['for the role', 'for the group', 'for all']);
    expect((await local.get(`${AT}/${id}`, 'admin')).body).toMatchObject({
      visibility: { ...role, identifier: 'Administrators' },
    });
    for (const as of ['zoe.lefevre', 'sync', 'app']) {
      const { body } = await local.get(AT, as);
      expect(body).toMatchObject({ total: 1, comments: [{}] });
      expect(textsIn({ body: (await readIssue(local, 'DEMO-2', '', as)).fields.comment })).toEqual([
        'for all',
      ]);
      expect((await local.get(`${AT}/${id}`, as)).status).toBe(404);
      expect((await edit(id, 'x', as)).status).toBe(404);
      expect((await local.delete(`${AT}/${id}`, as)).status).toBe(404);
      expect((await local.put(`comment/${id}/properties/p`, 1, as)).status).toBe(404);
      const byId = await local.post('comment/list', { ids: [Number(id)] }, as);
      expect(byId.body).toMatchObject({ total: 0, values: [] });
    }
  });

  test('a group may be named by its id', async () => {
    await add('one', 'admin', { visibility: { type: 'group', value: group() } });
    const { comments } = z
      .looseObject({ comments: z.array(z.looseObject({ visibility: z.unknown() })) })
      .parse((await local.get(AT, 'admin')).body);
    const { identifier } = z.looseObject({ identifier: z.string() }).parse(comments[0]?.visibility);
    expect(identifier).not.toBe(group());
    const answer = await local.post(
      AT,
      { body: documentOf('two'), visibility: { type: 'group', identifier } },
      'admin',
    );
    expect(answer.body).toMatchObject({ visibility: { value: group(), identifier } });
  });

  test.each([
    [{ type: 'role', value: 'Nobody' }],
    [{ type: 'group', value: 'nobody' }],
    [{ type: 'user', value: 'admin' }],
    ['Administrators'],
  ])('%j is nobody that a comment can be for', async (visibility) => {
    const answer = await local.post(AT, { body: documentOf('x'), visibility }, 'admin');
    expect(answer.status).toBe(400);
    expect(await listed('', 'admin')).toEqual([]);
  });
});

describe('POST comment/list (Jira: Issue comments)', () => {
  test('gives comments of many issues, with properties when asked for', async () => {
    const one = await add('one', 'app', { properties: [{ key: 'p', value: { a: 1 } }] });
    const other = await local.post('issue/WEB-1/comment', { body: documentOf('two') }, 'app');
    const { id: two } = commentSchema.parse(other.body);
    const ids = [Number(two), Number(one), 1];
    const plain = await local.post('comment/list', { ids }, 'app');
    expect(textsIn(plain)).toEqual(['one', 'two']);
    expect(JSON.stringify(plain.body)).not.toContain('properties');
    expect((await local.post('comment/list?expand=properties', { ids }, 'app')).body).toMatchObject(
      {
        total: 2,
        isLast: true,
        values: [
          { id: one, properties: [{ key: 'p', value: { a: 1 } }] },
          { id: two, properties: [] },
        ],
      },
    );
  });

  test('takes 1 to 1,000 ids', async () => {
    const list = async (ids: unknown) => (await local.post('comment/list', { ids }, 'app')).status;
    expect(await list([])).toBe(400);
    expect(await list('x')).toBe(400);
    expect(await list(Array.from({ length: 1_000 }, (_, id) => id))).toBe(200);
    expect(await list(Array.from({ length: 1_001 }, (_, id) => id))).toBe(400);
  });
});

describe('GET, PUT and DELETE comment/{id}/properties (Jira: Issue comment properties)', () => {
  test('are set, read, listed and deleted, and move nothing', async () => {
    const id = await add('one');
    const at = `comment/${id}/properties`;
    const before = await readIssue(local, 'DEMO-2');
    local.events.length = 0;
    await local.clock.advance(1_000);
    expect((await local.put(`${at}/a b`, { n: 1 }, 'app')).status).toBe(201);
    expect((await local.put(`${at}/a b`, null, 'app')).status).toBe(200);
    expect((await local.get(`${at}/a%20b`, 'zoe.lefevre')).body).toEqual({
      key: 'a b',
      value: null,
    });
    const self = `https://north.atlassian.net/rest/api/3/${at}/a%20b`;
    expect((await local.get(at, 'zoe.lefevre')).body).toEqual({ keys: [{ self, key: 'a b' }] });
    expect((await local.delete(`${at}/a%20b`, 'app')).status).toBe(204);
    expect((await local.get(`${at}/a%20b`, 'app')).status).toBe(404);
    expect((await local.delete(`${at}/a%20b`, 'app')).status).toBe(404);
    expect(await readIssue(local, 'DEMO-2')).toEqual(before);
    expect(local.events).toEqual([]);
  });

  test('come with a new comment or an edit; an edit leaves the others', async () => {
    const id = await add('one', 'app', { properties: [{ key: 'a', value: 1 }] });
    await edit(id, 'two', 'app', { properties: [{ key: 'b', value: 2 }] });
    for (const [key, value] of Object.entries({ a: 1, b: 2 })) {
      const { body } = await local.get(`comment/${id}/properties/${key}`, 'app');
      expect(body).toEqual({ key, value });
    }
  });

  test('are limited: 255 characters of key, 32,768 of value', async () => {
    const id = await add('one');
    const at = `comment/${id}/properties`;
    expect((await local.put(`${at}/${'k'.repeat(255)}`, 1, 'app')).status).toBe(201);
    expect((await local.put(`${at}/${'k'.repeat(256)}`, 1, 'app')).status).toBe(400);
    expect((await local.put(`${at}/p`, 'v'.repeat(32_766), 'app')).status).toBe(201);
    expect((await local.put(`${at}/p`, 'v'.repeat(32_767), 'app')).status).toBe(400);
    const properties = [{ key: 'p', value: 'v'.repeat(32_767) }];
    expect((await edit(id, 'two', 'app', { properties })).status).toBe(400);
    expect(await listed()).toEqual(['one']);
  });

  test('are written by whoever may edit the comment', async () => {
    const id = await add('one');
    const path = `comment/${id}/properties/p`;
    expect((await local.put(path, 1, 'lukasz.wojcik')).status).toBe(403);
    expect((await local.put(path, 1, 'zoe.lefevre')).status).toBe(201);
    expect((await local.get(path, 'lukasz.wojcik')).status).toBe(200);
    expect((await local.delete(path, 'lukasz.wojcik')).status).toBe(403);
  });
});

describe('GET issue, POST issue/bulkfetch: the field comment', () => {
  test('is a page of comments, without their properties', async () => {
    const id = await add('one', 'app', { properties: [{ key: 'p', value: 1 }] });
    const issue = await readIssue(local, 'DEMO-2', '?fields=comment&expand=schema');
    expect(issue).toMatchObject({ schema: { comment: { type: 'comments-page' } } });
    const comment = (await local.get(`${AT}/${id}`, 'admin')).body;
    const field = {
      comments: [comment],
      self: `https://north.atlassian.net/rest/api/3/issue/${issue.id}/comment`,
      maxResults: 1,
      total: 1,
      startAt: 0,
    };
    expect(issue.fields).toEqual({ comment: field });
    const fetched = async (fields?: string[]) =>
      (await local.post('issue/bulkfetch', { issueIdsOrKeys: ['DEMO-2'], fields }, 'admin')).body;
    expect(await fetched(['comment'])).toMatchObject({ issues: [{ fields: { comment: field } }] });
    expect(JSON.stringify(await fetched())).not.toContain('"comment"');
  });

  test('a field of the site that is no column of a list', async () => {
    const { body } = await local.get('field', 'admin');
    expect(body).toContainEqual(expect.objectContaining({ id: 'comment', navigable: false }));
  });
});

describe('GET mypermissions, of a comment', () => {
  test('is that of its project', async () => {
    const id = await add('one');
    const path = `mypermissions?permissions=BROWSE_PROJECTS&commentId=${id}`;
    expect((await local.get(path, 'lukasz.wojcik')).body).toMatchObject({
      permissions: { BROWSE_PROJECTS: { havePermission: true } },
    });
    expect((await local.get(path, 'anonymous')).status).toBe(404);
  });
});

describe('events (Forge: Jira events, Issue comments)', () => {
  test('are told with the comment and who it was, edited as new', async () => {
    const id = await add('one');
    await edit(id, 'two', 'app:sync');
    await local.delete(`${AT}/${id}`, 'app');
    const issue = { key: 'DEMO-2', fields: { summary: expect.any(String) as string } };
    const two = { id, body: documentOf('two') };
    expect(local.events).toMatchObject([
      { type: 'issue-commented', actor: { by: 'user' }, issue, comment: { id } },
      { type: 'issue-commented', actor: { by: 'impersonated' }, issue, comment: two },
      { type: 'comment-deleted', actor: { by: 'app' }, issue, comment: two },
    ]);
    expect(JSON.stringify(local.events)).not.toContain('@north.example');
  });

  test('a refused comment is no event, and moves nothing', async () => {
    const id = await add('one');
    const before = await readIssue(local, 'DEMO-2');
    local.events.length = 0;
    await local.clock.advance(1_000);
    await edit(id, 'two', 'lukasz.wojcik');
    await local.delete(`${AT}/${id}`, 'lukasz.wojcik');
    await local.post(AT, { body: 'text' }, 'zoe.lefevre');
    expect(local.events).toEqual([]);
    expect(await readIssue(local, 'DEMO-2')).toEqual(before);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test.each([
    ['none', {}, 'Comment body can not be empty!'],
    ['null', { body: null }, 'Comment body can not be empty!'],
    ['no blocks', { body: { type: 'doc', version: 1, content: [] } }, 'can not be empty'],
    [
      'an empty paragraph',
      { body: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [] }] } },
      'can not be empty',
    ],
    ['text', { body: 'Hello' }, 'Comment body is not valid!'],
    ['a paragraph', { body: { type: 'paragraph', content: [] } }, 'is not valid'],
  ])('a body that is %s is refused in Jira’s words', async (_what, body, words) => {
    const answer = await local.post(AT, body, 'zoe.lefevre');
    expect(answer).toMatchObject({ status: 400, body: { errorMessages: [] } });
    expect(errorsIn(answer).comment).toContain(words);
    expect(await listed()).toEqual([]);
  });

  test('without the permission it is 400, named and told beside what else is wrong', async () => {
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'ADD_COMMENTS');
    const errorMessages = ['Zoë Lefèvre, you do not have the permission to comment on this issue.'];
    const write = (body: unknown) => local.post(AT, { body }, 'zoe.lefevre');
    expect(await write(documentOf('x'))).toMatchObject({ status: 400, body: { errorMessages } });
    expect(await write('x')).toMatchObject({
      status: 400,
      body: { errorMessages, errors: { comment: 'Comment body is not valid!' } },
    });
    expect(await listed()).toEqual([]);
  });

  test('a page has 100 comments at most, whatever is asked for', async () => {
    for (let count = 0; count < 101; count += 1) await add(`${count}`);
    expect((await local.get(`${AT}?maxResults=5000`, 'app')).body).toMatchObject({
      maxResults: 100,
      total: 101,
    });
    expect(await listed('?maxResults=5000')).toHaveLength(100);
  });

  test('20 of them come with each of many issues, all with one', async () => {
    for (let count = 0; count < 21; count += 1) await add(`${count}`);
    const body = { issueIdsOrKeys: ['DEMO-2'], fields: ['comment'] };
    const search = { jql: 'key = DEMO-2', fields: ['comment'] };
    for (const answer of [
      await local.post('issue/bulkfetch', body, 'app'),
      await local.post('search/jql', search, 'app'),
    ]) {
      expect(answer.body).toMatchObject({
        issues: [{ fields: { comment: { maxResults: 20, total: 21, startAt: 0 } } }],
      });
    }
    const { comment } = (await readIssue(local, 'DEMO-2')).fields;
    expect(textsIn({ body: comment })).toHaveLength(21);
  });

  test('nobody writes for a role or group that they are not in', async () => {
    const write = async (visibility: object) =>
      errorsIn(await local.post(AT, { body: documentOf('x'), visibility }, 'sync')).commentLevel;
    expect(await write({ type: 'role', value: 'Administrators' })).toBe(
      'You are currently not a member of the project role: Administrators.',
    );
    expect(await write({ type: 'group', value: 'site-admins' })).toBe(
      'You are currently not a member of the group: site-admins.',
    );
  });

  test('an edit that does not say for whom the comment is makes it one for all', async () => {
    const visibility = { type: 'role', value: 'Administrators' };
    const id = await add('secret', 'admin', { visibility });
    await edit(id, 'secret still', 'admin', { visibility });
    expect(await listed()).toEqual([]);
    await edit(id, 'secret no more', 'admin');
    expect(await listed()).toEqual(['secret no more']);
  });

  test('an edit that changes nothing is an edit', async () => {
    const id = await add('one');
    local.events.length = 0;
    await local.clock.advance(1_000);
    expect((await edit(id, 'one', 'zoe.lefevre')).body).toMatchObject({
      updated: '2026-01-05T09:00:01.000+0000',
    });
    expect(local.events).toHaveLength(1);
  });

  test('there are no replies', async () => {
    const id = await add('one');
    const body = { body: documentOf('x'), parentId: Number(id) };
    expect((await local.post(AT, body, 'zoe.lefevre')).status).toBe(400);
    expect(await listed()).toEqual(['one']);
  });
});
