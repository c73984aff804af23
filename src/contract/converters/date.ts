/** A date for a point in time, and a point in time for a date. In UTC: a site has no time zone, only its people have. */
import { type AliasValue } from '../alias-value';
import type { Converter, FieldHere } from './converter';
import { clash, writeEmpty } from './reading';
import { readScalar, writeScalar } from './same';

/** Lossy: the time of day is gone, or made up. */
export const dateConverter = (field: FieldHere & { kind: 'date' | 'datetime' }): Converter => ({
  lossy: true,
  read: (json) => readScalar(field, json),
  write: (value) => {
    if (value === null) return writeEmpty(field);
    if (value.form !== 'date' && value.form !== 'datetime') return clash(field, value.form);
    return writeScalar(field, field.kind === 'date' ? dateOf(value) : instantOf(value));
  },
});

type DateValue = Extract<AliasValue, { form: 'date' | 'datetime' }>;

const dateOf = (value: DateValue): AliasValue =>
  value.form === 'date' ? value : { form: 'date', date: value.instant.slice(0, 10) };

const instantOf = (value: DateValue): AliasValue =>
  value.form === 'datetime' ? value : { form: 'datetime', instant: `${value.date}T00:00:00.000Z` };
