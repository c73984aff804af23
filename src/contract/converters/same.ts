/** Values that are the same on each site: a line of text, a number, a date, a point in time, a URL. */
import { z } from 'zod';
import { FORM_OF_KIND, MAX_NAME, type AliasValue } from '../alias-value';
import { refusal } from '../refusal';
import {
  isRefused,
  type Converter,
  type FieldHere,
  type Refusable,
  type Writing,
} from './converter';
import { clash, parseField, readingOf, writeEmpty } from './reading';

/** `2026-01-05T09:00:00.000+0000`, in whatever zone Jira tells the time. */
const jiraTime = z
  .string()
  .transform((text) => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
  .refine((time) => !Number.isNaN(time));

const SCHEMAS = {
  text: z.string().transform((text): AliasValue => ({ form: 'text', text })),
  number: z.number().transform((number): AliasValue => ({ form: 'number', number })),
  date: z.string().transform((date): AliasValue => ({ form: 'date', date })),
  datetime: jiraTime.transform((time): AliasValue => ({
    form: 'datetime',
    instant: new Date(time).toISOString(),
  })),
  url: z.string().transform((url): AliasValue => ({ form: 'url', url })),
};

export type ScalarKind = keyof typeof SCHEMAS;

export const isScalar = <F extends FieldHere>(field: F): field is F & { kind: ScalarKind } =>
  Object.hasOwn(SCHEMAS, field.kind);

/** Reads a field of one of these kinds. */
export function readScalar(
  field: FieldHere & { kind: ScalarKind },
  json: unknown,
): ReturnType<Converter['read']> {
  const result = parseField(field, SCHEMAS[field.kind].nullable(), json ?? null);
  return isRefused(result) ? result : readingOf(field, result.parsed);
}

/** @param field of one of these kinds */
export const sameConverter = (field: FieldHere & { kind: ScalarKind }): Converter => ({
  lossy: false,
  read: (json) => readScalar(field, json),
  write: (value) => {
    if (value === null) return writeEmpty(field);
    if (value.form !== FORM_OF_KIND[field.kind]) return clash(field, value.form);
    return writeScalar(field, value);
  },
});

/** Writes a value of the field's own form. */
export function writeScalar(field: FieldHere, value: AliasValue): Refusable<Writing> {
  switch (value.form) {
    case 'text':
      return writeLine(field, value.text);
    case 'number':
      return { json: value.number };
    case 'date':
      return { json: value.date };
    case 'datetime':
      return { json: value.instant.replace('Z', '+0000') };
    case 'url':
      return writeUrl(field, value.url);
    default:
      return clash(field, value.form);
  }
}

/** Jira takes no line breaks in a line, and 255 characters. Its ends are trimmed, as Jira does it. */
export function writeLine(field: FieldHere, text: string): Refusable<Writing> {
  const line = text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
  if (line === '') return writeEmpty(field);
  if (line.length <= MAX_NAME) return { json: line };
  return refusal(
    'too-long',
    `The field ${field.name} takes at most ${MAX_NAME} characters here: shorten the text on the other site.`,
  );
}

/** A link that somebody will click on: nothing that runs in their browser. */
const SAFE_URL = /^(https?|ftp|mailto):\S+$/i;

function writeUrl(field: FieldHere, text: string): Refusable<Writing> {
  const url = text.trim();
  if (url === '') return writeEmpty(field);
  if (SAFE_URL.test(url) && url.length <= MAX_NAME) return { json: url };
  return refusal(
    'bad-url',
    `The field ${field.name} takes addresses of web pages, FTP and e-mail, up to ${MAX_NAME} characters.`,
  );
}
