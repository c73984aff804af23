/** What screens on the way to a status ask for, as the form of a contract shows it. */
import type { ContractView, DemandedScreenField } from '../../../src/entry/admin/api';
import { chosenTypes, type ContractValues, type Project } from './form-values';

export type ScreenFieldShown = Pick<
  DemandedScreenField,
  'fieldId' | 'name' | 'input' | 'choices' | 'transitions'
>;

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
