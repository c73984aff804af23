/** Reading queries without asking them. */
import type { Query } from '@atlaskit/jql-ast';
import { z } from 'zod';
import { INVALID_PAYLOAD, refusal } from './errors';
import { JqlFault } from './jql-field';
import { parseJql, readQuery } from './jql-query';
import { structureOf } from './jql-structure';
import { oneOf, type Call, type Route } from './route';

export const jqlRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/rest/api/3/jql/parse',
    operationId: 'parseJqlQueries',
    scopes: ['read:jira-work'],
    takesBody: true,
    handle: parseQueries,
  },
];

const MODES = ['strict', 'warn', 'none'] as const;
type Mode = (typeof MODES)[number];

const querySchema = z.strictObject({ queries: z.array(z.string().min(1)).min(1) });

/** The description calls `validation` required, and says what it is by default: it may be left out (UNVERIFIED). */
function parseQueries(call: Call): unknown {
  const mode = oneOf(call.query, 'validation', MODES) ?? 'strict';
  const body = querySchema.safeParse(call.body);
  if (!body.success) throw refusal(400, [INVALID_PAYLOAD]);
  return {
    queries: body.data.queries.map((jql) => ({ query: jql, ...findings(call, jql, mode) })),
  };
}

interface Findings {
  structure?: object;
  errors?: string[];
  warnings?: string[];
}

/** What cannot be read is an error in every mode. @throws NotModelled where it is validated */
function findings(call: Call, jql: string, mode: Mode): Findings {
  const query = faultless(() => parseJql(jql));
  if (query instanceof JqlFault) return { errors: unique(query.messages) };
  const structure = structureOf(query);
  const fault = mode === 'none' ? undefined : validate(call, query);
  if (fault === undefined) return { structure };
  if (mode === 'strict') return { errors: unique(fault.messages) };
  const warnings = unique(fault.missingValues);
  const errors = unique(fault.messages).filter((message) => !warnings.includes(message));
  return {
    structure,
    ...(errors.length > 0 ? { errors } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function validate(call: Call, query: Query): JqlFault | undefined {
  const read = faultless(() => readQuery(query, call, call.clock.now()));
  return read instanceof JqlFault ? read : undefined;
}

function faultless<T>(read: () => T): T | JqlFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof JqlFault) return error;
    throw error;
  }
}

/** "uniqueItems" (OpenAPI description: `ParsedJqlQuery`). */
const unique = (messages: string[]): string[] => [...new Set(messages)];
