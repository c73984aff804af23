/** How Jira's REST API writes down what its admins have set up. */
import type {
  Component,
  IssueType,
  Priority,
  Status,
  StatusCategoryKey,
  Version,
} from './configuration';
import type { FieldOption } from './fields';
import type { View } from './shapes';

/** Jira's own categories: their ids and colours are the same on each site. */
export const STATUS_CATEGORIES: Record<
  StatusCategoryKey,
  { id: number; name: string; colorName: string }
> = {
  new: { id: 2, name: 'To Do', colorName: 'blue-gray' },
  indeterminate: { id: 4, name: 'In Progress', colorName: 'yellow' },
  done: { id: 3, name: 'Done', colorName: 'green' },
};

const api = ({ site }: View, path: string): string => `${site.baseUrl}/rest/api/3/${path}`;

export function issueTypeShape(view: View, type: IssueType) {
  return {
    self: api(view, `issuetype/${type.id}`),
    id: type.id,
    description: type.description,
    iconUrl: `${view.site.baseUrl}/images/icons/issuetypes/${iconName(type.name)}.svg`,
    name: type.name,
    subtask: type.hierarchyLevel === -1,
    hierarchyLevel: type.hierarchyLevel,
  };
}

export function statusShape(view: View, status: Status) {
  return {
    self: api(view, `status/${status.id}`),
    description: status.description,
    iconUrl: `${view.site.baseUrl}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: statusCategoryShape(view, status.category),
  };
}

export function statusCategoryShape(view: View, key: StatusCategoryKey) {
  const { id, name, colorName } = STATUS_CATEGORIES[key];
  return { self: api(view, `statuscategory/${id}`), id, key, colorName, name };
}

export function priorityShape(view: View, { id, name }: Priority) {
  return {
    self: api(view, `priority/${id}`),
    iconUrl: `${view.site.baseUrl}/images/icons/priorities/${iconName(name)}.svg`,
    name,
    id,
  };
}

/** A resolution or a security level: where it is, what it is called, what it means. */
export function namedShape(
  view: View,
  resource: 'resolution' | 'securitylevel',
  { id, name, description }: { id: string; name: string; description: string },
) {
  return { self: api(view, `${resource}/${id}`), id, description, name };
}

/** A component as an issue names it. */
export function componentShape(view: View, { id, name, description }: Component) {
  return {
    self: api(view, `component/${id}`),
    id,
    name,
    ...(description === undefined ? {} : { description }),
  };
}

/** A version as an issue names it. */
export function versionShape(view: View, version: Version) {
  const { id, name, description, archived, released, releaseDate } = version;
  return {
    self: api(view, `version/${id}`),
    id,
    ...(description === undefined ? {} : { description }),
    name,
    archived,
    released,
    ...(releaseDate === undefined ? {} : { releaseDate }),
  };
}

export function optionShape(view: View, { id, value }: FieldOption) {
  return { self: api(view, `customFieldOption/${id}`), value, id };
}

const iconName = (name: string): string => name.toLowerCase().replaceAll(/\W/g, '');
