/** One clause of a query: a field, an operator, and what it is compared with. */
import type { Operand, TerminalClause } from '@atlaskit/jql-ast';
import { NotModelled } from './errors';
import type { JiraIssue } from './issue-store';
import { JqlFault, type JqlField, type JqlOperator, type JqlValue } from './jql-field';
import { textOf } from './jql-structure';
import { readTextQuery } from './jql-text';

export type Condition = (issue: JiraIssue) => boolean;

/**
 * @param isNegated whether `NOT` stands before it: `NOT field = value` is `field != value`, and so on (Jira:
 * JQL operators)
 * @throws JqlFault, NotModelled
 */
export function readClause(clause: TerminalClause, field: JqlField, isNegated: boolean): Condition {
  const name = clause.field.value;
  const operator = operatorOf(clause);
  if (!field.operators.includes(operator)) {
    throw new JqlFault([`The operator '${operator}' is not supported by the '${name}' field.`]);
  }
  const { operand } = clause;
  if (!operand) throw new Error('The parser let a clause without an operand pass');
  const values = valuesOf(operand, field, name);
  if (operator.endsWith('in') && operand.operandType !== 'list') {
    throw new JqlFault([
      `Operator '${operator}' does not support the non-list value '${textOf(operand)}' for field '${name}'.`,
    ]);
  }
  return conditionOf(field, isNegated ? OPPOSITE[operator] : operator, values, name);
}

/** @throws NotModelled for operators of the history */
function operatorOf({ operator, field }: TerminalClause): JqlOperator {
  const value = operator?.value;
  switch (value) {
    case undefined:
      throw new Error('The parser let a clause without an operator pass');
    case 'was':
    case 'was not':
    case 'was in':
    case 'was not in':
    case 'changed':
      throw new NotModelled(`'${field.value} ${value}' in JQL`);
    default:
      return value;
  }
}

const OPPOSITE: Record<JqlOperator, JqlOperator> = {
  '=': '!=',
  '!=': '=',
  '~': '!~',
  '!~': '~',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  in: 'not in',
  'not in': 'in',
  is: 'is not',
  'is not': 'is',
};

/** @throws JqlFault, NotModelled */
function valuesOf(operand: Operand, field: JqlField, name: string): JqlValue[] {
  switch (operand.operandType) {
    case 'list':
      return operand.values.flatMap((one) => valuesOf(one, field, name));
    case 'keyword':
      return [null];
    case 'value':
      return field.read(operand.value, name);
    case 'function': {
      const found = field.functions?.[operand.function.value.toLowerCase()];
      if (!found) throw unknownFunction(operand.function.value, name);
      const values = found(operand.arguments.map(({ value }) => value));
      if (values) return values;
      throw new JqlFault([
        `The arguments of the function '${operand.function.value}' are not valid.`, // UNVERIFIED
      ]);
    }
  }
}

const KNOWN_FUNCTIONS = new Set(['currentuser', 'now', 'startofday']);

/** Jira's other functions (Jira: JQL functions). In small letters. */
const UNMODELLED_FUNCTION =
  /^(approve[dr]|breached|cascadeoption|childissuesof|choiceoption|closedsprints|completed|componentsleadbyuser|currentlogin|customerdetail|earliestunreleasedversion|elapsed|endof(day|week|month|year)|entitlement.*|everbreached|futuresprints|issuehistory|issueswithremotelinksbyglobalid|lastlogin|latestreleasedversion|linkedissues?|membersof|mypending|myapproval|openportfoliochildrenof|opensprints|organizationmembers|parentepic|paused|pending(by)?|projectslead(by)?user|projectswhereuserhas(permission|role)|releasedversions|remaining|running|spaceslead.*|spaceswhere.*|standardissuetypes|standardworktypes|startof(week|month|year)|subtaskissuetypes|subtaskworktypes|unreleasedversions|updatedby|votedissues|votedworkitems|watchedissues|watchedworkitems|withincalendarhours|workitemhistory|linkedworkitems?|team.*)$/;

function unknownFunction(functionName: string, name: string): Error {
  const wanted = functionName.toLowerCase();
  if (UNMODELLED_FUNCTION.test(wanted)) {
    return new NotModelled(`the function '${functionName}' in JQL`);
  }
  return new JqlFault([
    KNOWN_FUNCTIONS.has(wanted)
      ? `A value provided by the function '${functionName}' is invalid for the field '${name}'.`
      : `Unable to find JQL function '${functionName}()'.`,
  ]);
}

/**
 * An operator that says *not* does not find issues that have nothing there (Jira: JQL operators).
 *
 * @throws JqlFault, NotModelled
 */
function conditionOf(
  field: JqlField,
  operator: JqlOperator,
  values: JqlValue[],
  name: string,
): Condition {
  const hasAny: Condition = (issue) => {
    const own = field.of(issue);
    return values.some((value) => (value === null ? own.length === 0 : own.includes(value)));
  };
  const hasOthersOnly: Condition = (issue) => {
    const own = field.of(issue);
    return own.length > 0 && !own.some((value) => values.includes(value));
  };
  switch (operator) {
    case '=':
    case 'in':
    case 'is':
      return hasAny;
    case '!=':
    case 'not in':
    case 'is not':
      return hasOthersOnly;
    case '~':
    case '!~': {
      const query = readTextQuery(String(oneValue(values, operator, name)));
      const has: Condition = (issue) => field.of(issue).some((text) => query(String(text)));
      return operator === '~' ? has : (issue) => field.of(issue).length > 0 && !has(issue);
    }
    default: {
      const limit = oneValue(values, operator, name);
      return (issue) =>
        field.of(issue).some((value) => {
          const compared = field.compare?.(value, limit);
          return compared !== undefined && holds(compared, operator);
        });
    }
  }
}

function holds(compared: number, operator: '<' | '<=' | '>' | '>='): boolean {
  if (compared === 0) return operator === '<=' || operator === '>=';
  return compared < 0 === operator.startsWith('<');
}

/** @throws JqlFault (UNVERIFIED words) */
function oneValue(values: JqlValue[], operator: JqlOperator, name: string): string | number {
  const [value] = values;
  if (value !== undefined && value !== null) return value;
  throw new JqlFault([
    `Operator '${operator}' does not support an empty value for field '${name}'.`,
  ]);
}
