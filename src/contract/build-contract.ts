/** A contract's fields and statuses, from what Jira says of its project's issue types. */
import type { JiraField, Need, UnsupportedField } from '../jira/field-metadata';
import { statusField } from '../jira/field-metadata';
import type { ProjectIssueType } from '../jira/project-metadata';
import { defaultAlias, defaultMapping, type NotMapped } from './default-mapping';
import { describeField } from './description';
import type { IssueTypeHere, StoredContract } from './records';
import { SHOWS_TWIN } from './twin-fields';

type AnyField = JiraField | UnsupportedField;

/**
 * The fields that issues of any of these types have, and their status.
 *
 * @param fieldsOfTypes for each type, in their order, its fields, as they are set on creation
 */
export function fieldsOf(
  types: readonly ProjectIssueType[],
  fieldsOfTypes: readonly (readonly AnyField[])[],
): AnyField[] {
  const fields = new Map<string, AnyField>();
  for (const field of fieldsOfTypes.flat()) {
    const known = fields.get(field.id);
    fields.set(field.id, known === undefined ? field : merge(known, field));
  }
  const statuses = types.flatMap((type) => type.statuses.map(({ id, name }) => ({ id, name })));
  const all = [...fields.values()].map((field) => {
    const ofTypes = needs(field.id, types, fieldsOfTypes);
    return ofTypes ? { ...field, ofTypes } : field;
  });
  return [...all, statusField(distinct(statuses))];
}

/** What each type that has the field needs of it; `undefined`: all types need the same. */
function needs(
  id: string,
  types: readonly ProjectIssueType[],
  fieldsOfTypes: readonly (readonly AnyField[])[],
): Record<string, Need> | undefined {
  const all = types.flatMap((type, at): [string, Need][] => {
    const field = fieldsOfTypes[at]?.find((one) => one.id === id);
    if (!field || field.kind === 'unsupported') return [];
    return [[type.id, { required: field.required, hasDefault: field.hasDefault }]];
  });
  const needing = all.filter(([, { required }]) => required);
  const isSame = new Set(needing.map(([, { hasDefault }]) => hasDefault)).size < 2;
  const isOfAll = needing.length === 0 || (needing.length === types.length && isSame);
  return isOfAll ? undefined : Object.fromEntries(all);
}

/** A field may be required, and have other choices, in one issue type and not in another. */
function merge(one: AnyField, other: AnyField): AnyField {
  if (one.kind === 'unsupported') return one;
  if (other.kind === 'unsupported') return other;
  return {
    ...one,
    required: one.required || other.required,
    hasDefault: one.hasDefault && other.hasDefault,
    ...(one.choices === undefined || other.choices === undefined
      ? {}
      : { choices: distinct([...one.choices, ...other.choices]) }),
  };
}

function distinct<T extends { id: string }>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [value.id, value])).values()];
}

/**
 * The mapping for a remote that has the very same fields: two projects as they come need no hand.
 *
 * @param all of all its issue types
 * @param shown ids of those that show where twins stand
 */
export function mapFields(
  all: readonly AnyField[],
  shown: ReadonlySet<string>,
): Pick<StoredContract, 'mapping' | 'fields'> & { notMapped: NotMapped[] } {
  const fields = all.filter(({ id }) => !shown.has(id));
  const usable = fields.filter((field) => field.kind !== 'unsupported');
  const theirs = usable.map((field) => describeField(defaultAlias(field), field));
  const { entries, notMapped } = defaultMapping(fields, theirs);
  const mapped = usable.filter(({ id }) => entries.some(({ fieldId }) => fieldId === id));
  const showing = all
    .filter(({ id }) => shown.has(id))
    .map(({ name }) => ({ field: name, reason: SHOWS_TWIN }));
  return { mapping: entries, fields: mapped, notMapped: [...notMapped, ...showing] };
}

/** An issue type as a contract keeps it. */
export const typeHere = ({ id, name, statuses }: ProjectIssueType): IssueTypeHere => ({
  id,
  name,
  statuses,
});
