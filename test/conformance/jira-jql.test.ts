/** What the queries of JQL find: fields, operators, values, functions, orders. */
import { createIssue, documentOf, readIssue } from '../support/jira-fields';
import { keysFound, messagesIn } from '../support/jira-search';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

/** In the order of their keys, whatever the query's order is. */
const found = async (jql: string, as?: string) => (await keysFound(local, jql, as)).sort();

const refused = async (jql: string, as = 'admin') =>
  messagesIn(await local.post('search/jql', { jql }, as));

describe('fields (Jira: JQL fields)', () => {
  test.each([
    ['project = OPS', ['OPS-1', 'OPS-2']],
    ['project = "IT operations"', ['OPS-1', 'OPS-2']],
    ['issuetype = Epic', ['DEMO-1', 'WEB-1']],
    ['type = sub-task', ['DEMO-5']],
    ['status = Done', ['DEMO-4']],
    ['statusCategory = "In Progress" AND project != WEB', ['DEMO-1', 'DEMO-2', 'OPS-2']],
    ['priority = High', ['DEMO-2']],
    ['priority > Medium AND project = DEMO', ['DEMO-2']],
    ['labels = onboarding', ['DEMO-1', 'DEMO-2']],
    ['component = "User interface"', ['DEMO-2']],
    ['fixVersion = 1.1', ['DEMO-2']],
    ['affectedVersion is not EMPTY', []],
    ['assignee = "Priya Raman"', ['OPS-2']],
    ['assignee = "priya.raman@north.example"', ['OPS-2']],
    ['reporter = "Łukasz Wójcik"', ['DEMO-4', 'OPS-2', 'WEB-3']],
    ['creator = "Łukasz Wójcik"', ['DEMO-4', 'OPS-2', 'WEB-3']],
    ['summary ~ chairs', ['DEMO-6']],
    ['description ~ jargon', ['DEMO-2']],
    ['text ~ pictures', ['DEMO-2', 'DEMO-5']],
    ['text ~ Bäckerei', ['DEMO-3']],
    ['key = demo-4', ['DEMO-4']],
    ['issuekey in (DEMO-4, OPS-1)', ['DEMO-4', 'OPS-1']],
    ['key > DEMO-4', ['DEMO-5', 'DEMO-6']],
    ['key < DEMO-2', ['DEMO-1']],
    ['parent = DEMO-1', ['DEMO-2']],
    ['due = 2026-01-31', ['DEMO-4']],
    ['duedate <= "2026/01/30"', []],
    ['resolution = Unresolved AND project = OPS', ['OPS-1', 'OPS-2']],
    ['resolution is not EMPTY', ['DEMO-4']],
    ['resolved is not EMPTY', ['DEMO-4']],
    ['Effort >= 3', ['DEMO-2']],
    ['Severity = Major', ['DEMO-3']],
    ['Severity not in (Major)', []],
    ['Browser is not EMPTY', ['WEB-3']],
    ['Customer ~ "Öztürk"', ['DEMO-3']],
  ])('%s', async (jql, keys) => {
    expect(await found(jql)).toEqual(keys);
  });

  test('ids stand for names, account ids for people, cf[…] for a custom field', async () => {
    const { id, fields } = await readIssue(local, 'DEMO-3');
    expect(await found(`id = ${id}`)).toEqual(['DEMO-3']);
    const { issuetype } = fields as { issuetype: { id: string } };
    expect(await found(`issuetype = ${issuetype.id} AND project = DEMO`)).toEqual(['DEMO-3']);
    expect(await found(`assignee = ${local.user('priya.raman').accountId}`)).toEqual(['OPS-2']);
    const [severity] = Object.entries(fields).filter(
      ([name, value]) => name.startsWith('customfield') && JSON.stringify(value).includes('Major'),
    );
    const number = severity?.[0].replace('customfield_', '') ?? '';
    expect(await found(`cf[${number}] = Major`)).toEqual(['DEMO-3']);
  });

  test('comments count in text, and have a field', async () => {
    await local.post('issue/OPS-1/comment', { body: documentOf('With a keyboard') }, 'admin');
    expect(await found('comment ~ keyboard')).toEqual(['OPS-1']);
    expect(await found('text ~ keyboard')).toEqual(['OPS-1']);
    expect(await found('summary ~ keyboard')).toEqual([]);
  });

  test('an old key leads to a moved issue', async () => {
    local.jira.moveIssue('OPS-1', 'DEMO', 'Task');
    expect(await found('key = OPS-1')).toEqual(['DEMO-7']);
  });
});

describe('operators (Jira: JQL operators)', () => {
  test('what is not a value is found only where there is one', async () => {
    const all = 'project = DEMO AND ';
    expect(await found(`${all} component != Backend`)).toEqual(['DEMO-2']);
    expect(await found(`${all} component not in (Backend)`)).toEqual(['DEMO-2']);
    expect(await found(`${all} (component != Backend OR component is EMPTY)`)).toHaveLength(5);
    expect(await found(`${all} NOT component = Backend`)).toEqual(['DEMO-2']);
    expect(await found(`${all} component in (Backend, EMPTY)`)).toHaveLength(5);
    expect(await found(`${all} component = EMPTY`)).toHaveLength(4);
    expect(await found(`${all} component != EMPTY`)).toEqual(['DEMO-2', 'DEMO-3']);
  });

  test('AND goes before OR, parentheses before both, NOT for all within', async () => {
    expect(await found('key = OPS-1 OR key = DEMO-1 AND type = Bug')).toEqual(['OPS-1']);
    expect(await found('(key = OPS-1 OR key = DEMO-1) AND type = Epic')).toEqual(['DEMO-1']);
    expect(await found('project = OPS AND NOT (key = OPS-1 OR type = Epic)')).toEqual(['OPS-2']);
  });

  test('!~ finds what has other words', async () => {
    expect(await found('project = OPS AND summary !~ printer')).toEqual(['OPS-1']);
    expect(await found('description !~ jargon')).toEqual(['DEMO-3']);
  });

  test('each field has its own (Jira: Parse JQL query)', async () => {
    expect(await refused('summary = test')).toEqual([
      "The operator '=' is not supported by the 'summary' field.",
    ]);
    expect(await refused('project ~ DEMO')).toHaveLength(1);
    expect(await refused('assignee > "Priya Raman"')).toHaveLength(1);
  });
});

describe('text (Jira: Search syntax for text fields)', () => {
  beforeEach(async () => {
    await createIssue(local, {
      summary: 'Windows of the Jira Software room',
      description: documentOf('Software for the room: jira-like.'),
    });
  });

  test.each([
    ['jira', ['DEMO-7']],
    ['"software jira"', ['DEMO-7']],
    ['"\\"software jira\\""', []],
    ['"\\"Jira Software\\""', ['DEMO-7']],
    ['"Jira missing"', []],
    ['"win*"', ['DEMO-7']],
    ['win', []],
  ])('summary ~ %s', async (text, keys) => {
    expect(await found(`summary ~ ${text}`)).toEqual(keys);
  });
});

describe('dates (Jira: JQL fields, Created; JQL functions)', () => {
  beforeEach(async () => {
    await local.clock.advance(90 * 60_000);
    await createIssue(local);
  });

  // It is Monday, January 5, 2026, 10:30 in UTC; the admin's clocks in Berlin show 11:30.
  test.each([
    ['created >= -1m', ['DEMO-7']],
    ['created >= "-2d"', ['DEMO-6', 'DEMO-7']],
    ['created < "-4w 2d"', ['DEMO-1', 'DEMO-2', 'WEB-1', 'WEB-2']],
    ['created >= "2026/01/05 11:30"', ['DEMO-7']],
    ['created > "2026/01/05 11:30"', []],
    ['created >= "2026-01-05 11:31"', []],
    ['created >= startOfDay()', ['DEMO-7']],
    ['created >= startOfDay("-1")', ['DEMO-6', 'DEMO-7']],
    ['created >= startOfDay(-1d)', ['DEMO-6', 'DEMO-7']],
    ['created > now()', []],
    ['due >= now()', ['DEMO-4']],
    ['due < 4w', ['DEMO-4']],
    ['due < 3w', []],
  ])('%s', async (jql, keys) => {
    expect(await found(jql)).toEqual(keys);
  });

  test('are in the time zone of whoever asks', async () => {
    expect(await found('created >= "2026-01-05 10:30"', 'app')).toEqual(['DEMO-7']);
    expect(await found('created >= "2026-01-05 10:31"', 'app')).toEqual([]);
    expect(await found('created >= "2026-01-05 16:00"', 'priya.raman')).toEqual(['DEMO-7']);
    expect(await found('created >= "2026-01-05 16:01"', 'priya.raman')).toEqual([]);
  });
});

test('currentUser() is who asks, also where the app asks as somebody (Jira: JQL functions)', async () => {
  expect(await found('assignee = currentUser()', 'priya.raman')).toEqual(['OPS-2']);
  expect(await found('assignee = currentUser()', 'app:priya.raman')).toEqual(['OPS-2']);
  expect(await found('assignee in (currentUser(), EMPTY) AND project = OPS', 'app')).toEqual([
    'OPS-1',
  ]);
});

describe('ORDER BY (Jira: JQL keywords)', () => {
  test.each([
    ['project = DEMO ORDER BY key ASC', 'DEMO-1 DEMO-2 DEMO-3 DEMO-4 DEMO-5 DEMO-6'],
    ['project = OPS ORDER BY created ASC', 'OPS-1 OPS-2'],
    ['project = OPS ORDER BY created DESC', 'OPS-2 OPS-1'],
    ['type = Epic ORDER BY project ASC, key ASC', 'DEMO-1 WEB-1'],
    ['key in (DEMO-2, DEMO-6) ORDER BY priority DESC', 'DEMO-2 DEMO-6'],
    ['key in (DEMO-4, DEMO-6) ORDER BY summary ASC', 'DEMO-6 DEMO-4'],
  ])('%s', async (jql, keys) => {
    expect((await keysFound(local, jql)).join(' ')).toBe(keys);
  });

  test('takes seven fields', async () => {
    const names = 'key, created, updated, due, summary, status, type';
    expect(await found(`key = DEMO-1 ORDER BY ${names}`)).toEqual(['DEMO-1']);
    expect(await refused(`key = DEMO-1 ORDER BY ${names}, priority`)).toHaveLength(1);
  });
});

describe('what is not there is an error (Jira: Parse JQL query)', () => {
  test.each([
    ['universe = 42', "Field 'universe' does not exist or you do not have permission to view it."],
    ['project = INVALID', "The value 'INVALID' does not exist for the field 'project'."],
    ['status = Nowhere', "The value 'Nowhere' does not exist for the field 'status'."],
    ['component = Nothing', "The value 'Nothing' does not exist for the field 'component'."],
    ['assignee = nobody', "The value 'nobody' does not exist for the field 'assignee'."],
  ])('%s', async (jql, message) => {
    expect(await refused(jql)).toEqual([message]);
  });

  test('all that is wrong is told at once, in a query that is otherwise right too', async () => {
    expect(await refused('key = DEMO-1 OR (universe = 42 AND project = INVALID)')).toHaveLength(2);
  });

  test('what cannot be read says where', async () => {
    const [message] = await refused('invalid query');
    expect(message).toMatch(/^Error in the JQL Query: .* \(line 1, character 9\)$/);
    expect(await refused('project =')).toHaveLength(1);
    expect(await refused('status = end')).toHaveLength(1);
  });

  test('a project and its parts that one may not browse are not there', async () => {
    local.jira.deny(local.user('priya.raman').accountId, 'DEMO', 'BROWSE_PROJECTS');
    expect(await refused('project = DEMO', 'priya.raman')).toHaveLength(1);
    expect(await refused('component = Backend', 'priya.raman')).toHaveLength(1);
    expect(await refused('key = DEMO-1', 'priya.raman')).toHaveLength(1);
    expect(await refused('Browser is EMPTY', 'priya.raman')).toHaveLength(1);
    expect(await found('Severity is EMPTY', 'priya.raman')).toEqual(['OPS-1', 'OPS-2']);
  });
});

describe('what Jira has and this one does not is no answer (Sandbox: PARITY.md)', () => {
  test.each([
    'sprint is EMPTY',
    'status was Done',
    'status changed',
    'assignee in membersOf(admins)',
    'created >= endOfDay()',
    'created >= startOfDay(-1M)',
    'issue.property[key].path = 1',
    'summary ~ "one OR two"',
    'created > 90',
  ])('%s', async (jql) => {
    await expect(local.post('search/jql', { jql }, 'admin')).rejects.toThrow('does not model');
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test.each([
    ['id = 99', "A value with ID '99' does not exist for the field 'id'."],
    ['key = DEMO-99', "An issue with key 'DEMO-99' does not exist for field 'key'."],
    ['Severity = None', "The option 'None' for field 'Severity' does not exist."],
    ['Effort = much', "Value 'much' for the 'Effort' field is not a valid number."],
    ['x = y() OR key = z()', "Field 'x' does not exist"],
    ['project = nothing()', "Unable to find JQL function 'nothing()'."],
    ['project = now()', "A value provided by the function 'now' is invalid for the field"],
    ['summary ~ ""', "The field 'summary' does not support searching for an empty string."],
    ['created > soon', "Date value 'soon' for field 'created' is invalid. Valid formats include"],
    ['created > "2026-02-30"', "Date value '2026-02-30' for field 'created' is invalid."],
    ['due > 99999999999w', "Date value '99999999999w' for field 'due' is invalid."],
    ['key = DEMO-1 ORDER BY bogus', "Not able to sort using field 'bogus'."],
    ['summary ~ EMPTY', "Operator '~' does not support an empty value for field 'summary'."],
    ['key in currentUser()', "A value provided by the function 'currentUser' is invalid"],
    ['reporter in currentUser()', "does not support the non-list value 'currentUser()'"],
  ])('%s [2nd]', async (jql, message) => {
    expect((await refused(jql))[0]).toContain(message);
  });

  test('an anonymous caller has no fields [2nd]', async () => {
    expect(await refused('assignee is EMPTY', 'anonymous')).toEqual([
      "Field 'assignee' does not exist or this field cannot be viewed by anonymous users.",
    ]);
  });

  test('labels have no case, names have none [2nd]', async () => {
    expect(await found('labels = ONBOARDING')).toHaveLength(2);
    expect(await found('status = "DONE"')).toEqual(['DEMO-4']);
  });

  test('without ORDER BY the newest is first; without a direction some fields turn around (UNVERIFIED)', async () => {
    expect(await keysFound(local, 'project = OPS')).toEqual(['OPS-2', 'OPS-1']);
    expect(await keysFound(local, 'project = OPS ORDER BY created')).toEqual(['OPS-2', 'OPS-1']);
    expect(await keysFound(local, 'project = OPS ORDER BY summary')).toEqual(['OPS-1', 'OPS-2']);
  });

  test('what has nothing there comes last, or in the other direction first (UNVERIFIED)', async () => {
    const both = 'key in (DEMO-4, DEMO-6)';
    expect(await keysFound(local, `${both} ORDER BY due ASC`)).toEqual(['DEMO-4', 'DEMO-6']);
    expect(await keysFound(local, `${both} ORDER BY due DESC`)).toEqual(['DEMO-6', 'DEMO-4']);
  });
});
