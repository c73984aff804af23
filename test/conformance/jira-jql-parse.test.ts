/** Reading queries without asking them: their structure, and what is wrong with them. */
import { z } from 'zod';
import { startFixture } from '../support/fixture-sandbox';
import { messagesIn } from '../support/jira-search';
import { LocalJira } from '../support/local-jira';

let local: LocalJira;
beforeEach(() => {
  local = new LocalJira();
});

const answerSchema = z.object({ queries: z.array(z.looseObject({ query: z.string() })) });

const parse = (queries: unknown, validation = '?validation=strict', as = 'admin') =>
  local.post(`jql/parse${validation}`, { queries }, as);

async function parsed(jql: string, mode: string, as = 'admin'): Promise<object | undefined> {
  const { body } = await parse([jql], `?validation=${mode}`, as);
  return answerSchema.parse(body).queries[0];
}

const structureOf = async (jql: string, mode = 'none') =>
  z.looseObject({ structure: z.unknown() }).parse(await parsed(jql, mode)).structure;

const MISSING = "The value 'INVALID' does not exist for the field 'project'.";
const UNSUPPORTED = "The operator '=' is not supported by the 'summary' field.";

describe('POST jql/parse', () => {
  test('answers each query in the order of the request', async () => {
    const queries = ['key = DEMO-1', 'universe = 42', 'project = DEMO'];
    const { body } = await parse(queries);
    expect(answerSchema.parse(body).queries.map(({ query }) => query)).toEqual(queries);
  });

  test('a query that is right has its structure in every mode, and nothing else', async () => {
    const jql = 'project = DEMO ORDER BY key ASC, created';
    const structure = {
      where: {
        field: { name: 'project', encodedName: 'project' },
        operator: '=',
        operand: { value: 'DEMO', encodedValue: 'DEMO' },
      },
      orderBy: {
        fields: [
          { field: { name: 'key', encodedName: 'key' }, direction: 'asc' },
          { field: { name: 'created', encodedName: 'created' } },
        ],
      },
    };
    for (const mode of ['strict', 'warn', 'none']) {
      expect(await parsed(jql, mode)).toEqual({ query: jql, structure });
    }
  });

  test('the structure of the description’s examples, which none validates', async () => {
    const jql =
      'summary ~ test AND (labels in (urgent, "no go") OR lastCommentedBy = currentUser()) AND status CHANGED AFTER startOfMonth(-1M) ORDER BY updated DESC';
    expect(await structureOf(jql)).toMatchObject({
      where: {
        operator: 'and',
        clauses: [
          { operator: '~', operand: { value: 'test', encodedValue: 'test' } },
          {
            operator: 'or',
            clauses: [
              {
                operator: 'in',
                operand: {
                  values: [
                    { value: 'urgent', encodedValue: 'urgent' },
                    { value: 'no go', encodedValue: '"no go"' },
                  ],
                  encodedOperand: '(urgent, "no go")',
                },
              },
              {
                operand: {
                  function: 'currentUser',
                  arguments: [],
                  encodedOperand: 'currentUser()',
                },
              },
            ],
          },
          {
            field: { name: 'status' },
            operator: 'changed',
            predicates: [
              { operator: 'after', operand: { function: 'startOfMonth', arguments: ['-1M'] } },
            ],
          },
        ],
      },
      orderBy: { fields: [{ field: { name: 'updated' }, direction: 'desc' }] },
    });
    expect(await structureOf('issue.property["spaces here"].value in (a)')).toMatchObject({
      where: {
        field: {
          name: 'issue.property[spaces here].value',
          encodedName: 'issue.property["spaces here"].value',
          property: [{ entity: 'issue', key: 'spaces here', path: 'value' }],
        },
      },
    });
  });

  test('NOT, EMPTY, was and !~ have forms of their own', async () => {
    expect(await structureOf('NOT (labels is EMPTY OR summary !~ a)')).toMatchObject({
      where: {
        operator: 'not',
        clauses: [
          {
            clauses: [
              { operator: 'is', operand: { keyword: 'empty' } },
              { operator: '!~', operand: { value: 'a' } },
            ],
          },
        ],
      },
    });
    expect(await structureOf('status was Done')).toMatchObject({
      where: { operator: 'was', operand: { value: 'Done' }, predicates: [] },
    });
  });

  test('what cannot be read is an error in every mode, and has no structure', async () => {
    for (const mode of ['strict', 'warn', 'none']) {
      expect(await parsed('invalid query', mode)).toEqual({
        query: 'invalid query',
        errors: [expect.stringMatching(/^Error in the JQL Query: .* \(line 1, character 9\)$/)],
      });
    }
  });

  test('strict: all errors, each once, and no structure', async () => {
    const jql = 'project = DEMO AND (summary = a OR summary = b OR universe = 42)';
    expect(await parsed(jql, 'strict')).toEqual({
      query: jql,
      errors: [
        UNSUPPORTED,
        "Field 'universe' does not exist or you do not have permission to view it.",
      ],
    });
  });

  test('warn: the same errors, with the structure', async () => {
    expect(await parsed('summary = test', 'warn')).toEqual({
      query: 'summary = test',
      structure: await structureOf('summary = test'),
      errors: [UNSUPPORTED],
    });
  });

  test('none: nothing is validated', async () => {
    expect(Object.keys((await parsed('universe = 42', 'none')) ?? {})).toEqual([
      'query',
      'structure',
    ]);
  });

  test('is validated as the caller sees the site', async () => {
    local.jira.deny(local.user('priya.raman').accountId, 'DEMO', 'BROWSE_PROJECTS');
    expect(await parsed('project = DEMO', 'strict')).toHaveProperty('structure');
    for (const as of ['priya.raman', 'anonymous']) {
      expect(await parsed('project = DEMO', 'strict', as)).toHaveProperty('errors');
    }
  });

  test.each([['none'], [[]], [['']], [[1]], ['key = DEMO-1']])(
    'is 400 for what is no list of queries: %j',
    async (queries) => {
      messagesIn(await parse(queries === 'none' ? undefined : queries));
    },
  );

  test('is 400 for another mode', async () => {
    messagesIn(await parse(['key = DEMO-1'], '?validation=loose'));
  });

  test('validates nothing that this Jira does not model (Sandbox: PARITY.md)', async () => {
    for (const mode of ['strict', 'warn']) {
      const asking = parse(['sprint is EMPTY'], `?validation=${mode}`);
      await expect(asking).rejects.toThrow('does not model');
    }
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  test('a value that is not there is an error where all are told [2nd], elsewhere a warning as in the example', async () => {
    const jql = 'project = INVALID OR summary = test OR id = 99 OR key = DEMO-99';
    const others = [
      "A value with ID '99' does not exist for the field 'id'.",
      "An issue with key 'DEMO-99' does not exist for field 'key'.",
    ];
    expect(await parsed(jql, 'strict')).toEqual({
      query: jql,
      errors: [MISSING, UNSUPPORTED, ...others],
    });
    expect(await parsed(jql, 'warn')).toMatchObject({
      structure: {},
      errors: [UNSUPPORTED],
      warnings: [MISSING, ...others],
    });
  });

  test('validation may be left out (UNVERIFIED)', async () => {
    const { body } = await parse(['project = INVALID'], '');
    expect(answerSchema.parse(body).queries).toEqual([
      { query: 'project = INVALID', errors: [MISSING] },
    ]);
  });

  test('costs as a read of as many objects as queries (UNVERIFIED)', async () => {
    const sandbox = await startFixture();
    try {
      const north = sandbox.site('north');
      const points = () => north.stats.snapshot().jira.points;
      const before = points();
      await north.invoke('jira', {
        as: 'app',
        method: 'POST',
        path: '/rest/api/3/jql/parse?validation=none',
        body: { queries: ['a = b', 'c = d'] },
      });
      expect(points() - before).toBe(3);
    } finally {
      await sandbox.dispose();
    }
  });
});
