/**
 * The manifest's scopes are exactly what our calls need, by Atlassian's own OpenAPI description of Jira
 * (`JIRA_OPENAPI`), and impersonation is allowed exactly where a Local User calls.
 */
import ts from 'typescript';
import { operations, type JiraOperation } from '../../src/jira/operations';
import {
  type DescribedOperation,
  HOW_TO_GET_DESCRIPTION,
  jiraDescription,
} from '../support/openapi';
import { SCOPE_EXCEPTIONS } from '../support/scope-exceptions';
import { manifest } from './manifest';
import { filesUnder, importsOf, nodesOf, parseSource } from './source-files';

type Scopes = Record<string, { allowImpersonation?: true }>;

const APP_FILES = [...filesUnder('src', /\.tsx?$/), ...filesUnder('static', /\.tsx?$/)];

/** @throws where the description has no such operation, or there is no description */
function described(method: string, path: string): DescribedOperation {
  const description = jiraDescription();
  if (!description) throw new Error(HOW_TO_GET_DESCRIPTION);
  const operation = description.operation(method, path);
  if (!operation) throw new Error(`Jira has no ${method} ${path}`);
  return operation;
}

function describedScopes(method: string, path: string): string[] {
  return described(method, path).security.flatMap(({ OAuth2 = [] }) => OAuth2);
}

/** What a manifest must grant for these calls of Jira. */
function scopesFor(calls: JiraOperation[]): Scopes {
  const needed: Scopes = {};
  for (const call of calls) {
    const asLocalUser = call.callers.includes('localUser');
    const { method, path } = call;
    const scopes = SCOPE_EXCEPTIONS[`${method} ${path}`] ?? describedScopes(method, path);
    for (const scope of scopes) {
      needed[scope] = { ...needed[scope], ...(asLocalUser ? { allowImpersonation: true } : {}) };
    }
  }
  return needed;
}

/** Files that mention an identifier of one of these names. */
function filesThatName(names: string[]): string[] {
  return APP_FILES.filter((file) =>
    [...nodesOf(parseSource(file))].some(
      (node) => ts.isIdentifier(node) && names.includes(node.text),
    ),
  );
}

function importsKeyValueStore(file: string): boolean {
  return importsOf(parseSource(file)).some(({ specifier }) => specifier === '@forge/kvs');
}

/** Both take the client, and an operation's name. */
const CALLS = ['callJira', 'askJira'];

/** The operation names that `callJira(client, 'name', …)` and `askJira` are called with. */
function operationsInUse(): string[] {
  return APP_FILES.flatMap((file) =>
    [...nodesOf(parseSource(file))].flatMap((node) => {
      if (!ts.isCallExpression(node) || !CALLS.includes(node.expression.getText())) return [];
      const name = node.arguments[1];
      if (!name || !ts.isStringLiteral(name)) return [`${file} computes an operation's name`];
      return [name.text];
    }),
  );
}

/** The calls of `jiraCalls` as their literals say them, by name. */
function literalCalls(): Record<string, unknown> {
  const calls: Record<string, unknown> = {};
  for (const node of nodesOf(parseSource('src/forge/jira-calls.ts'))) {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'requestJira') continue;
    const [address, init] = node.arguments;
    const literal = address && ts.isTaggedTemplateExpression(address) ? address.template : address;
    const property = ts.findAncestor(node, ts.isPropertyAssignment);
    calls[property?.name.getText() ?? '?'] = {
      // `/issue/${path.id}?${query}` is the template `/issue/{id}`, with a query.
      route: literal?.getText().replace(/\$\{path\.(\w+)\}/g, '{$1}'),
      method: /^\{\s*method: '(\w+)',\s*\.\.\.init,?\s*\}$/.exec(init?.getText() ?? '')?.[1],
    };
  }
  return calls;
}

describe('the list of calls is complete', () => {
  test('two files call Jira, and nothing else of Atlassian is called', () => {
    expect(filesThatName(['requestJira'])).toEqual([
      'src/forge/jira-calls.ts',
      'src/forge/jira-client.ts',
    ]);
    expect(
      filesThatName([
        ...['requestConfluence', 'requestBitbucket', 'requestGraph', 'requestAtlassian'],
        ...['requestTeamworkGraph', 'requestConnectedData', 'invokeRemote', 'invokeService'],
      ]),
    ).toEqual([]);
  });

  test('an operation is called by its name in the list, and each of the list is called', () => {
    expect(filesThatName(['operations'])).toEqual(['src/jira/operations.ts']);
    expect([...new Set(operationsInUse())].sort()).toEqual(Object.keys(operations).sort());
  });

  test('the literal of each operation, which Forge’s linter reads, is what the list says', () => {
    const listed = Object.entries<JiraOperation>(operations).map(([name, operation]) => {
      const { method, path, query } = operation;
      return [name, { route: `\`${path}${query ? '?${query}' : ''}\``, method }];
    });
    expect(literalCalls()).toEqual(Object.fromEntries(listed));
  });
});

describe('scopes and parameters', () => {
  const skipped = !process.env.JIRA_OPENAPI && !process.env.REQUIRE_ALL;
  const testDescribed = skipped ? test.skip : test;
  if (skipped) console.warn(HOW_TO_GET_DESCRIPTION);

  testDescribed('the manifest grants what the calls need, and no more', () => {
    const needed = scopesFor(Object.values(operations));
    // Forge: "Storage API": the store needs this one, whatever is kept there.
    if (APP_FILES.some(importsKeyValueStore)) needed['storage:app'] = {};
    expect(manifest.permissions.scopes).toEqual(needed);
  });

  testDescribed('each query parameter that we use is one of Jira’s', () => {
    for (const { method, path, query = [] } of Object.values<JiraOperation>(operations)) {
      const { parameters } = described(method, path);
      const names = parameters.flatMap((one) => (one.in === 'query' ? one.name : []));
      expect(names).toEqual(expect.arrayContaining([...query]));
    }
  });

  testDescribed('each exception is still one', () => {
    for (const [operation, scopes] of Object.entries(SCOPE_EXCEPTIONS)) {
      const [method = '', path = ''] = operation.split(' ');
      expect(describedScopes(method, path)).not.toEqual(scopes);
    }
  });
});
