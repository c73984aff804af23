/** Every type of field by its key. */
import {
  componentsType,
  issueTypeType,
  optionsType,
  optionType,
  priorityType,
  resolutionType,
  securityType,
  versionsType,
} from './choice-field-types';
import type { FieldType } from './field-type';
import { isCustom, type Field, type FieldTypeKey } from './fields';
import { parentType, userType } from './issue-field-types';
import {
  datetimeType,
  dateType,
  documentType,
  labelsType,
  numberType,
  summaryType,
  textType,
  urlType,
} from './text-field-types';

const types: Record<FieldTypeKey, FieldType> = {
  summary: summaryType,
  text: textType,
  document: documentType,
  number: numberType,
  date: dateType,
  datetime: datetimeType,
  url: urlType,
  option: optionType,
  options: optionsType,
  user: userType,
  labels: labelsType,
  priority: priorityType,
  resolution: resolutionType,
  components: componentsType,
  versions: versionsType,
  security: securityType,
  parent: parentType,
  issuetype: issueTypeType,
};

export const typeOf = ({ type }: Field): FieldType => types[type];

/** How Jira describes a field's values, for `field`, `createmeta` and `editmeta`. */
export function schemaOf(field: Field): Record<string, string | number> {
  const { schema, custom } = typeOf(field);
  if (!isCustom(field)) return { ...schema, system: field.id };
  return {
    ...schema,
    custom: `com.atlassian.jira.plugin.system.customfieldtypes:${custom ?? field.type}`,
    customId: Number(field.id.replace('customfield_', '')),
  };
}

/** What `update` can do with a field. */
export function operationsOf(field: Field): string[] {
  return typeOf(field).readElement ? ['add', 'set', 'remove'] : ['set'];
}
