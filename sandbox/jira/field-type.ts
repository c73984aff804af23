/** What every type of field can do: read what a request says, write it, and tell it in the history. */
import type { Clock } from '../clock';
import type { JiraIssue } from './issue-store';
import type { Field, FieldValue } from './fields';
import type { View } from './shapes';
import type { JiraProject } from './store';

/** A field of an issue that is there or to be. */
export interface FieldUse {
  view: View;
  clock: Clock;
  field: Field;
  project: JiraProject;
  issueTypeId: string;
  /** `undefined` while the issue is created. */
  issue: JiraIssue | undefined;
}

/** The two halves of a line of the history: an id where the value has one, and words. */
export interface HistoryValue {
  id: string | null;
  text: string | null;
}

export interface FieldType {
  /** Of the field's values in Jira's REST API. */
  schema: { type: string; items?: string };
  /** The part of the type's key after `com.atlassian.jira.plugin.system.customfieldtypes:`. */
  custom?: string;
  /** Reads one value, or for a list the whole of it; never `null`. @throws FieldFault */
  read(input: unknown, use: FieldUse): FieldValue;
  /** Lists only: reads one element, for `add` and `remove`. @throws FieldFault */
  readElement?(input: unknown, use: FieldUse): string;
  /** As Jira's REST API writes it. */
  write(value: FieldValue, view: View, field: Field): unknown;
  history(value: FieldValue, view: View, field: Field): HistoryValue;
  /** Lists only: the history has one line for each element that came or went. */
  historyPerElement?: true;
  /** What can be chosen, for `createmeta` and `editmeta`. */
  allowedValues?(use: FieldUse): unknown[];
}

/** What is wrong with the value of one field; the request's answer names the field beside it. */
export class FieldFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FieldFault';
  }
}

/** A stored value that is text. */
export function textIn(value: FieldValue): string {
  if (typeof value !== 'string') throw new Error('The store has no text here');
  return value;
}

/** A stored value that is a list. */
export function listIn(value: FieldValue): string[] {
  if (!Array.isArray(value)) throw new Error('The store has no list here');
  return value;
}

/** @throws FieldFault */
export function arrayInput(input: unknown): unknown[] {
  if (!Array.isArray(input)) throw new FieldFault('data was not an array');
  return input as unknown[];
}

/** @throws FieldFault */
export function textInput(input: unknown): string {
  if (typeof input !== 'string') throw new FieldFault('Operation value must be a string');
  return input;
}

/** A property of an object in a request, where it is text or a number. */
export function textProperty(input: unknown, name: string): string | undefined {
  if (typeof input !== 'object' || input === null || !(name in input)) return undefined;
  const value = (input as Record<string, unknown>)[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
