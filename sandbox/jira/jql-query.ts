/** Queries in JQL, read by Atlassian's own parser and asked of this site's issues. */
import type * as JqlAst from '@atlaskit/jql-ast';
import type { Clause, Field, OrderByField, Query } from '@atlaskit/jql-ast';
import { createRequire } from 'node:module';
import type { JiraIssue } from './issue-store';
import { readClause, type Condition } from './jql-conditions';
import { fieldNamed } from './jql-fields';
import { JqlFault, type JqlContext, type JqlField } from './jql-field';
import { propertyField } from './jql-properties';
import { hasProjectPermission } from './permissions';
import type { View } from './shapes';

/** Jira: JQL, "orderBy clause can contain a maximum of 7 fields" (OpenAPI description, *Search*). */
const MAX_ORDER_FIELDS = 7;

/** Where an issue stands in the order of a query: JSON, so that a page's token can hold it. */
export type Position = (string | number | null)[];

export interface JqlQuery {
  /** Whether it restricts the search at all. */
  isBounded: boolean;
  matches(issue: JiraIssue): boolean;
  position(issue: JiraIssue): Position;
  /** Below 0 where the first comes before the second. */
  compare(one: Position, other: Position): number;
}

/**
 * Reads a query as the caller may ask it.
 *
 * @param now milliseconds since the epoch
 * @throws JqlFault with all that is wrong with it
 * @throws NotModelled for what real Jira understands and this one does not
 */
export function readJql(jql: string, view: View, now: number): JqlQuery {
  return readQuery(parseJql(jql), view, now);
}

/** As `readJql`, of a query that is parsed already. */
export function readQuery(query: Query, view: View, now: number): JqlQuery {
  const context: JqlContext = {
    view,
    now,
    timeZone: view.caller?.timeZone ?? 'Etc/UTC',
    projects: view.store
      .projects()
      .filter((project) => hasProjectPermission(view.caller, project, 'BROWSE_PROJECTS')),
  };
  const reader = new ClauseReader(context);
  const matches = query.where ? reader.condition(query.where, false) : () => true;
  const order = reader.order(query.orderBy ? query.orderBy.fields : []);
  if (reader.faults.length > 0) {
    throw new JqlFault(
      reader.faults.flatMap(({ messages }) => messages),
      reader.faults.flatMap(({ missingValues }) => missingValues),
    );
  }
  return {
    isBounded: Boolean(query.where),
    matches,
    position: (issue) => [...order.map(({ keyOf }) => keyOf(issue)), Number(issue.id)],
    compare: (one, other) => comparePositions(one, other, order),
  };
}

/** @throws JqlFault for what cannot be read */
export function parseJql(jql: string): Query {
  // On first use: it takes a third of a second, and most tests search nothing.
  const load = createRequire(__filename);
  const { JastBuilder, JQLSyntaxError } = load('@atlaskit/jql-ast') as typeof JqlAst;
  const { query, errors } = new JastBuilder().build(jql);
  if (errors.length === 0 && query) return query;
  // In Jira's form; what stands between the colon and the bracket are the parser's own words.
  throw new JqlFault(
    errors.map((error) => {
      const place =
        error instanceof JQLSyntaxError
          ? ` (line ${error.line}, character ${error.charPositionInLine + 1})`
          : '';
      return `Error in the JQL Query: ${error.message}.${place}`;
    }),
  );
}

interface Order {
  keyOf: (issue: JiraIssue) => string | number | null;
  isDescending: boolean;
}

/** Issues that have nothing there come last, in the other direction first; then the newest (UNVERIFIED). */
function comparePositions(one: Position, other: Position, order: Order[]): number {
  for (const [index, { isDescending }] of order.entries()) {
    const compared = compareKeys(one[index] ?? null, other[index] ?? null);
    if (compared !== 0) return isDescending ? -compared : compared;
  }
  return compareKeys(other[order.length] ?? null, one[order.length] ?? null);
}

function compareKeys(one: string | number | null, other: string | number | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}

class ClauseReader {
  /** Jira tells all that is wrong with a query at once. */
  readonly faults: JqlFault[] = [];

  constructor(private readonly context: JqlContext) {}

  /** `NOT field = value` is `field != value`, and so on (Jira: JQL operators). */
  condition(clause: Clause, isNegated: boolean): Condition {
    if (clause.clauseType === 'not') return this.condition(clause.clause, !isNegated);
    if (clause.clauseType === 'terminal')
      return this.collecting(() => readClause(clause, this.field(clause.field), isNegated));
    const parts = clause.clauses.map((part) => this.condition(part, isNegated));
    return (clause.operator.value === 'and') !== isNegated
      ? (issue) => parts.every((part) => part(issue))
      : (issue) => parts.some((part) => part(issue));
  }

  order(fields: OrderByField[]): Order[] {
    if (fields.length > MAX_ORDER_FIELDS) {
      // UNVERIFIED words.
      const message = `The ORDER BY clause can have at most ${MAX_ORDER_FIELDS} fields.`;
      this.faults.push(new JqlFault([message]));
    }
    return fields.flatMap(({ field, direction }) => {
      const found = this.sortable(field);
      if (!found?.order) {
        this.faults.push(new JqlFault([`Not able to sort using field '${field.value}'.`]));
        return [];
      }
      const isDescending = direction ? direction.value === 'DESC' : found.isDescending === true;
      return [{ keyOf: (issue: JiraIssue) => found.order?.(issue) ?? null, isDescending }];
    });
  }

  private sortable(field: Field): JqlField | undefined {
    try {
      return this.field(field);
    } catch (error) {
      if (error instanceof JqlFault) return undefined;
      throw error;
    }
  }

  private collecting(read: () => Condition): Condition {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof JqlFault)) throw error;
      this.faults.push(error);
      return () => false;
    }
  }

  private field({ value, properties }: Field): JqlField {
    if (properties && properties.length > 0) {
      return propertyField({ value, properties }, this.context);
    }
    return fieldNamed(value, this.context);
  }
}
