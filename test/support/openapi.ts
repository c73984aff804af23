/**
 * Compares answers of the sandbox's Jira with Atlassian's OpenAPI description, named by `JIRA_OPENAPI`,
 * and with our own list of what must be there, because the description requires almost nothing. Without
 * the description only that list is checked.
 */
import { readFileSync } from 'node:fs';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import type { JiraOptions } from '../../sandbox/jira/jira';
import { PathTable } from '../../sandbox/jira/path-table';
import { requiredInAnswer, requiredInError, undocumented } from './jira-required-fields';

export const GET_DESCRIPTION =
  'Download https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json and set JIRA_OPENAPI to its path.';

export const HOW_TO_GET_DESCRIPTION = `JIRA_OPENAPI names no file: Jira's answers were not compared with Atlassian's description.\n${GET_DESCRIPTION}`;

const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  responses: z.record(
    z.string(),
    z.looseObject({ content: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/**
 * Fields that are `null` in the description's own examples though its schema says text: schema name → names
 * of properties.
 */
const NULLABLE: Record<string, string[]> = {
  ChangeDetails: ['from', 'fromString', 'to', 'toString'],
};

const descriptionSchema = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({
    schemas: z.record(
      z.string(),
      z.looseObject({ properties: z.record(z.string(), z.looseObject({})).optional() }),
    ),
  }),
});

export type DescribedOperation = z.infer<typeof operationSchema>;

class Description {
  private readonly document: z.infer<typeof descriptionSchema>;
  private readonly ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });

  constructor(file: string) {
    this.document = descriptionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    for (const [schema, properties] of Object.entries(NULLABLE)) {
      for (const name of properties) {
        const property = this.document.components.schemas[schema]?.properties?.[name];
        if (!property) throw new Error(`The description has no ${schema}.${name}`);
        property.nullable = true;
      }
    }
    this.correctClauses();
    addFormats(this.ajv);
    this.ajv.addSchema(this.document, 'jira');
  }

  /**
   * `JqlQueryClause` forbids all properties beside the `anyOf` that names them, and the operators of a clause
   * have `~=`, which JQL does not know, and lack `!~`, which it does (Jira: JQL operators).
   */
  private correctClauses(): void {
    const { JqlQueryClause: clause, FieldValueClause: ofValue } = this.document.components.schemas;
    const operators = ofValue?.properties?.operator?.enum;
    if (clause?.additionalProperties !== false || !Array.isArray(operators)) {
      throw new Error('The description has other clauses of JQL');
    }
    delete clause.additionalProperties;
    operators.push('!~');
  }

  get paths(): string[] {
    return Object.keys(this.document.paths);
  }

  operation(method: string, path: string): DescribedOperation | undefined {
    const operation = this.document.paths[path]?.[method.toLowerCase()];
    return operation === undefined ? undefined : operationSchema.parse(operation);
  }

  /** The schema of a JSON answer; `undefined` where the description has none. */
  answerSchema(method: string, path: string, status: number): ValidateFunction | undefined {
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status)]
      .concat('content', 'application/json', 'schema')
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    return this.ajv.getSchema(`jira#/${pointer}`);
  }
}

let loaded: Description | undefined;

/** `undefined` where `JIRA_OPENAPI` names no file. */
export function jiraDescription(): Description | undefined {
  const file = process.env.JIRA_OPENAPI;
  if (!file) return undefined;
  loaded ??= new Description(file);
  return loaded;
}

/**
 * @param path with or without a query
 * @param body as it was sent
 * @throws where the answer is not one that Jira can give
 */
export function checkAnswer(
  method: string,
  path: string,
  status: number,
  body: string | undefined,
): void {
  const route = templateOf(path.replace(/\?.*$/s, ''));
  const problems =
    status < 300
      ? problemsOfSuccess(method, route, status, body)
      : problemsOfError(method, route, status, body);
  if (problems.length > 0) {
    throw new Error(
      `${method} ${route} answered ${status} as Jira never does:\n${problems.join('\n')}`,
    );
  }
}

let templates: PathTable<string> | undefined;

/** The path with its parameters in braces; itself where nobody knows such a path. */
function templateOf(path: string): string {
  const ours = Object.keys(requiredInAnswer).map((key) => key.split(' ')[1] ?? '');
  templates ??= new PathTable(
    [...(jiraDescription()?.paths ?? ours)].map((each) => [each, each] as const),
  );
  return templates.find(path)[0]?.value ?? path;
}

/** Give this to a `Jira` as `onAnswer`: every answer of it is checked. */
export const checkJiraAnswer: NonNullable<JiraOptions['onAnswer']> = (request, response) =>
  checkAnswer(request.method, request.path, response.status, response.body);

function problemsOfSuccess(
  method: string,
  path: string,
  status: number,
  body: string | undefined,
): string[] {
  const value = parse(body);
  const operation = `${method} ${path}`;
  const required = requiredInAnswer[`${operation} ${status}`] ?? requiredInAnswer[operation];
  if (!required) return ['Our list of required fields does not have this operation.'];
  return [...shapeProblems(required, value), ...describedProblems(method, path, status, value)];
}

function problemsOfError(
  method: string,
  path: string,
  status: number,
  body: string | undefined,
): string[] {
  const required = requiredInAnswer[`${method} ${path} ${status}`] ?? requiredInError(status, body);
  const value = parse(body);
  const operation = jiraDescription()?.operation(method, path);
  const known =
    !operation ||
    operation.responses[String(status)] !== undefined ||
    undocumented[`${method} ${path}`]?.includes(status);
  return [
    ...shapeProblems(required, value),
    ...(known ? [] : [`The description of ${operation.operationId} has no status ${status}.`]),
    ...(operation ? describedProblems(method, path, status, value) : []),
  ];
}

function describedProblems(method: string, path: string, status: number, value: unknown): string[] {
  const description = jiraDescription();
  if (!description) return [];
  if (!description.operation(method, path)) return ['The description has no such operation.'];
  const validate = description.answerSchema(method, path, status);
  if (!validate || validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `description: ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function shapeProblems(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `required: ${path.join('.')} ${message}`);
}

/** Text that is no JSON stays text. */
function parse(body: string | undefined): unknown {
  if (body === undefined) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
