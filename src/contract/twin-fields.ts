/** Fields that show where the twin stands: picked by an admin, never mapped, never created by the app (ADR 7). */
import type { JiraField, UnsupportedField } from '../jira/field-metadata';
import type { ContractDraft } from './draft';
import type { DraftProblem } from './draft-refusal';
import type { Contract, StoredContract, TwinField, TwinFields } from './records';

type AnyField = JiraField | UnsupportedField;

/** Whether a field can show it: a line of text that the site's admins have added. */
export const canShow = (field: AnyField): field is JiraField =>
  field.kind === 'text' && field.custom && !field.readOnly && !field.required;

/** @param fields of all issue types of the contract */
export function checkTwinFields(
  { statusField, keyField }: Pick<ContractDraft, 'statusField' | 'keyField'>,
  fields: readonly AnyField[],
): { twinFields: TwinFields } | { problems: DraftProblem[] } {
  const status = chosen('statusField', statusField, fields);
  const key = chosen('keyField', keyField, fields);
  const isSame = statusField !== undefined && statusField === keyField;
  const problems = [
    ...[status, key].flatMap((one) => ('problem' in one ? [one.problem] : [])),
    ...(isSame ? [SAME_FIELD] : []),
  ];
  if ('problem' in status || 'problem' in key || problems.length > 0) return { problems };
  return {
    twinFields: {
      ...(status.field ? { status: status.field } : {}),
      ...(key.field ? { key: key.field } : {}),
    },
  };
}

function chosen(
  at: 'statusField' | 'keyField',
  id: string | undefined,
  fields: readonly AnyField[],
): { field: TwinField | undefined } | { problem: DraftProblem } {
  if (id === undefined) return { field: undefined };
  const field = fields.find((one) => one.id === id);
  if (field && canShow(field)) return { field: { id, name: field.name } };
  return { problem: { field: at, code: 'field-does-not-fit', message: DOES_NOT_FIT } };
}

const DOES_NOT_FIT =
  'Issues of this contract have no such field, or it is no optional line of text. Choose another one.';

const SAME_FIELD: DraftProblem = {
  field: 'keyField',
  code: 'same-field',
  message: 'This field shows the status already. Choose another one.',
};

/** Those that are chosen. */
export const fieldsIn = ({ status, key }: TwinFields): TwinField[] =>
  [status, key].filter((field) => field !== undefined);

/** Ids of the fields with which contracts show where twins stand. */
export const shownBy = (contracts: readonly Pick<Contract, 'twinFields'>[]): string[] =>
  contracts.flatMap(({ twinFields = {} }) => fieldsIn(twinFields).map(({ id }) => id));

/** What such a field shows is no value of the issue: no contract sends it anywhere. */
export const SHOWS_TWIN =
  'It shows where an issue of another site stands, and is synchronized nowhere.';

/** The contract without fields that show something from now on; the very same where it maps none of them. */
export function withoutShown(contract: StoredContract, ids: readonly string[]): StoredContract {
  const isMapped = contract.mapping.some(({ fieldId }) => ids.includes(fieldId));
  if (!isMapped) return contract;
  const gone = contract.fields.filter(({ id }) => ids.includes(id));
  return {
    ...contract,
    mapping: contract.mapping.filter(({ fieldId }) => !ids.includes(fieldId)),
    fields: contract.fields.filter(({ id }) => !ids.includes(id)),
    notMapped: [
      ...contract.notMapped,
      ...gone.map(({ name }) => ({ field: name, reason: SHOWS_TWIN })),
    ],
  };
}
