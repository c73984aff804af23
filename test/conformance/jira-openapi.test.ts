/** The table of routes, and the checker of answers, against Atlassian's OpenAPI description of Jira. */
import { routes } from '../../sandbox/jira/routes';
import { Jira } from '../../sandbox/jira/jira';
import { LocalJira } from '../support/local-jira';
import { checkAnswer, HOW_TO_GET_DESCRIPTION, jiraDescription } from '../support/openapi';
import { SCOPE_EXCEPTIONS } from '../support/scope-exceptions';

const skipped = !process.env.JIRA_OPENAPI && !process.env.REQUIRE_ALL;
const described = skipped ? describe.skip : describe;
if (skipped) console.warn(HOW_TO_GET_DESCRIPTION);

function description() {
  const found = jiraDescription();
  if (!found) throw new Error(HOW_TO_GET_DESCRIPTION);
  return found;
}

described('the description (Jira: OpenAPI description)', () => {
  test.each(routes)('has $method $path, with these scopes', (route) => {
    const operation = description().operation(route.method, route.path);
    expect(operation?.operationId).toBe(route.operationId);
    const scopes = operation?.security.flatMap(({ OAuth2 = [] }) => OAuth2);
    const exception = SCOPE_EXCEPTIONS[`${route.method} ${route.path}`];
    expect(route.scopes).toEqual(exception ?? scopes);
    if (exception) expect(exception).not.toEqual(scopes);
  });

  test.each([
    ['a field of another type', { permissions: { A: { havePermission: 'yes' } } }],
    ['a value that is none', { permissions: { A: { type: 'LOCAL' } } }],
    ['a field that nobody knows', { permissions: {}, fancy: 1 }],
  ])('refuses an answer with %s', (_, body) => {
    const text = JSON.stringify(body);
    expect(() => checkAnswer('GET', '/rest/api/3/mypermissions', 200, text)).toThrow(
      'description:',
    );
  });

  test('refuses a status that the operation does not have', () => {
    const body = '{"errorMessages":["No."],"errors":{}}';
    expect(() => checkAnswer('GET', '/rest/api/3/mypermissions', 409, body)).toThrow('status 409');
  });
});

describe('our own list of what must be there (Sandbox: checks of answers)', () => {
  test('refuses an answer without a field that must be there', async () => {
    const { body } = await new LocalJira().get('myself', 'admin');
    const without = { ...(body as object), accountId: undefined };
    expect(() =>
      checkAnswer('GET', '/rest/api/3/myself?expand=groups', 200, JSON.stringify(without)),
    ).toThrow('accountId');
  });

  test('refuses an answer of an operation that it does not have', () => {
    expect(() => checkAnswer('GET', '/rest/api/3/dashboard', 200, '{}')).toThrow('this operation');
  });

  test.each([
    [404, '{"error":"no"}'],
    [404, 'Not found'],
    [400, '{"errorMessages":[],"errors":{}}'],
    [403, undefined],
    [401, undefined],
    [405, '{}'],
  ])('refuses an error %s with the body %s', (status, body) => {
    expect(() => checkAnswer('GET', '/rest/api/3/user', status, body)).toThrow('required:');
  });
});

describe('onAnswer (Sandbox: options)', () => {
  test('sees every answer with its operation, and what it throws fails the call', async () => {
    const local = new LocalJira();
    const seen: unknown[] = [];
    const jira = new Jira({
      site: local.site,
      storage: local.storage,
      clock: local.clock,
      appName: 'IssueSYNC for Jira',
      onAnswer: (request, response, operationId) => {
        seen.push([request.path, response.status, operationId]);
        if (response.status === 404) throw new Error('not like Jira');
      },
    });
    const ask = (path: string) =>
      jira.handle({
        method: 'GET',
        path,
        headers: {},
        body: undefined,
        principal: { type: 'app' },
      });
    await ask('/rest/api/3/myself');
    await expect(ask('/rest/api/3/nothing')).rejects.toThrow('not like Jira');
    expect(seen).toEqual([
      ['/rest/api/3/myself', 200, 'getCurrentUser'],
      ['/rest/api/3/nothing', 404, undefined],
    ]);
  });
});

test('requiredScopes tells what an app needs, and which routes there are (Jira: REST API, scopes)', () => {
  const { jira } = new LocalJira();
  expect(jira.requiredScopes('GET', '/rest/api/3/user?accountId=a')).toEqual(['read:jira-user']);
  expect(jira.requiredScopes('POST', '/rest/api/3/permissions/check')).toEqual(['read:jira-work']);
  expect(jira.requiredScopes('GET', '/rest/api/3/serverInfo')).toEqual([]);
  expect(jira.requiredScopes('DELETE', '/rest/api/3/user')).toBeUndefined();
  expect(jira.requiredScopes('GET', '/rest/api/3/nothing')).toBeUndefined();
});
