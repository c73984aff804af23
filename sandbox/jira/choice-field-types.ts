/** Types of fields that choose from what the site's admins have set up. */
import type { Component, Version } from './configuration';
import {
  componentShape,
  issueTypeShape,
  namedShape,
  optionShape,
  priorityShape,
  versionShape,
} from './configuration-shapes';
import {
  arrayInput,
  FieldFault,
  listIn,
  textIn,
  textProperty,
  type FieldType,
  type FieldUse,
  type HistoryValue,
} from './field-type';
import type { Field, FieldValue } from './fields';
import type { View } from './shapes';

interface Named {
  id: string;
  name: string;
}

/**
 * What a request names by id, or by name.
 *
 * @throws FieldFault (the words of the first are [2nd])
 */
function chosen<T extends Named>(input: unknown, choices: T[], { field }: FieldUse): T {
  const id = textProperty(input, 'id');
  const name = textProperty(input, 'name');
  if (id === undefined && name === undefined) {
    throw new FieldFault(`Specify a valid 'id' or 'name' for ${field.name}`);
  }
  const found = choices.find((one) => (id === undefined ? one.name === name : one.id === id));
  if (found) return found;
  throw new FieldFault(
    id === undefined
      ? `${field.name} name '${name ?? ''}' is not valid`
      : `${field.name} id '${id}' is not valid`,
  );
}

/** The type of a field that has one of these, by id. */
function oneOf<T extends Named>(
  schemaType: string,
  choices: (use: FieldUse) => T[],
  find: (view: View, id: string) => T | undefined,
  shape: (view: View, value: T) => unknown,
): FieldType {
  return {
    schema: { type: schemaType },
    read: (input, use) => chosen(input, choices(use), use).id,
    write(value, view) {
      const found = find(view, textIn(value));
      return found === undefined ? null : shape(view, found);
    },
    history: (value, view) => ({
      id: textIn(value),
      text: find(view, textIn(value))?.name ?? null,
    }),
    allowedValues: (use) => choices(use).map((value) => shape(use.view, value)),
  };
}

/** The type of a field that has any number of these, by id; their names count without regard to case. */
function manyOf<T extends Named>(
  schemaItems: string,
  choices: (use: FieldUse) => T[],
  find: (view: View, id: string) => T | undefined,
  shape: (view: View, value: T) => unknown,
): FieldType {
  const readElement = (input: unknown, use: FieldUse): string =>
    chosen(input, choices(use), use).id;
  return {
    schema: { type: 'array', items: schemaItems },
    read: (input, use) => [...new Set(arrayInput(input).map((each) => readElement(each, use)))],
    readElement,
    write: (value, view) =>
      listIn(value).flatMap((id) => {
        const found = find(view, id);
        return found === undefined ? [] : [shape(view, found)];
      }),
    history(value, view) {
      const [id = ''] = listIn(value);
      return { id, text: find(view, id)?.name ?? null };
    },
    historyPerElement: true,
    allowedValues: (use) => choices(use).map((value) => shape(use.view, value)),
  };
}

const inProject =
  (kind: 'components' | 'versions') =>
  ({ view, project }: FieldUse): (Component | Version)[] =>
    view.store.configuration[kind].list().filter(({ projectId }) => projectId === project.id);

export const componentsType = manyOf(
  'component',
  (use) => inProject('components')(use) as Component[],
  ({ store }, id) => store.configuration.components.get(id),
  componentShape,
);

export const versionsType = manyOf(
  'version',
  // Archived versions cannot be chosen.
  (use) => (inProject('versions')(use) as Version[]).filter(({ archived }) => !archived),
  ({ store }, id) => store.configuration.versions.get(id),
  versionShape,
);

export const priorityType = oneOf(
  'priority',
  ({ view, project }) =>
    project.priorityIds.flatMap((id) => view.store.configuration.priorities.get(id) ?? []),
  ({ store }, id) => store.configuration.priorities.get(id),
  priorityShape,
);

export const resolutionType = oneOf(
  'resolution',
  ({ view }) => view.store.configuration.resolutions.list(),
  ({ store }, id) => store.configuration.resolutions.get(id),
  (view, resolution) => namedShape(view, 'resolution', resolution),
);

export const securityType = oneOf(
  'securitylevel',
  ({ view, project }) =>
    project.securityLevelIds.flatMap((id) => view.store.configuration.securityLevels.get(id) ?? []),
  ({ store }, id) => store.configuration.securityLevels.get(id),
  (view, level) => namedShape(view, 'securitylevel', level),
);

/** An edit can change to a type of the same level with the same workflow only. */
export const issueTypeType = oneOf(
  'issuetype',
  ({ view, project, issue }) => {
    const now = project.issueTypes.find(({ issueTypeId }) => issueTypeId === issue?.issueTypeId);
    const level = (id: string) => view.store.configuration.issueTypes.get(id)?.hierarchyLevel;
    return project.issueTypes
      .filter(
        (one) =>
          now === undefined ||
          (one.workflowId === now.workflowId && level(one.issueTypeId) === level(now.issueTypeId)),
      )
      .flatMap(({ issueTypeId }) => view.store.configuration.issueTypes.get(issueTypeId) ?? []);
  },
  ({ store }, id) => store.configuration.issueTypes.get(id),
  issueTypeShape,
);

/** An option by `id` or `value`. @throws FieldFault */
function optionOf(input: unknown, { field }: FieldUse): string {
  const id = textProperty(input, 'id');
  const value = textProperty(input, 'value');
  if (id === undefined && value === undefined) {
    throw new FieldFault(`Specify a valid 'id' or 'name' for ${field.name}`);
  }
  const options = (field.options ?? []).filter(({ disabled }) => !disabled);
  const found = options.find((one) => (id === undefined ? one.value === value : one.id === id));
  if (found) return found.id;
  throw new FieldFault(
    id === undefined
      ? `Option value '${value ?? ''}' is not valid`
      : `Option id '${id}' is not valid`,
  );
}

const optionById = ({ options = [] }: Field, id: string) => options.find((one) => one.id === id);

const optionsOf = ({ view, field }: FieldUse): unknown[] =>
  (field.options ?? []).filter(({ disabled }) => !disabled).map((one) => optionShape(view, one));

export const optionType: FieldType = {
  schema: { type: 'option' },
  custom: 'select',
  read: optionOf,
  write(value, view, field) {
    const option = optionById(field, textIn(value));
    return option === undefined ? null : optionShape(view, option);
  },
  history: (value, _view, field) => ({
    id: textIn(value),
    text: optionById(field, textIn(value))?.value ?? null,
  }),
  allowedValues: optionsOf,
};

export const optionsType: FieldType = {
  schema: { type: 'array', items: 'option' },
  custom: 'multiselect',
  read: (input, use) => [...new Set(arrayInput(input).map((each) => optionOf(each, use)))],
  readElement: optionOf,
  write: (value, view, field) =>
    listIn(value).flatMap((id) => {
      const option = optionById(field, id);
      return option === undefined ? [] : [optionShape(view, option)];
    }),
  history: (value, _view, field) => optionsInHistory(value, field),
  allowedValues: optionsOf,
};

/** As `[10100, 10101]` and `Red,Green` ([2nd]). */
function optionsInHistory(value: FieldValue, field: Field): HistoryValue {
  const ids = listIn(value);
  const texts = ids.map((id) => optionById(field, id)?.value ?? id);
  return { id: `[${ids.join(', ')}]`, text: texts.join(',') };
}
