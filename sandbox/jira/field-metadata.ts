/** What Jira says of a field to whoever wants to set it: `createmeta`, `editmeta`, transitions. */
import { operationsOf, schemaOf, typeOf } from './field-types';
import type { FieldUse } from './field-type';
import type { Field } from './fields';
import { isRequired } from './issue-screens';
import { projectInField } from './shapes';

/** Jira fills these in where a request is silent. */
const WITH_DEFAULT = new Set(['priority', 'reporter']);

/** @param required overrides what the project says */
export function fieldMetadata(
  use: Omit<FieldUse, 'field'>,
  field: Field,
  required = isRequired(use, field.id),
) {
  const type = typeOf(field);
  const { baseUrl } = use.view.site;
  return {
    required,
    schema: schemaOf(field),
    name: field.name,
    key: field.id,
    hasDefaultValue: WITH_DEFAULT.has(field.id),
    operations: operationsOf(field),
    ...(type.allowedValues ? { allowedValues: type.allowedValues({ ...use, field }) } : {}),
    ...(field.type === 'user'
      ? { autoCompleteUrl: `${baseUrl}/rest/api/3/user/search?query=` }
      : {}),
    ...(field.type === 'labels'
      ? { autoCompleteUrl: `${baseUrl}/rest/api/1.0/labels/suggest?query=` }
      : {}),
  };
}

/** The project, which only the creation of an issue sets. */
export function projectMetadata({ view, project }: Omit<FieldUse, 'field'>) {
  return {
    required: true,
    schema: { type: 'project', system: 'project' },
    name: 'Project',
    key: 'project',
    hasDefaultValue: false,
    operations: ['set'],
    allowedValues: [projectInField(view, project)],
  };
}
