/** Several of a list: labels, components, versions, options. They travel by name, and are written by element. */
import { z } from 'zod';
import { hashOf } from '../../jira/canonical-json';
import type { FieldKind } from '../../jira/field-kinds';
import { canonicalName, canonicalNames, MAX_NAME, type AliasValue } from '../alias-value';
import { choiceSchema, noSuchChoice } from './by-name';
import { isRefused, type ElementConverter, type FieldHere, type Refusable } from './converter';
import { choiceCalled, type NameTranslation } from './names';
import { clash, parseField, readingOf, writeEmpty } from './reading';

export type SetKind = Extract<FieldKind, 'labels' | 'components' | 'versions' | 'options'>;

/** An element as our Jira has it, or could have it. */
interface Element {
  /** Tells it from the others: an id, or the label itself. */
  key: string;
  name: string;
  /** As Jira takes it in `add`, `remove` and a whole list. */
  json: unknown;
}

const labelElement = (label: string): Element => ({ key: label, name: label, json: label });

const elementSchema = z.union([
  z.string().transform(labelElement),
  choiceSchema.transform(({ id, name }): Element => ({ key: id, name, json: { id } })),
]);
const elementsSchema = z.array(elementSchema).nullable();

/** Lossy for labels where what comes are no labels: a label has no spaces. */
export function elementConverter(
  field: FieldHere & { kind: SetKind },
  names: NameTranslation,
): ElementConverter {
  const choices = (field.choices ?? []).map(({ id, name }): Element => ({
    key: id,
    name,
    json: { id },
  }));

  const present = (json: unknown): Refusable<{ parsed: Element[] }> => {
    const result = parseField(field, elementsSchema, json ?? null);
    return isRefused(result) ? result : { parsed: result.parsed ?? [] };
  };

  /** What an element of the other site is here. An archived version may be on the issue, and no choice any more. */
  const elementCalled = (there: string, current: readonly Element[]): Element | undefined => {
    const here = names.toHere(there);
    if (here === undefined) return undefined;
    if (field.kind !== 'labels') return choiceCalled(current, here) ?? choiceCalled(choices, here);
    const label = labelOf(here);
    // Jira may have it in another Unicode form, which is another label for it.
    const same = current.find(({ name }) => canonicalName(name) === label);
    return same ?? (label === '' || label.length > MAX_NAME ? undefined : labelElement(label));
  };

  const wantedHere = (there: readonly string[], current: readonly Element[]) => {
    const found = canonicalNames(there).map((name) => ({
      name,
      here: elementCalled(name, current),
    }));
    return {
      elements: new Map(
        found.flatMap(({ here }) => (here === undefined ? [] : [[here.key, here]])),
      ),
      missing: found.filter(({ here }) => here === undefined).map(({ name }) => name),
    };
  };

  return {
    lossy: names.lossy,

    read: (json) => {
      const result = present(json);
      if (isRefused(result)) return result;
      const there = result.parsed.flatMap(({ name }) => names.toThere(name) ?? []);
      const reading = readingOf(field, { form: 'names', names: there });
      const keys = result.parsed.map(({ key }) => key.normalize('NFC')).sort();
      return isRefused(reading) ? reading : { ...reading, mine: hashOf(keys) };
    },

    write: (value) => {
      if (value === null) return writeEmpty(field, []);
      const there = namesIn(value);
      if (there === undefined) return clash(field, value.form);
      const { elements, missing } = wantedHere(there, []);
      if (missing[0] !== undefined) return noSuchChoice(field, missing[0]);
      return { json: [...elements.values()].map(({ json }) => json) };
    },

    writeElements: ({ wanted, removed }, json) => {
      const result = present(json);
      if (isRefused(result)) return result;
      const current = new Map(result.parsed.map((element) => [element.key, element]));
      const { elements, missing } = wantedHere(wanted, result.parsed);
      // Of two that are one here, one may go and the other stay.
      const gone = [...wantedHere(removed, result.parsed).elements.values()].filter(
        ({ key }) => current.has(key) && !elements.has(key),
      );
      const added = [...elements.values()].filter(({ key }) => !current.has(key));
      return {
        update: [
          ...added.map((element) => ({ add: element.json })),
          ...gone.map((element) => ({ remove: element.json })),
        ],
        refused: missing.map((element) => ({ element, ...noSuchChoice(field, element) })),
      };
    },

    elementsNow: (known, json) => {
      const result = present(json);
      if (isRefused(result)) return result;
      const keys = new Set(result.parsed.map(({ key }) => key));
      const stands = known.map((there) => ({ there, here: elementCalled(there, result.parsed) }));
      const stay = stands.filter(({ here }) => here === undefined || keys.has(here.key));
      const told = new Set(stay.map(({ here }) => here?.key));
      const others = result.parsed
        .filter(({ key }) => !told.has(key))
        .flatMap(({ name }) => names.toThere(name) ?? []);
      return { elements: canonicalNames([...stay.map(({ there }) => there), ...others]) };
    },
  };
}

/** One choice is a set of one. */
function namesIn(value: AliasValue): string[] | undefined {
  if (value.form === 'names') return value.names;
  return value.form === 'name' ? [value.name] : undefined;
}

/** Jira takes no white space in a label. */
const labelOf = (name: string): string => canonicalName(name).replace(/\s+/g, '_');
