/** Choices that are called differently on the two sites, row by row. */
import { caselessName as keyOf } from '../alias-value';
import type { SpecOf } from '../mapping';
import type { NameTranslation } from './names';

/**
 * The first row of a name counts, in each direction. Lossy where two names become one: two rows share a name,
 * or a name that no row has becomes, by name, what a row gives to another one.
 */
export function tableTranslation({
  rows,
  unlisted,
}: Pick<SpecOf<'value-table'>, 'rows' | 'unlisted'>): NameTranslation {
  const toHere = firstOfEach(rows.map(({ here, there }) => [there, here]));
  const toThere = firstOfEach(rows.map(({ here, there }) => [here, there]));
  const otherwise = (name: string) => (unlisted === 'by-name' ? name : undefined);
  const collides = [...toHere.values()].some((here) => !toHere.has(keyOf(here)));
  const comesBack = [...toHere].every(
    ([there, here]) => keyOf(toThere.get(keyOf(here)) ?? '') === there,
  );
  const goesBack = [...toThere].every(
    ([here, there]) => keyOf(toHere.get(keyOf(there)) ?? '') === here,
  );
  return {
    lossy: !comesBack || !goesBack || (unlisted === 'by-name' && collides),
    toHere: (name) => toHere.get(keyOf(name)) ?? otherwise(name),
    toThere: (name) => toThere.get(keyOf(name)) ?? otherwise(name),
  };
}

function firstOfEach(pairs: [from: string, to: string][]): Map<string, string> {
  return new Map(pairs.map(([from, to]) => [keyOf(from), to] as const).reverse());
}
