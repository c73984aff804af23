/** The value of a field, whatever its type, as a person reads it. */
import React, { type ReactNode } from 'react';
import { isRecord } from '../messages';
import { AdfView, isDocument } from './adf-view';

/** Whether there is nothing to show. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0);

export function FieldValue({ value }: { value: unknown }): ReactNode {
  if (Array.isArray(value)) {
    return (
      <ul className="values">
        {value.map((one: unknown, index) => (
          <li key={index}>
            <FieldValue value={one} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'string') return <Time text={value} />;
  if (isDocument(value)) return <AdfView document={value} />;
  if (!isRecord(value)) return JSON.stringify(value);
  if (typeof value.key === 'string' && isRecord(value.fields)) {
    return (
      <IssueLink issueKey={value.key}>
        {value.key} {String(value.fields.summary)}
      </IssueLink>
    );
  }
  const name = [value.displayName, value.name, value.value].find((one) => typeof one === 'string');
  return name ?? <code>{JSON.stringify(value)}</code>;
}

export function IssueLink({ issueKey, children }: { issueKey: string; children: ReactNode }) {
  return <a href={`/browse/${encodeURIComponent(issueKey)}`}>{children}</a>;
}

/** An instant of Jira's, to the second; any other text as it is. */
export function Time({ text }: { text: string }) {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d{3}\+0000$/.exec(text) ?? [];
  return day ? (
    <time dateTime={text}>
      {day} {time} UTC
    </time>
  ) : (
    <>{text}</>
  );
}
