/** The syntax tree of a query, as *Parse JQL query* gives it (OpenAPI description: `JqlQuery`). */
import type { Clause, Field, Operand, Query, TerminalClause } from '@atlaskit/jql-ast';

/** What a query says, whether or not there are such fields and values. */
export function structureOf({ where, orderBy }: Query): object {
  return {
    ...(where ? { where: clauseShape(where) } : {}),
    ...(orderBy
      ? {
          orderBy: {
            fields: orderBy.fields.map(({ field, direction }) => ({
              field: fieldShape(field),
              ...(direction ? { direction: direction.value.toLowerCase() } : {}),
            })),
          },
        }
      : {}),
  };
}

function clauseShape(clause: Clause): object {
  switch (clause.clauseType) {
    case 'compound':
      return { clauses: clause.clauses.map(clauseShape), operator: clause.operator.value };
    case 'not':
      return { clauses: [clauseShape(clause.clause)], operator: 'not' };
    case 'terminal':
      return terminalShape(clause);
  }
}

/** Only operators of the history have predicates, and these always. */
function terminalShape({ field, operator, operand, predicates }: TerminalClause): object {
  const value = operator?.value;
  const isOfHistory = value === 'changed' || value?.startsWith('was');
  return {
    field: fieldShape(field),
    operator: value,
    ...(operand ? { operand: operandShape(operand) } : {}),
    ...(isOfHistory
      ? {
          predicates: predicates.map((predicate) => ({
            operator: predicate.operator.value,
            ...(predicate.operand ? { operand: operandShape(predicate.operand) } : {}),
          })),
        }
      : {}),
  };
}

/** In the description's example `issue.property["spaces here"].value` has the name without quotation marks. */
function fieldShape({ value, text, properties }: Field): object {
  const parts = (properties ?? []).map(({ key, path }) => ({
    key: { value: key?.value ?? '', text: key?.text ?? '' },
    path: (path ?? []).map((step) => step.value).join(''),
  }));
  const withParts = (name: string, of: 'value' | 'text') =>
    name + parts.map(({ key, path }) => `[${key[of]}]${path}`).join('');
  return {
    name: withParts(value, 'value'),
    encodedName: withParts(text, 'text'),
    ...(parts.length > 0
      ? {
          property: parts.map(({ key, path }) => ({
            entity: value.replace(/\.property$/i, ''),
            key: key.value,
            path: path.replace(/^\./, ''),
          })),
        }
      : {}),
  };
}

function operandShape(operand: Operand): object {
  switch (operand.operandType) {
    case 'value':
      return { value: operand.value, encodedValue: operand.text };
    case 'keyword':
      return { keyword: operand.value };
    case 'function':
      return {
        function: operand.function.value,
        arguments: operand.arguments.map(({ value }) => value),
        encodedOperand: textOf(operand),
      };
    case 'list':
      return { values: operand.values.map(operandShape), encodedOperand: textOf(operand) };
  }
}

/** An operand as the query has it. */
export function textOf(operand: Operand): string {
  switch (operand.operandType) {
    case 'value':
      return operand.text;
    case 'keyword':
      return operand.value;
    case 'function':
      return `${operand.function.text}(${operand.arguments.map(({ text }) => text).join(', ')})`;
    case 'list':
      return `(${operand.values.map(textOf).join(', ')})`;
  }
}
