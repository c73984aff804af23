/**
 * What travels for an alias: the value itself, in one of a few forms, or `null` for empty. Not what a site's
 * Jira calls it: no field id, no option id, no key.
 */
import { z } from 'zod';
import { canonicalDocument, isEmptyDocument } from '../jira/adf/canonical-document';
import { adfDocumentSchema } from '../jira/adf/document-schema';
import { canonicalText, hashOf } from '../jira/canonical-json';
import type { FieldKind } from '../jira/field-kinds';

/** Jira's longest text of a field. */
export const MAX_TEXT = 32_767;
/** Jira's longest summary, single-line text, label and name. */
export const MAX_NAME = 255;
/** Jira's longest account id. */
const MAX_ACCOUNT_ID = 128;
/** Our own bound: Jira has none for labels. */
export const MAX_NAMES = 500;

const name = z.string().min(1).max(MAX_NAME);

/** A real day: `2026-02-30` is none. */
const isDay = (day: string): boolean => {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
};

/** Years 0001 to 9999, as in Jira's date picker. */
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine(isDay);

/** A point in time, in UTC, to the millisecond. */
const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text);

/** One part a form. A form keeps its meaning for ever: another meaning is another form. */
export const aliasValueSchema = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal('text'), text: z.string().min(1).max(MAX_TEXT) }),
  /** Atlassian Document Format. */
  z.strictObject({ form: z.literal('rich-text'), document: adfDocumentSchema }),
  z.strictObject({ form: z.literal('number'), number: z.number() }),
  z.strictObject({ form: z.literal('date'), date: day }),
  z.strictObject({ form: z.literal('datetime'), instant }),
  z.strictObject({ form: z.literal('url'), url: z.string().min(1).max(MAX_TEXT) }),
  /** What the contract exposes of a person. */
  z.strictObject({
    form: z.literal('user'),
    displayName: name,
    accountId: z.string().min(1).max(MAX_ACCOUNT_ID).optional(),
    email: z.string().min(3).max(320).optional(),
  }),
  /** One of a list, as people call it. */
  z.strictObject({ form: z.literal('name'), name }),
  /** A set, by element: see `merge-elements.ts`. */
  z.strictObject({ form: z.literal('names'), names: z.array(name).max(MAX_NAMES) }),
]);
export type AliasValue = z.infer<typeof aliasValueSchema>;
export type AliasForm = AliasValue['form'];
export type UserValue = Extract<AliasValue, { form: 'user' }>;

export const FORM_OF_KIND: Record<FieldKind, AliasForm> = {
  text: 'text',
  'rich-text': 'rich-text',
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  url: 'url',
  user: 'user',
  option: 'name',
  priority: 'name',
  resolution: 'name',
  'issue-type': 'name',
  status: 'name',
  options: 'names',
  labels: 'names',
  components: 'names',
  versions: 'names',
};

/** A name as two sites compare it. */
export const canonicalName = (text: string): string => canonicalText(text).trim();

/** The same where it is looked for: a choice is not another one because of its case. */
export const caselessName = (text: string): string => canonicalName(text).toLowerCase();

/**
 * The one form of a value that people would call the same, whatever Jira makes of it: text trimmed and in NFC,
 * lines that end in LF, documents as in `canonical-document.ts`, sets sorted. `null` where nothing is left.
 * Idempotent.
 */
export function canonicalValue(value: AliasValue | null): AliasValue | null {
  switch (value?.form) {
    case undefined:
      return null;
    case 'text': {
      const text = canonicalName(value.text);
      return text === '' ? null : { form: 'text', text };
    }
    case 'url': {
      const url = canonicalName(value.url);
      return url === '' ? null : { form: 'url', url };
    }
    case 'rich-text': {
      const document = canonicalDocument(value.document);
      return isEmptyDocument(document) ? null : { form: 'rich-text', document };
    }
    case 'number':
      return { form: 'number', number: value.number === 0 ? 0 : value.number };
    case 'name': {
      const chosen = canonicalName(value.name);
      return chosen === '' ? null : { form: 'name', name: chosen };
    }
    case 'names': {
      const names = canonicalNames(value.names);
      return names.length === 0 ? null : { form: 'names', names };
    }
    case 'user':
      return { ...value, displayName: canonicalName(value.displayName) || value.displayName };
    case 'date':
    case 'datetime':
      return value;
  }
}

/** The elements of a set, each once, in one order. */
export const canonicalNames = (names: readonly string[]): string[] =>
  [...new Set(names.map(canonicalName))].filter((one) => one !== '').sort();

/** Hash of a value that travels: `theirs` of a link. Equal for values that have the same canonical form. */
export const hashOfValue = (value: AliasValue | null): string => hashOf(canonicalValue(value));
