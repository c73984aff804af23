/** What every kind of field is to JQL: what an issue has there, and what a value in a query means. */
import type { DateContext } from './jql-dates';
import type { JiraIssue } from './issue-store';
import type { View } from './shapes';
import type { JiraProject } from './store';

export type JqlOperator =
  '=' | '!=' | '~' | '!~' | '<' | '>' | '<=' | '>=' | 'in' | 'not in' | 'is' | 'is not';

/** Who asks, and when. */
export interface JqlContext extends DateContext {
  view: View;
  /** The projects that the caller can browse. */
  projects: readonly JiraProject[];
}

/** An id, a label in small letters, an instant in ms, a number; `null` stands for none. */
export type JqlValue = string | number | null;

export interface JqlField {
  operators: readonly JqlOperator[];
  /** What the issue has; an empty list where it has nothing. */
  of(issue: JiraIssue): (string | number)[];
  /** All that a value of a query means: names need not be unique. @throws JqlFault, NotModelled */
  read(text: string, name: string): JqlValue[];
  /** The functions that give a value; `undefined` for arguments that it does not take. */
  functions?: Record<string, (args: string[]) => JqlValue[] | undefined>;
  /** Below 0 where the first comes before the second; `undefined` where they cannot be compared. */
  compare?(one: string | number, other: string | number): number | undefined;
  /** What `ORDER BY` goes by; `undefined` where the issue has nothing. */
  order?(issue: JiraIssue): string | number | undefined;
  /** Its own order, without `ASC` or `DESC`, is from the last to the first. */
  isDescending?: true;
}

/** What is wrong with a query, in Jira's words as far as known. */
export class JqlFault extends Error {
  /** @param missingValues the messages that tell of a value that is not there */
  constructor(
    readonly messages: string[],
    readonly missingValues: string[] = [],
  ) {
    super(messages.join(' '));
    this.name = 'JqlFault';
  }
}

export const EQUALITY = ['=', '!=', 'in', 'not in', 'is', 'is not'] as const;
export const ORDERED = [...EQUALITY, '<', '>', '<=', '>='] as const;
export const TEXT = ['~', '!~', 'is', 'is not'] as const;

/** A value that the field cannot have. The words are in Atlassian's package `@atlaskit/jql-editor`. */
export function noSuchValue(text: string, name: string): JqlFault {
  return missing(
    /^\d+$/.test(text)
      ? `A value with ID '${text}' does not exist for the field '${name}'.`
      : `The value '${text}' does not exist for the field '${name}'.`,
  );
}

/** As `noSuchValue`, where Jira has other words. */
export function missing(message: string): JqlFault {
  return new JqlFault([message], [message]);
}
