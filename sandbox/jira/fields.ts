/** Fields: those that every Jira has, and those that a site's admins added. */
import type { AdfDocument } from './adf';
import type { Configuration } from './configuration';

/**
 * A value as the site keeps it: text (a date and an id too), a number, a list of ids or labels, a document.
 * How Jira writes it in its REST API is the business of its type (`field-types.ts`).
 */
export type FieldValue = string | number | string[] | AdfDocument;

export type FieldTypeKey =
  | 'summary'
  | 'text'
  | 'document'
  | 'number'
  | 'date'
  | 'datetime'
  | 'url'
  | 'option'
  | 'options'
  | 'user'
  | 'labels'
  | 'priority'
  | 'resolution'
  | 'components'
  | 'versions'
  | 'security'
  | 'parent'
  | 'issuetype';

export interface FieldOption {
  id: string;
  value: string;
  /** Kept on the issues that have it, but not to be chosen any more. */
  disabled?: true;
}

export interface Field {
  /** As `duedate`, `customfield_10100`. */
  id: string;
  name: string;
  type: FieldTypeKey;
  /** The field's name in the history where it is not `id` (of a system field) or `name` (of a custom one). */
  historyName?: string;
  /** Where a custom field is: in all projects, or in these. */
  projectIds?: string[];
  /** Of the types `option` and `options`. */
  options?: FieldOption[];
}

/** The fields of every Jira that can be set. What is computed is in `issue-shapes.ts`. */
const SYSTEM_FIELDS: readonly Field[] = [
  { id: 'summary', name: 'Summary', type: 'summary' },
  { id: 'issuetype', name: 'Issue Type', type: 'issuetype' },
  { id: 'parent', name: 'Parent', type: 'parent', historyName: 'IssueParentAssociation' },
  { id: 'description', name: 'Description', type: 'document' },
  { id: 'environment', name: 'Environment', type: 'document' },
  { id: 'priority', name: 'Priority', type: 'priority' },
  { id: 'resolution', name: 'Resolution', type: 'resolution' },
  { id: 'labels', name: 'Labels', type: 'labels' },
  { id: 'components', name: 'Components', type: 'components', historyName: 'Component' },
  { id: 'versions', name: 'Affects versions', type: 'versions', historyName: 'Version' },
  { id: 'fixVersions', name: 'Fix versions', type: 'versions', historyName: 'Fix Version' },
  { id: 'duedate', name: 'Due date', type: 'date' },
  { id: 'assignee', name: 'Assignee', type: 'user' },
  { id: 'reporter', name: 'Reporter', type: 'user' },
  { id: 'security', name: 'Security Level', type: 'security' },
];

const systemFields = new Map(SYSTEM_FIELDS.map((field) => [field.id, field]));

export const isCustom = ({ id }: { id: string }): boolean => id.startsWith('customfield_');

/** All fields that can be set, system fields first. */
export function fieldsOf(configuration: Configuration): Field[] {
  return [...SYSTEM_FIELDS, ...configuration.customFields.list()];
}

export function fieldById(configuration: Configuration, id: string): Field | undefined {
  return systemFields.get(id) ?? configuration.customFields.get(id);
}

/** Whether the field is there in that project at all (its *context*). */
export function appliesTo(field: Field, projectId: string): boolean {
  return field.projectIds?.includes(projectId) ?? true;
}

/** The field's name in an issue's history. */
export function historyName(field: Field): string {
  return field.historyName ?? (isCustom(field) ? field.name : field.id);
}
