/** What the forms of the pages of issues do: each is a call of the REST API, and leads to a page. */
import { z } from 'zod';
import { comment, createFields, transitions } from './answers';
import { shown } from './create-page';
import { fieldsFrom } from './field-input';
import { editedFields } from './issue-forms';
import type { JiraClient } from './jira-client';
import { documentFrom, lines } from './plain-text';

/** Where to after it was done; it throws where Jira refuses. */
type Action = (client: JiraClient, key: string, form: URLSearchParams) => Promise<string>;

const pathOf = (key: string): string => `/browse/${encodeURIComponent(key)}`;
const restOf = (key: string): string => `issue/${encodeURIComponent(key)}`;

/** By the last part of the path: `/browse/DEMO-1/edit`. */
export const actions: Record<string, Action> = {
  async edit(client, key, form) {
    const fields = editedFields(form);
    // An edit of nothing is no edit.
    if (Object.keys(fields).length > 0) await client.send('PUT', restOf(key), { fields });
    return pathOf(key);
  },

  async transition(client, key, form) {
    const id = form.get('transition') ?? '';
    const offered = await client.get(
      `${restOf(key)}/transitions?expand=transitions.fields`,
      transitions,
    );
    const chosen = offered.transitions.find((transition) => transition.id === id);
    const fields = fieldsFrom(Object.values(chosen?.fields ?? {}), form);
    await client.send('POST', `${restOf(key)}/transitions`, { transition: { id }, fields });
    return pathOf(key);
  },

  async comment(client, key, form) {
    await client.send('POST', `${restOf(key)}/comment`, { body: bodyIn(form) });
    return `${pathOf(key)}#comments`;
  },

  async 'edit-comment'(client, key, form) {
    const path = `${restOf(key)}/comment/${encodeURIComponent(form.get('id') ?? '')}`;
    // Whom it is for is part of an edit: left out, it would be for all.
    const { visibility } = await client.get(path, comment);
    const body = { body: bodyIn(form), ...(visibility ? { visibility } : {}) };
    await client.send('PUT', path, body);
    return `${pathOf(key)}#comments`;
  },

  async 'delete-comment'(client, key, form) {
    await client.send(
      'DELETE',
      `${restOf(key)}/comment/${encodeURIComponent(form.get('id') ?? '')}`,
    );
    return `${pathOf(key)}#comments`;
  },

  async delete(client, key, form) {
    const query = form.get('deleteSubtasks') === 'true' ? '?deleteSubtasks=true' : '';
    const project = await client.get(`${restOf(key)}?fields=project`, projectOfIssue);
    await client.send('DELETE', restOf(key) + query);
    return `/?${new URLSearchParams({ project: project.fields.project.key }).toString()}`;
  },
};

const projectOfIssue = z.looseObject({
  fields: z.looseObject({ project: z.looseObject({ key: z.string() }) }),
});

const bodyIn = (form: URLSearchParams) => documentFrom(lines(form.get('comment') ?? ''));

/** @returns where the new issue is @throws JiraRefused */
export async function createIssue(client: JiraClient, form: URLSearchParams): Promise<string> {
  const [project, type] = [form.get('project') ?? '', form.get('type') ?? ''];
  const { fields } = await client.get(
    `issue/createmeta/${encodeURIComponent(project)}/issuetypes/${encodeURIComponent(type)}?maxResults=200`,
    createFields,
  );
  const answer = await client.send('POST', 'issue', {
    fields: {
      project: { key: project },
      issuetype: { id: type },
      ...fieldsFrom(shown(fields), form),
    },
  });
  return pathOf(z.looseObject({ key: z.string() }).parse(JSON.parse(answer)).key);
}
