/** Fields in forms: one input each, by what Jira says of the field, and what is read from it. */
import React, { type ReactNode } from 'react';
import type { FieldMeta, Person } from './answers';
import { documentFrom, lines } from './plain-text';

const nameOf = ({ key }: Pick<FieldMeta, 'key'>): string => `field.${key}`;

const isText = ({ schema }: FieldMeta): boolean =>
  ['description', 'environment'].includes(schema.system ?? '') ||
  schema.custom?.endsWith(':textarea') === true;

export interface FieldInputProps {
  field: FieldMeta;
  people: Person[];
  /** What was written before, where Jira has refused it. */
  draft: URLSearchParams | undefined;
}

export function FieldInput({ field, people, draft }: FieldInputProps) {
  const name = nameOf(field);
  const given = draft?.getAll(name) ?? [];
  return (
    <label>
      <Label field={field} />
      {inputOf(field, people, { name, required: field.required }, given)}
    </label>
  );
}

function Label({ field }: { field: FieldMeta }) {
  return (
    <span>
      {field.name}
      {field.schema.type === 'array' && !field.allowedValues ? ', with spaces between them' : ''}
      {field.required ? ' (required)' : ''}
    </span>
  );
}

function inputOf(
  field: FieldMeta,
  people: Person[],
  common: { name: string; required: boolean },
  given: string[],
): ReactNode {
  const isList = field.schema.type === 'array';
  const choices = choicesOf(field, people);
  if (choices) {
    return (
      <select {...common} multiple={isList} defaultValue={isList ? given : (given[0] ?? '')}>
        {!isList && <option value="">-</option>}
        {choices.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  const [value = ''] = given;
  if (isText(field)) return <textarea {...common} rows={5} defaultValue={value} />;
  const type = { number: 'number', date: 'date' }[field.schema.type] ?? 'text';
  return <input {...common} type={type} step="any" defaultValue={value} />;
}

function choicesOf(
  { allowedValues, schema }: FieldMeta,
  people: Person[],
): { value: string; label: string }[] | undefined {
  if (schema.type === 'user') {
    return people.map(({ accountId, displayName }) => ({ value: accountId, label: displayName }));
  }
  return allowedValues?.map(({ id, name, value }) => ({ value: id, label: name ?? value ?? id }));
}

/** The fields that a form has given, as Jira takes them; what was left empty is not among them. */
export function fieldsFrom(
  metas: readonly FieldMeta[],
  form: URLSearchParams,
): Record<string, unknown> {
  return Object.fromEntries(
    metas.flatMap((field) => {
      const given = form
        .getAll(nameOf(field))
        .map(lines)
        .filter((text) => text !== '');
      return given.length === 0 ? [] : [[field.key, valueOf(field, given)]];
    }),
  );
}

function valueOf(field: FieldMeta, given: string[]): unknown {
  const { type } = field.schema;
  const [first = ''] = given;
  if (field.allowedValues) {
    return type === 'array' ? given.map((id) => ({ id })) : { id: first };
  }
  if (isText(field)) return documentFrom(first);
  if (type === 'user') return { accountId: first };
  if (type === 'number') return Number(first);
  return type === 'array' ? words(first) : first;
}

/** Labels have no spaces in them. */
export const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
