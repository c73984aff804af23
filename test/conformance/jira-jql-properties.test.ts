/** Issue properties that an app has had indexed, in JQL. */
import { keysFound, messagesIn } from '../support/jira-search';
import { LocalJira } from '../support/local-jira';
import { MemoryStorage } from '../../sandbox/storage';

let local: LocalJira;
beforeEach(async () => {
  const indexedProperties = [{ propertyKey: 'import', paths: ['from.site', 'path', 'batch'] }];
  local = new LocalJira(new MemoryStorage(), { indexedProperties });
  const first = { from: { site: 'a-1', issue: '7' }, path: ['a-1', 'b-2'], batch: 3 };
  await local.put('issue/DEMO-1/properties/import', first, 'admin');
  await local.put('issue/OPS-1/properties/import', { from: { site: 'b-2' }, path: [] }, 'admin');
});

const found = async (jql: string, as?: string) => (await keysFound(local, jql, as)).sort();

describe('an indexed property (Forge: Jira entity property)', () => {
  test.each([
    ['issue.property[import].from.site = "a-1"', ['DEMO-1']],
    ['issue.property[import].from.site in ("a-1", "b-2")', ['DEMO-1', 'OPS-1']],
    ['issue.property[import].from.site != "a-1"', ['OPS-1']],
    ['issue.property[import].from.site is not EMPTY', ['DEMO-1', 'OPS-1']],
    ['issue.property["import"].from.site is EMPTY AND project = OPS', ['OPS-2']],
    ['issue.property[import].path = "b-2"', ['DEMO-1']],
    ['issue.property[import].batch = 3', []],
  ])('%s', async (jql, keys) => {
    expect(await found(jql)).toEqual(keys);
  });

  test('whoever does not see an issue does not find it', async () => {
    expect(await found('issue.property[import].path is not EMPTY', 'admin')).toEqual(['DEMO-1']);
    const answer = await local.post(
      'search/jql',
      { jql: 'issue.property[import].path is not EMPTY' },
      'anonymous',
    );
    expect(answer.body).toMatchObject({ issues: [] });
  });
});

test('has no words and no order of its own (Jira: Parse JQL query)', async () => {
  const jql = 'issue.property[import].path ~ "b-2"';
  const { status, body } = await local.post('search/jql', { jql }, 'admin');
  expect(status).toBe(400);
  expect(messagesIn({ status, headers: {}, body })).not.toEqual([]);
});

test.each([
  'issue.property[import].from.issue = "7"',
  'issue.property[other].path = "b-2"',
  'project.property[import].path = "b-2"',
])('what nobody has had indexed is no answer (Sandbox: PARITY.md): %s', async (jql) => {
  await expect(local.post('search/jql', { jql }, 'admin')).rejects.toThrow('does not model');
});
