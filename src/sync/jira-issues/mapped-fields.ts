/** The contract's mapping, as converters. */
import {
  isRefused,
  type Converter,
  type ElementConverter,
} from '../../contract/converters/converter';
import { converterFor } from '../../contract/converters/convert';
import type { Directory } from '../../contract/converters/person';
import type { MappingEntry } from '../../contract/mapping';
import type { Contract } from '../../contract/records';
import { ofType, type JiraField } from '../../jira/field-metadata';
import type { WriteRefusal } from '../ports';

export interface MappedField {
  alias: string;
  field: JiraField;
  converter: Converter | ElementConverter;
  /** It is not mapped: it shows where the twin stands. */
  isTwins?: boolean;
}

/** Reading asks nobody. */
export const NOBODY: Directory = { byAccountId: () => undefined, byEmail: () => undefined };

/**
 * What the contract maps, and can be converted.
 *
 * @param issueType id: each type has statuses, and required fields, of its own
 */
export const mappedFields = (contract: Contract, issueType?: string): MappedField[] =>
  contract.mapping.flatMap((entry) => {
    const mapped = convertedBy(contract, entry, NOBODY, issueType);
    return 'refusal' in mapped ? [] : [mapped];
  });

/** The field of an alias. */
export function mappedField(
  contract: Contract,
  alias: string,
  directory: Directory,
  issueType: string | undefined,
): MappedField | { refusal: WriteRefusal } {
  const entry = entryOf(contract, alias);
  if (entry) return convertedBy(contract, entry, directory, issueType);
  return { refusal: { code: 'not-mapped', reason: `The contract maps no field for ${alias}.` } };
}

export const entryOf = ({ mapping }: Contract, alias: string): MappingEntry | undefined =>
  mapping.find((entry) => entry.alias === alias);

function convertedBy(
  contract: Contract,
  entry: MappingEntry,
  directory: Directory,
  issueType: string | undefined,
): MappedField | { refusal: WriteRefusal } {
  const field = fieldOf(contract, entry, issueType);
  if (!field) {
    const reason = `Nothing is known of the field ${entry.fieldId}: save the contract again.`;
    return { refusal: { code: 'unknown-field', reason } };
  }
  const result = converterFor(field, entry.converter, directory);
  return isRefused(result) ? result : { alias: entry.alias, field, converter: result.converter };
}

/** What the contract says of types and statuses is what may be chosen; what is required, of the one type. */
export function fieldOf(
  { fields, issueTypes }: Contract,
  { fieldId, kind }: MappingEntry,
  issueType: string | undefined,
): JiraField | undefined {
  const ofAny = fields.find(({ id }) => id === fieldId);
  const field = ofAny && ofType(ofAny, issueType);
  if (kind === 'issue-type') return field && { ...field, choices: issueTypes };
  const { statuses } = issueTypes.find(({ id }) => id === issueType) ?? {};
  return field && kind === 'status' && statuses ? { ...field, choices: statuses } : field;
}
