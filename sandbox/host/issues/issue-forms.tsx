/** What one can do to an issue: edit it, move it on, delete it. */
import React, { type ReactNode } from 'react';
import { isRecord } from '../messages';
import { person, type Issue, type Person, type TransitionChoice } from './answers';
import { isDocument } from './adf-view';
import { FieldInput, words } from './field-input';
import { documentFrom, isPlain, lines, plainText } from './plain-text';

/** Where a form about an issue is sent. */
export const actionOf = (issue: Pick<Issue, 'key'>, action: string): string =>
  `/browse/${encodeURIComponent(issue.key)}/${action}`;

export function Transitions(props: {
  issue: Issue;
  transitions: TransitionChoice[];
  people: Person[];
  draft: URLSearchParams | undefined;
}) {
  const { issue, transitions, people, draft } = props;
  if (transitions.length === 0) return <p>No transition is offered to whom you act as.</p>;
  return (
    <div className="transitions">
      {transitions.map(({ id, name, to, fields }) => {
        const label = name === to.name ? name : `${name} (${to.name})`;
        const screen = Object.values(fields);
        const mine = draft?.get('transition') === id ? draft : undefined;
        const form = (
          <form method="post" action={actionOf(issue, 'transition')} data-draft={mine && ''}>
            <input type="hidden" name="transition" value={id} />
            {screen.map((field) => (
              <FieldInput key={field.key} field={field} people={people} draft={mine} />
            ))}
            <button type="submit">{label}</button>
          </form>
        );
        return screen.length === 0 ? (
          <React.Fragment key={id}>{form}</React.Fragment>
        ) : (
          <details key={id} open={mine !== undefined}>
            <summary>{label} …</summary>
            {form}
          </details>
        );
      })}
    </div>
  );
}

/** The values of the fields that the form has, as its inputs have them. */
function currentValues({ fields }: Issue): Record<string, string> {
  const part = (field: string, name: string): string => {
    const value = fields[field];
    return isRecord(value) && typeof value[name] === 'string' ? value[name] : '';
  };
  const text = (field: string): string => {
    const value = fields[field];
    return typeof value === 'string' ? value : '';
  };
  const { description, labels } = fields;
  return {
    summary: text('summary'),
    description: isDocument(description) ? plainText(description) : '',
    priority: part('priority', 'id'),
    labels: Array.isArray(labels) ? labels.join(' ') : '',
    duedate: text('duedate'),
    assignee: part('assignee', 'accountId'),
  };
}

export function EditForm(props: {
  issue: Issue;
  priorities: { id: string; name: string }[];
  people: Person[];
  draft: URLSearchParams | undefined;
}) {
  const { issue, priorities, people, draft } = props;
  const current = currentValues(issue);
  const { description } = issue.fields;
  const value = (name: string): string => draft?.get(name) ?? current[name] ?? '';
  const field = (name: string, label: string, input: ReactNode) => (
    <label>
      <span>{label}</span>
      <input
        type="hidden"
        name={`was.${name}`}
        value={draft?.get(`was.${name}`) ?? current[name]}
      />
      {input}
    </label>
  );
  const select = (name: string, choices: { value: string; label: string }[]) => (
    <select name={name} defaultValue={value(name)}>
      <option value="">-</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
  return (
    <details open={draft !== undefined}>
      <summary>Edit</summary>
      <form
        method="post"
        action={actionOf(issue, 'edit')}
        className="fields"
        data-draft={draft && ''}
      >
        {field('summary', 'Summary', <input name="summary" defaultValue={value('summary')} />)}
        {field(
          'description',
          'Description, as plain paragraphs',
          <textarea name="description" rows={6} defaultValue={value('description')} />,
        )}
        {isDocument(description) && !isPlain(description) && (
          <p>It is more than plain paragraphs now. What you change here ends that.</p>
        )}
        {field(
          'priority',
          'Priority',
          select(
            'priority',
            priorities.map(({ id, name }) => ({ value: id, label: name })),
          ),
        )}
        {field(
          'labels',
          'Labels, with spaces between them',
          <input name="labels" defaultValue={value('labels')} />,
        )}
        {field(
          'duedate',
          'Due date',
          <input name="duedate" type="date" defaultValue={value('duedate')} />,
        )}
        {field(
          'assignee',
          'Assignee',
          select(
            'assignee',
            withCurrent(people, issue.fields.assignee).map(({ accountId, displayName }) => ({
              value: accountId,
              label: displayName,
            })),
          ),
        )}
        <button type="submit">Save</button>
      </form>
    </details>
  );
}

/** Whom an issue could be assigned to, and whom it is, whether they could be or not. */
function withCurrent(people: Person[], assignee: unknown): Person[] {
  const current = person.safeParse(assignee).data;
  const isThere = people.some(({ accountId }) => accountId === current?.accountId);
  return current && !isThere ? [current, ...people] : people;
}

/** The fields that somebody has changed in the form: what the form had otherwise is left alone. */
export function editedFields(form: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(EDITED).flatMap(([name, valueOf]) => {
      const text = lines(form.get(name) ?? '');
      return text === lines(form.get(`was.${name}`) ?? '') ? [] : [[name, valueOf(text)]];
    }),
  );
}

const EDITED: Record<string, (text: string) => unknown> = {
  summary: (text) => text,
  description: (text) => (text === '' ? null : documentFrom(text)),
  priority: (text) => (text === '' ? null : { id: text }),
  labels: words,
  duedate: (text) => (text === '' ? null : text),
  assignee: (text) => (text === '' ? null : { accountId: text }),
};

export function DeleteForm({ issue }: { issue: Issue }) {
  return (
    <details>
      <summary>Delete the issue</summary>
      <form method="post" action={actionOf(issue, 'delete')} className="fields">
        <label className="check">
          <input type="checkbox" name="deleteSubtasks" value="true" />
          <span>with its subtasks</span>
        </label>
        <button type="submit">Delete {issue.key} for good</button>
      </form>
    </details>
  );
}
