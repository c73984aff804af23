/**
 * Conditions on attributes: a query's range and filters, and those of a transaction, which are "the
 * same as filters for custom entity querying" (Forge: Custom Entity Store transactions).
 */
import { isOfType, type AttributeType, type EntitySchema, type EntityValue } from './kvs-entities';
import { QUERY_MAX_CONDITIONS } from './kvs-limits';
import { Refusal } from './kvs-refusal';
import type { Clause, Clauses, Comparison } from './kvs-requests';

type Scalar = string | number | boolean;
/** Decides about one attribute's value, `undefined` where the record has none. */
export type Test = (actual: unknown) => boolean;

/** How many values each condition takes, and whether `where` (a range) knows it too (Forge: Querying). */
const CONDITIONS = {
  BEGINS_WITH: { values: 1, onRange: true },
  BETWEEN: { values: 2, onRange: true },
  EQUAL_TO: { values: 1, onRange: true },
  GREATER_THAN: { values: 1, onRange: true },
  GREATER_THAN_EQUAL_TO: { values: 1, onRange: true },
  LESS_THAN: { values: 1, onRange: true },
  LESS_THAN_EQUAL_TO: { values: 1, onRange: true },
  NOT_EQUAL_TO: { values: 1, onRange: false },
  CONTAINS: { values: 1, onRange: false },
  NOT_CONTAINS: { values: 1, onRange: false },
  EXISTS: { values: 1, onRange: false },
  NOT_EXISTS: { values: 1, onRange: false },
} as const;
type ConditionName = keyof typeof CONDITIONS;

/**
 * Reads `{ and: [...] }` or `{ or: [...] }` into a test of a record's value. Throws
 * EMPTY_FILTER_OPERATOR, INVALID_FILTER_OPERATORS_COMBINATION, INSUFFICIENT_FILTER_VALUES (Forge: Error
 * handling for the Custom Entity Store), INVALID_FILTER_CONDITION or INVALID_FILTER_VALUES (named by the
 * same page of the KVS; for entities UNVERIFIED).
 */
export function readFilter(
  schema: EntitySchema,
  { and, or }: Clauses,
): (value: EntityValue) => boolean {
  if (and && or) {
    throw new Refusal(
      'INVALID_FILTER_OPERATORS_COMBINATION',
      'Filter operators "and" and "or" cannot be present at the same level.',
    );
  }
  const clauses = and ?? or ?? [];
  if (clauses.length === 0) {
    throw new Refusal('EMPTY_FILTER_OPERATOR', 'Filter operators "and" and "or" cannot be empty.');
  }
  if (clauses.length > QUERY_MAX_CONDITIONS) {
    throw new Refusal('INVALID_FILTER_CONDITION', 'A query has a maximum of 100 conditions.');
  }
  const tests = clauses.map((clause) => readClause(schema, clause));
  return and
    ? (value) => tests.every((test) => test(value))
    : (value) => tests.some((test) => test(value));
}

/** A condition on an attribute that the manifest does not declare is refused (UNVERIFIED). */
function readClause(schema: EntitySchema, clause: Clause): (value: EntityValue) => boolean {
  const type = schema.typeOf(clause.property);
  if (type === undefined) {
    throw new Refusal(
      'INVALID_FILTER_CONDITION',
      `Attribute "${clause.property}" is not declared.`,
    );
  }
  const test = readComparison(clause, type, 'filter');
  return (value) => test(value[clause.property]);
}

/** Reads one condition for an attribute (or the key: `string`) of that type. Throws as `readFilter`. */
export function readComparison(
  { condition, values }: Comparison,
  type: AttributeType,
  place: 'range' | 'filter',
): Test {
  if (!isCondition(condition) || (place === 'range' && !CONDITIONS[condition].onRange)) {
    throw new Refusal('INVALID_FILTER_CONDITION', `The condition "${condition}" is not supported.`);
  }
  if (values.length < CONDITIONS[condition].values) {
    throw condition === 'BETWEEN'
      ? new Refusal(
          'INSUFFICIENT_FILTER_VALUES',
          'The specified condition needs at least two values.',
        )
      : invalidValues(condition);
  }
  if (condition === 'EXISTS') return (actual) => actual !== undefined;
  if (condition === 'NOT_EXISTS') return (actual) => actual === undefined;
  const operands = values.map((value) => {
    if (!isScalar(value) || !suits(condition, type, value)) throw invalidValues(condition);
    return value;
  });
  return testOf(condition, operands);
}

const isCondition = (name: string): name is ConditionName => Object.hasOwn(CONDITIONS, name);

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const invalidValues = (condition: string): Refusal =>
  new Refusal(
    'INVALID_FILTER_VALUES',
    `The specified values are not supported by the condition "${condition}".`,
  );

/** An operand has the attribute's own type; text conditions only suit text (UNVERIFIED on the platform). */
function suits(condition: ConditionName, type: AttributeType, operand: Scalar): boolean {
  if (condition === 'BEGINS_WITH' || condition === 'CONTAINS' || condition === 'NOT_CONTAINS') {
    return typeof operand === 'string' && (type === 'string' || type === 'any');
  }
  // An empty text is no value of a string attribute, but a bound to compare with.
  return type === 'string' ? typeof operand === 'string' : isOfType(type, operand);
}

/**
 * An attribute that is missing meets only the negative conditions, and values of different types are
 * in no order, both as in the database beneath (UNVERIFIED on the platform).
 */
function testOf(
  condition: Exclude<ConditionName, 'EXISTS' | 'NOT_EXISTS'>,
  [first, second]: Scalar[],
): Test {
  const ordered =
    (holds: (order: number) => boolean): Test =>
    (actual) =>
      isScalar(actual) &&
      first !== undefined &&
      typeof actual === typeof first &&
      holds(compareScalars(actual, first));
  const contains: Test = (actual) =>
    typeof actual === 'string' && typeof first === 'string' && actual.includes(first);
  switch (condition) {
    case 'BEGINS_WITH':
      return (actual) =>
        typeof actual === 'string' && typeof first === 'string' && actual.startsWith(first);
    case 'BETWEEN':
      return (actual) =>
        ordered((order) => order >= 0)(actual) &&
        isScalar(actual) &&
        second !== undefined &&
        compareScalars(actual, second) <= 0;
    case 'EQUAL_TO':
      return (actual) => actual === first;
    case 'NOT_EQUAL_TO':
      return (actual) => actual !== first;
    case 'GREATER_THAN':
      return ordered((order) => order > 0);
    case 'GREATER_THAN_EQUAL_TO':
      return ordered((order) => order >= 0);
    case 'LESS_THAN':
      return ordered((order) => order < 0);
    case 'LESS_THAN_EQUAL_TO':
      return ordered((order) => order <= 0);
    case 'CONTAINS':
      return contains;
    case 'NOT_CONTAINS':
      return (actual) => !contains(actual);
  }
}

/** The order of an index: text by its UTF-8 bytes, numbers by size, false before true. */
export function compareScalars(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return Number(a) - Number(b);
}
