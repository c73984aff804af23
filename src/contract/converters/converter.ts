/** Between what Jira's REST API says of a field and what travels. One file for each converter beside this one. */
import type { JiraField } from '../../jira/field-metadata';
import type { AliasValue } from '../alias-value';
import type { ValueRefusal } from '../refusal';

/** What a value needs to be, to be read or written: the field as our Jira describes it. */
export type FieldHere = Pick<JiraField, 'id' | 'name' | 'kind' | 'required' | 'choices'>;

/** What was read of our Jira. */
export interface Reading {
  /** What travels, in canonical form. */
  value: AliasValue | null;
  /**
   * Hash of what our Jira says, in canonical form: `mine` of a link. Not of `value`: it is by ids where Jira
   * has ids, so that a person or an option that is merely renamed is no change of the issue.
   */
  mine: string;
}

/** What is to be written. */
export interface Writing {
  /** The field's member of `fields`; `undefined`: the field stays as it is, and is left out of the request. */
  json: unknown;
}

/** One of Jira's verbs in `update`, for a field that is a set. */
export type ElementVerb = { add: unknown } | { remove: unknown };

export interface ElementWriting {
  /** The field's member of `update`; nothing to do if it is empty. */
  update: ElementVerb[];
  /** For each element that cannot be added here: see `elementsNow`. */
  refused: { element: string; refusal: ValueRefusal }[];
}

export type Refusable<T> = T | { refusal: ValueRefusal };

export const isRefused = (result: object): result is { refusal: ValueRefusal } =>
  Object.hasOwn(result, 'refusal');

export interface Converter {
  /** Whether less may come back than was sent: not enough to write over the original with. */
  readonly lossy: boolean;
  /** @param json the field's member of `fields` in our Jira's answer */
  read(json: unknown): Refusable<Reading>;
  /**
   * @param value what came, already parsed by `aliasValueSchema`
   * @param current the field as our Jira says it now; `undefined` where the issue is not there yet
   */
  write(value: AliasValue | null, current?: unknown): Refusable<Writing>;
}

/** Of a field that is a set: it is merged by element, and written with `add` and `remove`. */
export interface ElementConverter extends Converter {
  /**
   * Makes the set here what `wanted` says, as far as it can be here, and takes out what is in `removed`.
   * Whatever else our Jira has stays: somebody may have added it just now.
   *
   * @param change names as they travel: of the merge, all elements and those that are to go
   * @param current the field as our Jira says it now; `undefined` where the issue is not there yet
   */
  writeElements(
    change: { wanted: readonly string[]; removed: readonly string[] },
    current: unknown,
  ): Refusable<ElementWriting>;
  /**
   * Which elements the set has, given those that it had (`known`, as they travel) and what our Jira says now.
   * An element that cannot be here (there is no such component) or that looks like another one here (two rows
   * of a table with the same name) has not been removed by anybody: it stays as long as Jira does not say
   * otherwise. What is read without regard to `known` would delete it on the other side.
   */
  elementsNow(known: readonly string[], current: unknown): Refusable<{ elements: string[] }>;
}
