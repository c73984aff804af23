/** Which kind of field takes what from which other one: each cell, so that a new kind does not compile without its own. */
import { FIELD_KINDS, type FieldKind } from '../jira/field-kinds';
import { KIND_NAMES } from './converters/reading';
import type { ConverterSpec } from './mapping';
import { refusal, type ValueRefusal } from './refusal';

/**
 * - `same`: what is written can be read back as what came
 * - `lossy`: it is written, and comes back as less than it was: for one direction only
 * - `refused`
 */
export type Verdict = 'same' | 'lossy' | 'refused';

/** As long as the list of kinds: the mapped type of a tuple is a tuple. */
type CellsFor<Kinds extends readonly FieldKind[]> = { readonly [Cell in keyof Kinds]: Verdict };
type Row = CellsFor<typeof FIELD_KINDS>;

const S = 'same';
const L = 'lossy';
const x = 'refused';

/** A row for what comes, a column for the field that takes it, both in the order of `FIELD_KINDS`. */
const TABLE: Record<FieldKind, Row> = {
  //             text, rich, number, date, datetime, url, user | option, priority, resolution, issue type, status | options, labels, components, versions
  text: [S, S, x, x, x, x, x, x, x, x, x, x, x, x, x, x],
  'rich-text': [L, S, x, x, x, x, x, x, x, x, x, x, x, x, x, x],
  number: [L, L, S, x, x, x, x, x, x, x, x, x, x, x, x, x],
  date: [L, L, x, S, L, x, x, x, x, x, x, x, x, x, x, x],
  datetime: [L, L, x, L, S, x, x, x, x, x, x, x, x, x, x, x],
  url: [L, L, x, x, x, S, x, x, x, x, x, x, x, x, x, x],
  user: [L, L, x, x, x, x, S, x, x, x, x, x, x, x, x, x],
  option: [L, L, x, x, x, x, x, S, S, S, x, x, L, L, L, L],
  priority: [L, L, x, x, x, x, x, S, S, x, x, x, L, L, L, L],
  resolution: [L, L, x, x, x, x, x, S, x, S, x, x, L, L, L, L],
  'issue-type': [L, L, x, x, x, x, x, S, x, x, S, x, L, L, L, L],
  status: [L, L, x, x, x, x, x, S, x, x, x, S, L, L, L, L],
  options: [L, L, x, x, x, x, x, x, x, x, x, x, S, L, S, S],
  labels: [L, L, x, x, x, x, x, x, x, x, x, x, S, S, S, S],
  components: [L, L, x, x, x, x, x, x, x, x, x, x, S, L, S, S],
  versions: [L, L, x, x, x, x, x, x, x, x, x, x, S, L, S, S],
};

export const verdictOf = (from: FieldKind, to: FieldKind): Verdict =>
  TABLE[from][FIELD_KINDS.indexOf(to)] ?? 'refused';

const SETS: ReadonlySet<FieldKind> = new Set(['options', 'labels', 'components', 'versions']);

/** Nobody is told more of people than their account ids, which are the same on all sites of Atlassian Cloud. */
const PEOPLE = { by: ['account-id' as const], table: [] };

/**
 * The converter for a field of the kind `to` that is to take what comes from one of the kind `from`, as it is
 * before an admin changes it.
 */
export function defaultConverter(
  from: FieldKind,
  to: FieldKind,
): { verdict: Exclude<Verdict, 'refused'>; converter: ConverterSpec } | { refusal: ValueRefusal } {
  const verdict = verdictOf(from, to);
  if (verdict === 'refused') return refusal('type-clash', clashReason(from, to));
  return { verdict, converter: specFor(from, to) };
}

function specFor(from: FieldKind, to: FieldKind): ConverterSpec {
  switch (to) {
    case 'text':
      return { converter: from === 'text' ? 'same' : 'text' };
    case 'rich-text':
      return { converter: 'adf', mentions: PEOPLE, exposes: { accountId: true } };
    case 'date':
    case 'datetime':
      return { converter: from === to ? 'same' : 'date' };
    case 'number':
    case 'url':
      return { converter: 'same' };
    case 'user':
      return {
        converter: 'user',
        match: PEOPLE,
        otherwise: { kind: 'empty' },
        exposes: { accountId: true, email: false },
      };
    default:
      return { converter: 'by-name' };
  }
}

/** Why, and what to do instead. */
function clashReason(from: FieldKind, to: FieldKind): string {
  const clash = `${capital(KIND_NAMES[from])} cannot become ${KIND_NAMES[to]}`;
  if (SETS.has(from) && !SETS.has(to)) {
    return `${clash}: there may be several. Map a field that takes several, or a text.`;
  }
  if (to === 'status' || to === 'issue-type') {
    return `${clash}: map the ${KIND_NAMES[to]} of the other site.`;
  }
  return `${clash}: map a field of the same type, or a text.`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
