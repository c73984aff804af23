/** Changes of issues: what they are kept as, what the history says, who is told. */
import { commentShape } from './comment-shapes';
import type { JiraComment } from './comment-store';
import type { Actor, JiraEvent, Publish } from './events';
import type { FieldValue } from './fields';
import { historyName, isCustom, type Field } from './fields';
import { typeOf } from './field-types';
import { listIn, textIn } from './field-type';
import { fieldsOfIssue } from './issue-shapes';
import type { Changes } from './issue-input';
import type { HistoryEntry, HistoryItem, JiraIssue } from './issue-store';
import type { View } from './shapes';

/** Who changes something, when, and whom to tell. */
export interface Change {
  view: View;
  actor: Actor;
  now: number;
  publish: Publish;
}

/**
 * Gives fields of an issue their new values. What is equal to the old value changes nothing, neither the
 * history nor *updated*.
 *
 * @returns the history's entry, `undefined` where nothing changed
 */
export function changeFields(
  change: Change,
  issue: JiraIssue,
  changes: Changes,
  more: HistoryItem[] = [],
): HistoryEntry | undefined {
  const items = [...more];
  for (const [field, value] of changes) {
    const before = valueOf(issue, field);
    if (same(before, value)) continue;
    items.push(...historyItems(change.view, field, before, value));
    setValue(issue, field, value);
    if (field.id === 'resolution') issue.resolved = value === undefined ? undefined : change.now;
  }
  return items.length === 0 ? undefined : recordChange(change, issue, items);
}

/** Keeps the issue with a new entry in its history, and tells of it. */
export function recordChange(change: Change, issue: JiraIssue, items: HistoryItem[]): HistoryEntry {
  const { view, actor, now } = change;
  issue.updated = now;
  view.store.issues.put(issue);
  const entry: HistoryEntry = {
    id: view.store.nextId('history'),
    author: actor.accountId,
    created: now,
    items,
  };
  view.store.issues.addHistory(issue.id, entry);
  tell(change, { type: 'issue-updated', ...snapshot(change, issue), changelog: entry });
  if (items.some(({ fieldId }) => fieldId === 'assignee')) {
    tell(change, { type: 'issue-assigned', ...snapshot(change, issue), changelog: entry });
  }
  return entry;
}

/** Sets a property. It is no change of the issue: neither its history nor *updated* knows of it. */
export function setProperty(change: Change, issue: JiraIssue, key: string, value: unknown): void {
  change.view.store.issues.setProperty(issue.id, key, value);
  tell(change, {
    type: 'issue-property-set',
    ...snapshot(change, issue),
    property: { key, value },
  });
}

/** Takes a property away, which is no change of the issue either. */
export function deleteProperty(change: Change, issue: JiraIssue, key: string): void {
  change.view.store.issues.deleteProperty(issue.id, key);
  tell(change, { type: 'issue-property-deleted', ...snapshot(change, issue), property: { key } });
}

/**
 * Tells of a comment that was written, edited or deleted. It moves the issue's *updated*, and is not in its
 * history (UNVERIFIED).
 */
export function tellOfComment(
  change: Change,
  issue: JiraIssue,
  comment: JiraComment,
  type: 'issue-commented' | 'comment-deleted',
): void {
  const { view, now } = change;
  issue.updated = now;
  view.store.issues.put(issue);
  const asNobodySees = commentShape({ ...view, caller: undefined }, comment);
  tell(change, { type, ...snapshot(change, issue), comment: asNobodySees });
}

type What<T> = T extends unknown ? Omit<T, 'at' | 'actor'> : never;

export function tell({ actor, now, publish }: Change, what: What<JiraEvent>): void {
  publish({ at: now, actor, ...what });
}

/** The issue as events have it: nobody's view, so that it names no e-mail address. */
export function snapshot({ view }: Change, issue: JiraIssue) {
  const nobody = { ...view, caller: undefined };
  const fields = fieldsOfIssue(nobody, issue, { wants: (id) => id !== 'comment' });
  return { issue: { id: issue.id, key: issue.key, fields } };
}

/** The values of fields that an issue has beside its `values`. */
function valueOf(issue: JiraIssue, { id }: Field): FieldValue | undefined {
  return id === 'issuetype' ? issue.issueTypeId : issue.values[id];
}

function setValue(issue: JiraIssue, { id }: Field, value: FieldValue | undefined): void {
  if (id !== 'issuetype') issue.values[id] = value;
  else if (value !== undefined) issue.issueTypeId = textIn(value);
}

/** Lists are sets: their order is no change. */
function same(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  const text = (value: FieldValue | undefined): string =>
    JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? null));
  return text(one) === text(other);
}

function historyItems(
  view: View,
  field: Field,
  before: FieldValue | undefined,
  after: FieldValue | undefined,
): HistoryItem[] {
  const type = typeOf(field);
  const half = (value: FieldValue | undefined) =>
    value === undefined ? NOTHING : type.history(value, view, field);
  const item = (from: FieldValue | undefined, to: FieldValue | undefined): HistoryItem => ({
    field: historyName(field),
    fieldtype: isCustom(field) ? 'custom' : 'jira',
    fieldId: field.id,
    from: half(from).id,
    fromString: half(from).text,
    to: half(to).id,
    toString: half(to).text,
  });
  if (!type.historyPerElement) return [item(before, after)];
  const [old, now] = [before, after].map((value) => (value === undefined ? [] : listIn(value)));
  return [
    ...(old ?? []).filter((id) => !now?.includes(id)).map((id) => item([id], undefined)),
    ...(now ?? []).filter((id) => !old?.includes(id)).map((id) => item(undefined, [id])),
  ];
}

const NOTHING = { id: null, text: null };
