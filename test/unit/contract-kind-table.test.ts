/** Each cell of the table of kinds, against what the converters do. */
import fc from 'fast-check';
import { canonicalValue, FORM_OF_KIND, type AliasValue } from '../../src/contract/alias-value';
import { converterFor } from '../../src/contract/converters/convert';
import { isRefused, type Converter } from '../../src/contract/converters/converter';
import { textOf } from '../../src/contract/converters/text';
import { defaultConverter, verdictOf } from '../../src/contract/kind-table';
import { FIELD_KINDS, type FieldKind } from '../../src/jira/field-kinds';
import type { AdfDocument } from '../../src/jira/adf/node';
import { rewrittenByJira } from '../support/adf-documents';
import { directoryOf, field, jiraStores, valuesOf } from '../support/contract-fields';

const PEOPLE = directoryOf(
  { accountId: 'acc-1', active: true },
  { accountId: 'acc-2', active: true },
);

const CELLS = FIELD_KINDS.flatMap((from) => FIELD_KINDS.map((to) => [from, to] as const));

function converterOf(from: FieldKind, to: FieldKind): Converter {
  const chosen = defaultConverter(from, to);
  if (isRefused(chosen)) throw new Error(chosen.refusal.reason);
  const found = converterFor(field(to), chosen.converter, PEOPLE);
  if (isRefused(found)) throw new Error(found.refusal.reason);
  return found.converter;
}

/** What is read after the value was written, and whether it was taken. */
function throughJira(converter: Converter, to: FieldKind, value: AliasValue | null, seed: number) {
  const written = converter.write(value);
  if (isRefused(written)) return written;
  const stored = jiraStores(to, written.json, (json) => rewrittenByJira(json as AdfDocument, seed));
  return converter.read(stored);
}

test.each(CELLS.filter(([from, to]) => verdictOf(from, to) === 'refused'))(
  '%s is refused by %s, with what to do instead',
  (from, to) => {
    const chosen = defaultConverter(from, to);
    expect(isRefused(chosen) && chosen.refusal).toMatchObject({
      code: 'type-clash',
      reason: expect.stringMatching(/cannot become .*: .*[Mm]ap /) as string,
    });
    if (FORM_OF_KIND[from] === FORM_OF_KIND[to] || (from === 'text' && to === 'rich-text')) return;
    // And if it comes all the same, the field does not take it.
    fc.assert(
      fc.property(valuesOf[FORM_OF_KIND[from]], (value) => {
        expect(converterOf(to, to).write(value)).toMatchObject({ refusal: { code: 'type-clash' } });
      }),
      { numRuns: 3 },
    );
  },
);

test.each(CELLS.filter(([from, to]) => verdictOf(from, to) === 'same'))(
  '%s is taken by %s, and read back as what it was',
  (from, to) => {
    const converter = converterOf(from, to);
    expect(converter.lossy && to !== 'user').toBe(false);
    fc.assert(
      fc.property(valuesOf[FORM_OF_KIND[from]], fc.nat(), (value, seed) => {
        const reading = throughJira(converter, to, value, seed);
        const expected = canonicalValue(value);
        if (isRefused(reading)) throw new Error(reading.refusal.reason);
        if (to === 'text' || to === 'rich-text' || to === 'url') {
          // What stands for a file is text; a line has no line breaks.
          const text = (one: AliasValue | null) =>
            one === null ? '' : textOf(one).replace(/\s+/g, ' ').trim();
          if (from !== 'rich-text') expect(text(reading.value)).toBe(text(expected));
        } else {
          expect(reading.value).toEqual(expected);
        }
      }),
      { numRuns: 40 },
    );
  },
);

test.each(CELLS.filter(([from, to]) => verdictOf(from, to) === 'lossy'))(
  '%s is taken by %s, in another form or with less in it',
  (from, to) => {
    const converter = converterOf(from, to);
    fc.assert(
      fc.property(valuesOf[FORM_OF_KIND[from]], fc.nat(), (value, seed) => {
        const reading = throughJira(converter, to, value, seed);
        if (isRefused(reading)) throw new Error(reading.refusal.reason);
        if (FORM_OF_KIND[from] === FORM_OF_KIND[to]) return;
        expect(reading.value?.form).not.toBe(value.form);
      }),
      { numRuns: 20 },
    );
  },
);

test.each(CELLS.filter(([from, to]) => verdictOf(from, to) !== 'refused'))(
  '%s in %s: what Jira made of it stays what it is when it is written again',
  (from, to) => {
    const converter = converterOf(from, to);
    fc.assert(
      fc.property(valuesOf[FORM_OF_KIND[from]], fc.nat(), fc.nat(), (value, seed, other) => {
        const once = throughJira(converter, to, value, seed);
        if (isRefused(once)) throw new Error(once.refusal.reason);
        const twice = throughJira(converter, to, once.value, other);
        expect(twice).toEqual(once);
      }),
      { numRuns: 15 },
    );
  },
);
