/**
 * The manifest's scopes are exactly what our calls need, by Atlassian's own OpenAPI description of Jira
 * (`JIRA_OPENAPI`), and impersonation is allowed exactly where a Local User calls.
 */
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { z } from 'zod';
import { operations, type JiraOperation } from '../../src/jira/operations';
import { manifest } from './manifest';
import { filesUnder, importsOf, nodesOf, parseSource } from './source-files';

const HOW_TO_GET = [
  'JIRA_OPENAPI names no file: the comparison of scopes with Jira was skipped. Download',
  'https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json and set JIRA_OPENAPI to its path.',
].join('\n');

/** Operations whose scopes the description has wrong, as `METHOD path`, with the scopes that they need. */
const EXCEPTIONS: Record<string, string[]> = {
  // Listed without any scope, but its own notice demands this one from June 15, 2024 on.
  'POST /rest/api/3/permissions/check': ['read:jira-work'],
};

const descriptionSchema = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
      }),
    ),
  ),
});

type Description = z.infer<typeof descriptionSchema>;
type Scopes = Record<string, { allowImpersonation?: true }>;

const APP_FILES = [...filesUnder('src', /\.tsx?$/), ...filesUnder('static', /\.tsx?$/)];

function readDescription(): Description {
  if (!process.env.JIRA_OPENAPI) throw new Error(HOW_TO_GET);
  return descriptionSchema.parse(JSON.parse(readFileSync(process.env.JIRA_OPENAPI, 'utf8')));
}

/** @throws where the description has no such operation */
function describedScopes(method: string, path: string, description: Description): string[] {
  const operation = description.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`Jira has no ${method} ${path}`);
  return operation.security.flatMap((requirement) => requirement.OAuth2 ?? []);
}

function scopesOf({ method, path }: JiraOperation, description: Description): string[] {
  return EXCEPTIONS[`${method} ${path}`] ?? describedScopes(method, path, description);
}

/** What a manifest must grant for these calls of Jira. */
function scopesFor(calls: JiraOperation[], description: Description): Scopes {
  const needed: Scopes = {};
  for (const call of calls) {
    const asLocalUser = call.callers.includes('localUser');
    for (const scope of scopesOf(call, description)) {
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

/** The operation names that `callJira(client, 'name', …)` is called with. */
function operationsInUse(): string[] {
  return APP_FILES.flatMap((file) =>
    [...nodesOf(parseSource(file))].flatMap((node) => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'callJira') return [];
      const name = node.arguments[1];
      if (!name || !ts.isStringLiteral(name)) return [`${file} computes an operation's name`];
      return [name.text];
    }),
  );
}

describe('the list of calls is complete', () => {
  test('one file calls Jira, and nothing else of Atlassian is called', () => {
    expect(filesThatName(['requestJira'])).toEqual(['src/forge/jira-client.ts']);
    expect(
      filesThatName([
        ...['requestConfluence', 'requestBitbucket', 'requestGraph', 'requestAtlassian'],
        ...['requestTeamworkGraph', 'requestConnectedData', 'invokeRemote', 'invokeService'],
      ]),
    ).toEqual([]);
  });

  test('an operation is called by its name in the list, and each of the list is called', () => {
    expect(filesThatName(['operations'])).toEqual(['src/jira/client.ts', 'src/jira/operations.ts']);
    expect([...new Set(operationsInUse())].sort()).toEqual(Object.keys(operations).sort());
  });
});

describe('scopes', () => {
  const skipped = !process.env.JIRA_OPENAPI && !process.env.REQUIRE_ALL;
  const described = skipped ? test.skip : test;
  if (skipped) console.warn(HOW_TO_GET);

  described('the manifest grants what the calls need, and no more', () => {
    const needed = scopesFor(Object.values(operations), readDescription());
    // Forge: "Storage API": the store needs this one, whatever is kept there.
    if (APP_FILES.some(importsKeyValueStore)) needed['storage:app'] = {};
    expect(manifest.permissions.scopes).toEqual(needed);
  });

  described('each exception is still one', () => {
    const description = readDescription();
    for (const [operation, scopes] of Object.entries(EXCEPTIONS)) {
      const [method = '', path = ''] = operation.split(' ');
      expect(describedScopes(method, path, description)).not.toEqual(scopes);
    }
  });
});
