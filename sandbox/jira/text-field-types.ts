/** Types of fields that are text, a number, a date, a document, or labels. */
import { readDocument, textOf, type AdfDocument } from './adf';
import {
  arrayInput,
  FieldFault,
  listIn,
  textIn,
  textInput,
  type FieldType,
  type HistoryValue,
} from './field-type';
import type { FieldValue } from './fields';
import { timestamp } from './shapes';

/** A summary, a single-line text field, a label. */
const MAX_LINE = 255;

const unchanged = (value: FieldValue): unknown => value;

const asText = (value: FieldValue): HistoryValue => ({ id: null, text: textIn(value) });

/** The words are Jira's for the summary; [2nd] for custom fields. */
function lineOf(input: unknown): string {
  const text = textInput(input);
  if (text.length > MAX_LINE) {
    throw new FieldFault(
      `The entered text is too long. It exceeds the allowed limit of ${MAX_LINE} characters.`,
    );
  }
  return text;
}

export const summaryType: FieldType = {
  schema: { type: 'string' },
  read(input) {
    const text = textInput(input);
    if (text.trim() === '') throw new FieldFault('You must specify a summary of the issue.');
    if (/[\r\n]/.test(text)) {
      throw new FieldFault('The summary is invalid because it contains newline characters.');
    }
    if (text.length > MAX_LINE) {
      throw new FieldFault(`Summary can't exceed ${MAX_LINE} characters.`);
    }
    // Jira trims it ([2nd]).
    return text.trim();
  },
  write: unchanged,
  history: asText,
};

export const textType: FieldType = {
  schema: { type: 'string' },
  custom: 'textfield',
  read: lineOf,
  write: unchanged,
  history: asText,
};

export const documentType: FieldType = {
  schema: { type: 'string' },
  custom: 'textarea',
  read: readDocument,
  write: unchanged,
  // Jira writes wiki markup there; here it is the plain text (UNVERIFIED).
  history: (value) => ({ id: null, text: textOf(value as AdfDocument) }),
};

export const numberType: FieldType = {
  schema: { type: 'number' },
  custom: 'float',
  read(input) {
    if (typeof input !== 'number') throw new FieldFault('Operation value must be a number');
    return input;
  },
  write: unchanged,
  history: (value) => ({ id: null, text: JSON.stringify(value) }),
};

export const dateType: FieldType = {
  schema: { type: 'date' },
  custom: 'datepicker',
  read(input) {
    const text = textInput(input);
    const instant = Date.parse(`${text}T00:00:00Z`);
    const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(instant);
    if (!isDay || !new Date(instant).toISOString().startsWith(text)) {
      throw new FieldFault(
        "Operation value must be a string in the format 'yyyy-MM-dd'", // UNVERIFIED
      );
    }
    return text;
  },
  write: unchanged,
  history: (value) => ({ id: textIn(value), text: textIn(value) }),
};

/** `2026-01-05T09:00:00.000+0000`, the offset with or without a colon, or `Z`. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:?\d\d)$/;

export const datetimeType: FieldType = {
  schema: { type: 'datetime' },
  custom: 'datetime',
  read(input) {
    const text = textInput(input);
    const instant = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    if (!INSTANT.test(text) || Number.isNaN(instant)) {
      throw new FieldFault(
        "Operation value must be a string in the format 'yyyy-MM-ddTHH:mm:ss.SSSZ'", // UNVERIFIED
      );
    }
    // Jira answers in the time zone of whoever asks; here everybody is in UTC.
    return timestamp(instant);
  },
  write: unchanged,
  history: (value) => ({ id: textIn(value), text: textIn(value) }),
};

export const urlType: FieldType = {
  schema: { type: 'string' },
  custom: 'url',
  read(input) {
    const text = lineOf(input);
    if (!/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text)) throw new FieldFault('Not a valid URL');
    return text;
  },
  write: unchanged,
  history: asText,
};

function labelOf(input: unknown): string {
  const label = textInput(input);
  if (/\s/.test(label)) {
    throw new FieldFault(`The label '${label}' contains spaces which is invalid.`);
  }
  if (label.length > MAX_LINE) {
    throw new FieldFault(`The label '${label}' exceeds the maximum length of ${MAX_LINE}.`);
  }
  return label;
}

export const labelsType: FieldType = {
  schema: { type: 'array', items: 'string' },
  read: (input) => sorted(arrayInput(input).map(labelOf)),
  readElement: labelOf,
  write: unchanged,
  history: (value) => ({ id: null, text: listIn(value).join(' ') }),
};

/** Labels are a set; Jira gives them in the order of their letters ([2nd]). */
export function sorted(labels: string[]): string[] {
  return [...new Set(labels.filter((label) => label !== ''))].sort();
}
