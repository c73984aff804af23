/** The converter of a mapping's entry, for the field that our Jira has today. */
import type { ConverterSpec } from '../mapping';
import { refusal } from '../refusal';
import { adfConverter } from './adf';
import { choiceConverter, type ChoiceKind } from './by-name';
import type { Converter, ElementConverter, FieldHere, Refusable } from './converter';
import { dateConverter } from './date';
import { elementConverter, type SetKind } from './elements';
import { SAME_NAMES, type NameTranslation } from './names';
import type { Directory } from './person';
import { KIND_NAMES } from './reading';
import { isScalar, sameConverter } from './same';
import { textConverter } from './text';
import { userConverter } from './user';
import { tableTranslation } from './value-table';

/** Whether a converter's field is a set, which is merged and written by element. */
export const isElementConverter = (converter: Converter): converter is ElementConverter =>
  Object.hasOwn(converter, 'writeElements');

/**
 * The converter that `spec` names, for `field`. Refused where it is none for a field of this kind: the
 * contract was made before the field changed, or by hand.
 */
export function converterFor(
  field: FieldHere,
  spec: ConverterSpec,
  directory: Directory,
): Refusable<{ converter: Converter | ElementConverter }> {
  const converter = find(field, spec, directory);
  if (converter !== undefined) return { converter };
  return refusal(
    'type-clash',
    `The field ${field.name} holds ${KIND_NAMES[field.kind]}, which the converter ${spec.converter} cannot convert: map it anew.`,
  );
}

function find(
  field: FieldHere,
  spec: ConverterSpec,
  directory: Directory,
): Converter | ElementConverter | undefined {
  switch (spec.converter) {
    case 'same':
      return isScalar(field) ? sameConverter(field) : undefined;
    case 'date':
      return is(field, 'date', 'datetime') ? dateConverter(field) : undefined;
    case 'by-name':
      return namesConverter(field, SAME_NAMES);
    case 'value-table':
      return namesConverter(field, tableTranslation(spec));
    case 'text':
      return is(field, 'text') ? textConverter(field) : undefined;
    case 'user':
      return is(field, 'user') ? userConverter(field, spec, directory) : undefined;
    case 'adf':
      return is(field, 'rich-text') ? adfConverter(field, spec, directory) : undefined;
  }
}

const CHOICES: readonly ChoiceKind[] = ['option', 'priority', 'resolution', 'issue-type', 'status'];
const SETS: readonly SetKind[] = ['labels', 'components', 'versions', 'options'];

function namesConverter(
  field: FieldHere,
  names: NameTranslation,
): Converter | ElementConverter | undefined {
  if (is(field, ...CHOICES)) return choiceConverter(field, names);
  return is(field, ...SETS) ? elementConverter(field, names) : undefined;
}

const is = <K extends FieldHere['kind']>(
  field: FieldHere,
  ...kinds: readonly K[]
): field is FieldHere & { kind: K } => (kinds as readonly string[]).includes(field.kind);
