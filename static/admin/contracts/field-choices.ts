/** Fields that the form of a contract offers: what screens ask for, and what can show where the twin stands. */
import type {
  ContractView,
  DemandedScreenField,
  TextFieldHere,
} from '../../../src/entry/admin/api';
import { chosenTypes, type ContractValues, type Project } from './form-values';

export type ScreenFieldShown = Pick<
  DemandedScreenField,
  'fieldId' | 'name' | 'input' | 'choices' | 'transitions'
>;

export interface FieldChoices {
  /** What screens on the way to a status ask for. */
  fields: readonly ScreenFieldShown[];
  /** What can show where the twin stands. */
  textFields: readonly Pick<TextFieldHere, 'fieldId' | 'name'>[];
}

/**
 * The fields that the chosen types of the chosen project ask for, and those that the stored contract has a
 * default for, asked for or not: it can be taken away.
 *
 * @param screens of the chosen project; `undefined`: not known yet
 */
export function screenFields(
  values: ContractValues,
  projects: readonly Project[],
  screens: readonly DemandedScreenField[] | undefined,
  stored: ContractView | undefined,
): ScreenFieldShown[] {
  if (values.direction === 'send') return [];
  const types = chosenTypes(values, projects).map(({ id }) => id);
  const asked = (screens ?? []).filter(
    ({ issueTypeIds }) => types.length === 0 || issueTypeIds.some((id) => types.includes(id)),
  );
  const isStoredProject = stored?.projectId === values.projectId;
  const kept = (isStoredProject ? stored.screenDefaults : []).filter(
    ({ fieldId }) => !asked.some((field) => field.fieldId === fieldId),
  );
  return [
    ...asked,
    ...kept.map(({ fieldId, name, value, label }) => ({
      ...{ fieldId, name, transitions: [] },
      input: 'choice' as const,
      choices: [{ id: value, name: label }],
    })),
  ];
}

/** Those of the chosen types, and those of the stored contract: what is not there any more can be taken away. */
export function textFields(
  values: ContractValues,
  projects: readonly Project[],
  known: readonly TextFieldHere[] | undefined,
  stored: ContractView | undefined,
): FieldChoices['textFields'] {
  if (values.direction === 'send' || values.projectId === '') return [];
  const types = chosenTypes(values, projects).map(({ id }) => id);
  const offered = (known ?? []).filter(
    ({ issueTypeIds }) => types.length === 0 || issueTypeIds.some((id) => types.includes(id)),
  );
  const kept = stored?.projectId === values.projectId ? Object.entries(stored.twinFieldNames) : [];
  return [
    ...offered,
    ...kept
      .map(([fieldId, name]) => ({ fieldId, name }))
      .filter(({ fieldId }) => !offered.some((field) => field.fieldId === fieldId)),
  ];
}
