/** Issue properties: values that apps keep with an issue. */
import { readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const AT = 'issue/DEMO-2/properties';

describe('GET, PUT and DELETE (Jira: Issue properties)', () => {
  test('are set, read, listed and deleted', async () => {
    expect(await local.put(`${AT}/issuesync.1`, { a: [1] }, 'app')).toMatchObject({ status: 201 });
    expect(await local.put(`${AT}/issuesync.1`, { a: [2] }, 'app')).toMatchObject({ status: 200 });
    expect((await local.get(`${AT}/issuesync.1`, 'admin')).body).toEqual({
      key: 'issuesync.1',
      value: { a: [2] },
    });
    const { id } = await readIssue(local, 'DEMO-2');
    expect((await local.get(AT, 'admin')).body).toEqual({
      keys: [
        {
          key: 'issuesync.1',
          self: `https://north.atlassian.net/rest/api/3/issue/${id}/properties/issuesync.1`,
        },
      ],
    });
    expect(await local.delete(`${AT}/issuesync.1`, 'app')).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect((await local.get(`${AT}/issuesync.1`, 'admin')).status).toBe(404);
    expect((await local.delete(`${AT}/issuesync.1`, 'app')).status).toBe(404);
    expect((await local.get(AT, 'admin')).body).toEqual({ keys: [] });
  });

  test.each([[null], [false], [0], ['text'], [[]], [{}]])('may be %j', async (value) => {
    expect((await local.put(`${AT}/p`, value, 'app')).status).toBe(201);
    expect((await local.get(`${AT}/p`, 'app')).body).toEqual({ key: 'p', value });
  });

  test('keys may have any characters', async () => {
    const key = 'a/b ü%';
    const path = `${AT}/${encodeURIComponent(key)}`;
    expect((await local.put(path, 1, 'app')).status).toBe(201);
    expect((await local.get(path, 'app')).body).toEqual({ key, value: 1 });
    expect((await readIssue(local, 'DEMO-2', '?properties=*all')).properties).toEqual({ [key]: 1 });
  });

  test('are limited: 255 characters of key, 32,768 of value', async () => {
    expect((await local.put(`${AT}/${'k'.repeat(255)}`, 1, 'app')).status).toBe(201);
    expect((await local.put(`${AT}/${'k'.repeat(256)}`, 1, 'app')).status).toBe(400);
    // Two are the quotation marks.
    expect((await local.put(`${AT}/p`, 'v'.repeat(32_766), 'app')).status).toBe(201);
    expect((await local.put(`${AT}/p`, 'v'.repeat(32_767), 'app')).status).toBe(400);
    expect((await local.request('PUT', `${AT}/q`, 'app', '')).status).toBe(400);
    const body = {
      fields: { summary: 'x' },
      properties: [{ key: 'p', value: 'v'.repeat(32_767) }],
    };
    expect((await local.put('issue/DEMO-2', body, 'app')).status).toBe(400);
  });

  test('some are left out of what is asked for', async () => {
    for (const key of ['a', 'b', 'c']) await local.put(`${AT}/${key}`, key, 'app');
    const read = async (query: string) => (await readIssue(local, 'DEMO-2', query)).properties;
    expect(await read('?properties=*all,-b')).toEqual({ a: 'a', c: 'c' });
    expect(await read('?properties=a&properties=b')).toEqual({ a: 'a', b: 'b' });
    expect(await read('')).toBeUndefined();
  });

  test('are for those who may: see to read, edit to write', async () => {
    await local.put(`${AT}/p`, 1, 'app');
    expect((await local.get(`${AT}/p`, 'anonymous')).status).toBe(404);
    local.jira.deny(local.user('zoe.lefevre').accountId, 'DEMO', 'EDIT_ISSUES');
    expect((await local.get(`${AT}/p`, 'zoe.lefevre')).status).toBe(200);
    expect((await local.put(`${AT}/p`, 2, 'zoe.lefevre')).status).toBe(403);
    expect((await local.delete(`${AT}/p`, 'zoe.lefevre')).status).toBe(404);
  });

  test('are told of, and leave history and updated alone', async () => {
    const before = await readIssue(local, 'DEMO-2', '?expand=changelog');
    await local.clock.advance(1_000);
    await local.put(`${AT}/p`, 1, 'app');
    await local.delete(`${AT}/p`, 'app:sync');
    expect(await readIssue(local, 'DEMO-2', '?expand=changelog')).toEqual(before);
    expect(local.events).toMatchObject([
      { type: 'issue-property-set', actor: { by: 'app' }, property: { key: 'p', value: 1 } },
      { type: 'issue-property-deleted', actor: { by: 'impersonated' }, property: { key: 'p' } },
    ]);
  });
});
