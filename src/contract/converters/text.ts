/** Whatever comes, as text: what a person would read, and no program can take apart again. */
import { plainTextOf } from '../../jira/adf/plain-text';
import { MAX_NAME, type AliasValue } from '../alias-value';
import type { Converter, FieldHere } from './converter';
import { writeEmpty } from './reading';
import { readScalar, writeLine } from './same';

/** Lossy: a name, a date, a formatted text come back as a line of text only. Too long a text is cut. */
export const textConverter = (field: FieldHere & { kind: 'text' }): Converter => ({
  lossy: true,
  read: (json) => readScalar(field, json),
  write: (value) => {
    if (value === null) return writeEmpty(field);
    const line = textOf(value).replace(/\s+/g, ' ').trim();
    return writeLine(field, line.length <= MAX_NAME ? line : cut(line));
  },
});

/** The end is shown to be missing. */
function cut(line: string): string {
  const kept = line.slice(0, MAX_NAME - 1);
  // Not half of a character.
  return `${kept.replace(/\p{Surrogate}$/u, '').trimEnd()}…`;
}

/** A value as a person reads it. A set in one line, in the order in which it travels. */
export function textOf(value: AliasValue): string {
  switch (value.form) {
    case 'text':
      return value.text;
    case 'rich-text':
      return plainTextOf(value.document);
    case 'number':
      return String(value.number);
    case 'date':
      return value.date;
    case 'datetime':
      return `${value.instant.slice(0, 16).replace('T', ' ')} UTC`;
    case 'url':
      return value.url;
    case 'user':
      return value.displayName;
    case 'name':
      return value.name;
    case 'names':
      return value.names.join(', ');
  }
}
