/** What the form of a contract can offer once its project is chosen. */
import { inputOf } from '../../contract/screen-defaults';
import { canShow } from '../../contract/twin-fields';
import type { JiraClient, JiraPrincipal, TimeBudget } from '../../jira/client';
import { createFields, projectIssueTypes } from '../../jira/project-metadata';
import { demandedFields } from '../../jira/screens';
import type { ContractApi } from './contract-api';

type Choices = ContractApi['contracts/choices']['value'];

/** @throws JiraError */
export async function contractChoices(
  jira: JiraClient,
  as: JiraPrincipal,
  projectId: string,
  time: TimeBudget,
): Promise<Choices> {
  const [demanded, textFields] = await Promise.all([
    demandedFields(jira, as, projectId, time),
    textFieldsOf(jira, as, projectId, time),
  ]);
  return {
    screens: demanded.map((field) => ({
      fieldId: field.id,
      name: field.name,
      input: inputOf(field),
      choices: [...(field.choices ?? [])],
      transitions: [...field.transitions],
      issueTypeIds: [...field.issueTypeIds],
    })),
    textFields,
  };
}

async function textFieldsOf(
  jira: JiraClient,
  as: JiraPrincipal,
  projectIdOrKey: string,
  time: TimeBudget,
): Promise<Choices['textFields']> {
  const types = (await projectIssueTypes(jira, as, projectIdOrKey, time)) ?? [];
  const found = new Map<string, Choices['textFields'][number]>();
  const fieldsOfTypes = await Promise.all(
    types
      .filter(({ isSubtask }) => !isSubtask)
      .map(async ({ id }) => ({
        type: id,
        fields: (await createFields(jira, as, { projectIdOrKey, issueTypeId: id }, time)) ?? [],
      })),
  );
  for (const { type, fields } of fieldsOfTypes) {
    for (const { id, name } of fields.filter(canShow)) {
      const issueTypeIds = [...(found.get(id)?.issueTypeIds ?? []), type];
      found.set(id, { fieldId: id, name, issueTypeIds });
    }
  }
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name));
}
