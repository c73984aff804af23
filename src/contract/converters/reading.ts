/** What all converters share: reading within the bounds of what may travel, and refusing in words. */
import type { z } from 'zod';
import { hashOf } from '../../jira/canonical-json';
import type { FieldKind } from '../../jira/field-kinds';
import { aliasValueSchema, canonicalValue, type AliasForm, type AliasValue } from '../alias-value';
import { refusal, type ValueRefusal } from '../refusal';
import type { FieldHere, Reading, Refusable } from './converter';

/** As a sentence speaks of it. */
export const KIND_NAMES: Record<FieldKind, string> = {
  text: 'text',
  'rich-text': 'formatted text',
  number: 'number',
  date: 'date',
  datetime: 'date with time',
  url: 'URL',
  user: 'user',
  option: 'option',
  priority: 'priority',
  resolution: 'resolution',
  'issue-type': 'issue type',
  status: 'status',
  options: 'option',
  labels: 'label',
  components: 'component',
  versions: 'version',
};

const FORM_NAMES: Record<AliasForm, string> = {
  text: 'text',
  'rich-text': 'formatted text',
  number: 'a number',
  date: 'a date',
  datetime: 'a date with time',
  url: 'a URL',
  user: 'a user',
  name: 'one of a list',
  names: 'several of a list',
};

/** Parses the field's member of `fields`; `null` is nobody's business but the caller's. */
export function parseField<T>(
  { name }: FieldHere,
  schema: z.ZodType<T>,
  json: unknown,
): Refusable<{ parsed: T }> {
  const { data, success } = schema.safeParse(json);
  if (success) return { parsed: data };
  return refusal(
    'unreadable',
    `What Jira says of the field ${name} is not what this app can read. Look at the type of the field.`,
  );
}

/**
 * A reading of `value`. `identity`: what tells one value of Jira from another, where that is not the value
 * itself.
 */
export function readingOf(
  { name }: FieldHere,
  value: AliasValue | null,
  identity?: unknown,
): Refusable<Reading> {
  const canonical = canonicalValue(value);
  // Text may be longer in canonical form, and Jira's bounds are not ours.
  if (canonical !== null && !aliasValueSchema.safeParse(canonical).success) {
    return refusal('too-long', `The value of the field ${name} is too large to be sent.`);
  }
  const isById = canonical !== null && identity !== undefined;
  return { value: canonical, mine: hashOf(isById ? identity : canonical) };
}

/** The field here cannot hold what came. */
export const clash = (field: FieldHere, form: AliasForm): { refusal: ValueRefusal } =>
  refusal(
    'type-clash',
    `The field ${field.name} holds ${KIND_NAMES[field.kind]} and cannot take ${FORM_NAMES[form]}: map another field.`,
  );

/** Writing nothing: `json` is what Jira wants for that. */
export function writeEmpty(field: FieldHere, json: unknown = null): Refusable<{ json: unknown }> {
  if (!field.required) return { json };
  return refusal(
    'must-not-be-empty',
    `The field ${field.name} must not be empty here: fill it in on the other site, or make it optional here.`,
  );
}
