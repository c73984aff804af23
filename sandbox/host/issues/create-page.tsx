/** `/create`: a new issue, with what its project and type must have. */
import React from 'react';
import { documentOf, Layout, type SiteView } from '../site-layout';
import type { FieldMeta, Person } from './answers';
import { FieldInput } from './field-input';
import { Refusal } from './issue-list';

export interface CreateView {
  project: string;
  types: { id: string; name: string }[];
  /** The id of the chosen one. */
  type: string;
  fields: FieldMeta[];
  people: Person[];
  reasons: string[];
  draft: URLSearchParams | undefined;
}

/** Where a type of a project is chosen. */
const pathOf = (project: string, type?: string): string =>
  `/create?${new URLSearchParams({ project, ...(type === undefined ? {} : { type }) }).toString()}`;

export function createPage(site: SiteView, view: CreateView): string {
  const { project, types, type, fields, people, reasons, draft } = view;
  return documentOf(
    <Layout site={site} title="Create an issue" returnTo={pathOf(project, type)}>
      <nav aria-label="Projects" className="choices">
        {site.projects.map(({ key, name }) => (
          <a key={key} href={pathOf(key)} aria-current={key === project ? 'page' : undefined}>
            {key} {name}
          </a>
        ))}
      </nav>
      <nav aria-label="Types" className="choices">
        {types.map(({ id, name }) => (
          <a key={id} href={pathOf(project, id)} aria-current={id === type ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <Refusal reasons={reasons} />
      {fields.length > 0 && (
        <form method="post" action="/create" className="fields" data-draft={draft && ''}>
          <input type="hidden" name="project" value={project} />
          <input type="hidden" name="type" value={type} />
          {shown(fields).map((field) => (
            <FieldInput key={field.key} field={field} people={people} draft={draft} />
          ))}
          <button type="submit">Create</button>
        </form>
      )}
    </Layout>,
  );
}

/** Before all others, in this order. */
const BASIC = ['summary', 'description', 'priority', 'labels', 'duedate'];

/** What most issues have, and what else must be there and is not there by itself. */
export function shown(fields: FieldMeta[]): FieldMeta[] {
  const basic = BASIC.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const isChosen = ({ key }: FieldMeta) => key === 'project' || key === 'issuetype';
  const rest = fields.filter(
    (field) =>
      field.required && !field.hasDefaultValue && !basic.includes(field) && !isChosen(field),
  );
  return [...basic, ...rest];
}
