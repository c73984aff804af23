/** Documents in fields: what is one, what Jira makes of it. */
import type { AdfDocument, AdfNode } from '../../sandbox/jira/adf';
import { createIssue, documentOf, errorsIn, issueIn, readIssue } from '../support/jira-fields';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
let key: string;
beforeEach(async () => {
  local = new LocalJira();
  key = await createIssue(local, { issuetype: { name: 'Bug' } });
});

const set = (description: unknown) => local.put(`issue/${key}`, { fields: { description } }, 'app');

/** Writes the blocks, and returns those that Jira keeps. */
async function kept(...content: AdfNode[]): Promise<AdfNode[]> {
  const answer = await set({ type: 'doc', version: 1, content });
  expect(answer.status).toBe(204);
  const { description } = (await readIssue(local, key)).fields;
  return (description as AdfDocument).content ?? [];
}

const text = (words: string, marks?: AdfNode['marks']): AdfNode => ({
  type: 'text',
  text: words,
  ...(marks ? { marks } : {}),
});
const paragraph = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });

describe('PUT issue with documents (Jira: Atlassian Document Format)', () => {
  test('keeps tables, code, panels, lists, links and expands as they are', async () => {
    const cell = (type: string): AdfNode => ({
      type,
      attrs: { colspan: 1, background: '#deebff' },
      content: [paragraph(text('x'))],
    });
    const blocks: AdfNode[] = [
      { type: 'heading', attrs: { level: 2 }, content: [text('Title', [{ type: 'strong' }])] },
      {
        type: 'table',
        attrs: { isNumberColumnEnabled: true, layout: 'default' },
        content: [
          { type: 'tableRow', content: [cell('tableHeader')] },
          { type: 'tableRow', content: [cell('tableCell')] },
        ],
      },
      { type: 'codeBlock', attrs: { language: 'typescript' }, content: [text('const a = 1;')] },
      { type: 'panel', attrs: { panelType: 'info' }, content: [paragraph(text('Note'))] },
      {
        type: 'bulletList',
        content: [{ type: 'listItem', content: [paragraph(text('one'))] }],
      },
      paragraph(
        text('see ', [{ type: 'em' }]),
        text('there', [{ type: 'link', attrs: { href: 'https://example.com' } }]),
        { type: 'hardBreak' },
        { type: 'emoji', attrs: { shortName: ':smile:' } },
      ),
      { type: 'expand', attrs: { title: 'More' }, content: [paragraph(text('hidden'))] },
      { type: 'rule' },
    ];
    expect(await kept(...blocks)).toEqual(blocks);
  });

  test.each([
    ['text', 'words'],
    ['a number', 3],
    ['an object', {}],
    ['a paragraph', paragraph(text('x'))],
  ])('%s is no document', async (_what, value) => {
    const answer = await set(value);
    expect(answer.status).toBe(400);
    expect(errorsIn(answer)).toEqual({
      description:
        'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    });
  });

  test('the environment and text areas are documents too', async () => {
    const { body } = await local.get('field', 'admin');
    const id = (body as { id: string; name: string }[]).find(
      ({ name }) => name === 'Acceptance criteria',
    )?.id;
    const fields = { environment: documentOf('Linux'), [id ?? '']: documentOf('It works') };
    const answer = await local.put(`issue/${key}?returnIssue=true`, { fields }, 'app');
    expect(issueIn(answer).fields).toMatchObject(fields);
    const bad = await local.put(`issue/${key}`, { fields: { [id ?? '']: 'text' } }, 'app');
    expect(errorsIn(bad)[id ?? '']).toContain('Atlassian Document');
  });

  test('the history has the text', async () => {
    await set({
      type: 'doc',
      version: 1,
      content: [paragraph(text('one '), text('two', [{ type: 'em' }])), paragraph(text('three'))],
    });
    const { changelog } = await readIssue(local, key, '?expand=changelog');
    expect(changelog?.histories[0]).toMatchObject({
      items: [{ field: 'description', fromString: null, toString: 'one two\nthree' }],
    });
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test.each<[string, AdfNode]>([
    ['a node that there is not', { type: 'blink', content: [text('x')] }],
    ['empty text', paragraph(text(''))],
    ['text outside of a paragraph', text('x')],
    ['a mark that there is not', paragraph(text('x', [{ type: 'blink' }]))],
    ['an attribute that there is not', { type: 'heading', attrs: { level: 9 }, content: [] }],
    ['a table in a table cell’s text', paragraph({ type: 'table', content: [] })],
  ])('%s is not valid, and no field is named', async (_what, block) => {
    const answer = await set({ type: 'doc', version: 1, content: [block] });
    expect(answer).toMatchObject({
      status: 400,
      body: { errorMessages: ['INVALID_INPUT'], errors: {} },
    });
    expect((await readIssue(local, key)).fields.description).toBeNull();
  });

  test('another version is not valid', async () => {
    expect((await set({ ...documentOf('x'), version: 2 })).status).toBe(400);
  });

  test('empty marks and attributes go, neighbouring texts become one', async () => {
    expect(
      await kept({
        ...paragraph(text('a', []), text('b'), text('c', [{ type: 'em' }])),
        attrs: {},
      }),
    ).toEqual([paragraph(text('ab'), text('c', [{ type: 'em' }]))]);
  });

  test('a mention gets the name of who is mentioned', async () => {
    const { accountId } = local.user('zoe.lefevre');
    const mention: AdfNode = { type: 'mention', attrs: { id: accountId } };
    const attrs = { id: accountId, text: '@Zoë Lefèvre', accessLevel: '' };
    expect(await kept(paragraph(mention))).toEqual([paragraph({ ...mention, attrs })]);
  });

  test('what is written back as it was read changes nothing', async () => {
    await kept(paragraph(text('a', []), text('b')));
    const before = await readIssue(local, key, '?expand=changelog');
    await local.clock.advance(1_000);
    await set(before.fields.description);
    expect(await readIssue(local, key, '?expand=changelog')).toEqual(before);
  });

  test('an empty document is none', async () => {
    await set(documentOf('x'));
    expect((await set({ type: 'doc', version: 1, content: [] })).status).toBe(204);
    expect((await readIssue(local, key)).fields.description).toBeNull();
  });

  test('32,767 characters of text are the limit', async () => {
    expect((await set(documentOf('x'.repeat(32_767)))).status).toBe(204);
    expect(errorsIn(await set(documentOf('x'.repeat(32_768)))).description).toContain('32,767');
  });
});
