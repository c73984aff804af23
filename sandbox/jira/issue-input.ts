/** What a request wants of an issue's fields and properties, read and checked. */
import { z } from 'zod';
import { INVALID_PAYLOAD, refusal } from './errors';
import { FieldFault, listIn, textProperty, type FieldUse } from './field-type';
import { typeOf } from './field-types';
import type { Field, FieldValue } from './fields';
import { readProperties } from './issue-properties';

const inputSchema = z.looseObject({
  fields: z.record(z.string(), z.unknown()).nullish(),
  update: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).nullish(),
  properties: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).nullish(),
  transition: z.looseObject({ id: z.string().nullish() }).nullish(),
});

export interface IssueInput {
  fields: Record<string, unknown>;
  update: Record<string, Record<string, unknown>[]>;
  properties: { key: string; value: unknown }[];
  transitionId: string | undefined;
}

/** @throws JiraRefusal 400 */
export function readIssueInput(body: unknown): IssueInput {
  const parsed = inputSchema.safeParse(body);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { fields, update, properties, transition } = parsed.data;
  return {
    fields: fields ?? {},
    update: update ?? {},
    properties: readProperties(properties ?? []),
    transitionId: transition?.id ?? undefined,
  };
}

/** Field → the value that it is to have; `undefined` where it is to have none. */
export type Changes = Map<Field, FieldValue | undefined>;

/** The parts of a request that say what fields shall be; some have been read before. */
export type FieldInput = Pick<IssueInput, 'fields' | 'update'>;

/**
 * Reads the new values of fields. Jira tells all that is wrong with a request at once, by field.
 *
 * @param settable all fields that this request could set
 * @throws JiraRefusal 400
 */
export function readChanges(
  use: Omit<FieldUse, 'field'>,
  { fields, update }: FieldInput,
  settable: readonly Field[],
): Changes {
  const changes: Changes = new Map();
  const errors: Record<string, string> = {};
  for (const id of new Set([...Object.keys(fields), ...Object.keys(update)])) {
    const field = settable.find((one) => one.id === id);
    try {
      if (!field) throw new FieldFault(notOnScreen(id));
      if (id in fields && id in update) {
        throw new FieldFault(`Field '${id}' cannot appear in both 'fields' and 'update'.`); // UNVERIFIED
      }
      const value =
        id in fields
          ? readValue(fields[id], { ...use, field })
          : readOperations(update[id] ?? [], { ...use, field });
      changes.set(field, value);
    } catch (error) {
      if (!(error instanceof FieldFault)) throw error;
      errors[id] = error.message;
    }
  }
  if (Object.keys(errors).length > 0) throw refusal(400, [], errors);
  return changes;
}

/** Jira's own words. */
export function notOnScreen(fieldId: string): string {
  return `Field '${fieldId}' cannot be set. It is not on the appropriate screen, or unknown.`;
}

/** The words for a field without a value that must have one. */
export function isMissing({ id, name }: Field): string {
  return id === 'summary' ? 'You must specify a summary of the issue.' : `${name} is required.`;
}

/** @throws FieldFault */
function readValue(input: unknown, use: FieldUse): FieldValue | undefined {
  if (isEmptyInput(input, use)) return undefined;
  const value = typeOf(use.field).read(input, use);
  return isEmpty(value) ? undefined : value;
}

function isEmptyInput(input: unknown, { field, project }: FieldUse): boolean {
  if (input === null) return true;
  if (field.id === 'summary' || typeof input !== 'object')
    return input === '' && field.id !== 'summary';
  // `{"none": true}` removes a parent (Atlassian's OpenAPI description, "Edit issue").
  if (field.type === 'parent') return (input as { none?: unknown }).none === true;
  if (field.type !== 'user') return false;
  // `-1` is the project's own choice, which may be nobody.
  const automatic = textProperty(input, 'accountId') === '-1';
  return (
    (automatic && project.defaultAssignee === 'UNASSIGNED') ||
    ('accountId' in input && input.accountId === null)
  );
}

function isEmpty(value: FieldValue): boolean {
  if (typeof value === 'number') return false;
  if (typeof value === 'string' || Array.isArray(value)) return value.length === 0;
  return (value.content ?? []).length === 0;
}

/** `add`, `remove` and `set`, in turn. @throws FieldFault */
function readOperations(
  operations: Record<string, unknown>[],
  use: FieldUse,
): FieldValue | undefined {
  const type = typeOf(use.field);
  let value = use.issue?.values[use.field.id];
  for (const operation of operations) {
    const [[verb, input] = ['', null], ...others] = Object.entries(operation);
    if (others.length > 0) throw new FieldFault('An update names one operation at a time.');
    if (verb === 'set') {
      value = readValue(input, use);
    } else if (type.readElement && (verb === 'add' || verb === 'remove')) {
      const element = type.readElement(input, use);
      const without = (value === undefined ? [] : listIn(value)).filter((one) => one !== element);
      const list = verb === 'add' ? [...without, element] : without;
      value = use.field.type === 'labels' ? list.sort() : list;
      if (list.length === 0) value = undefined;
    } else {
      throw new FieldFault(`Field '${use.field.id}' does not support the operation '${verb}'.`);
    }
  }
  return value;
}
