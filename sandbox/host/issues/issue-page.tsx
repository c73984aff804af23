/** `/browse/KEY`: all that the site knows of an issue. */
import React from 'react';
import { isRecord } from '../messages';
import { documentOf, Layout, type SiteView, type Watch } from '../site-layout';
import type { Comment, Issue, Person, TransitionChoice } from './answers';
import { CommentSection } from './comment-section';
import { FieldValue, isEmpty, Time } from './field-view';
import { DeleteForm, EditForm, Transitions } from './issue-forms';
import { Refusal } from './issue-list';

export interface IssueView {
  issue: Issue;
  transitions: TransitionChoice[];
  comments: { comments: Comment[]; total: number };
  priorities: { id: string; name: string }[];
  people: Person[];
  watch: Watch;
  /** What Jira has refused, the form that was sent, and where to. */
  refused: { reasons: string[]; action: string; draft: URLSearchParams } | undefined;
}

/** Shown elsewhere on the page. */
const APART = new Set(['summary', 'description', 'comment']);

export function issuePage(site: SiteView, view: IssueView): string {
  const { issue, transitions, comments, priorities, people, refused } = view;
  const { summary, description } = issue.fields;
  const draftOf = (...actions: string[]) =>
    refused && actions.includes(refused.action) ? refused.draft : undefined;
  return documentOf(
    <Layout
      site={site}
      title={`${issue.key} ${String(summary)}`}
      returnTo={`/browse/${encodeURIComponent(issue.key)}`}
      watch={view.watch}
    >
      <Place issue={issue} />
      <Refusal reasons={refused?.reasons ?? []} />
      <Transitions
        issue={issue}
        transitions={transitions}
        people={people}
        draft={draftOf('transition')}
      />
      <EditForm issue={issue} priorities={priorities} people={people} draft={draftOf('edit')} />
      <section aria-labelledby="description">
        <h2 id="description">Description</h2>
        {isEmpty(description) ? <p>There is none.</p> : <FieldValue value={description} />}
      </section>
      <Fields issue={issue} />
      <CommentSection
        issue={issue}
        comments={comments.comments}
        total={comments.total}
        draft={draftOf('comment', 'edit-comment')}
      />
      <History issue={issue} />
      <Properties issue={issue} />
      <section aria-labelledby="end">
        <h2 id="end">Deletion</h2>
        <DeleteForm issue={issue} />
      </section>
    </Layout>,
  );
}

/** Where the issue is: its project, its type, its status. */
function Place({ issue: { fields } }: { issue: Issue }) {
  const { project, issuetype, status } = fields;
  const key = isRecord(project) ? String(project.key) : '';
  return (
    <p>
      <a href={`/?${new URLSearchParams({ project: key }).toString()}`}>
        <FieldValue value={project} />
      </a>{' '}
      · <FieldValue value={issuetype} /> ·{' '}
      <strong>
        <FieldValue value={status} />
      </strong>
    </p>
  );
}

function Fields({ issue: { id, fields, names } }: { issue: Issue }) {
  const all = Object.entries(fields).filter(([field]) => !APART.has(field));
  const empty = all.filter(([, value]) => isEmpty(value));
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">Fields</h2>
      <table className="pairs">
        <tbody>
          <tr>
            <th scope="row">Id</th>
            <td>{id}</td>
          </tr>
          {all
            .filter(([, value]) => !isEmpty(value))
            .map(([field, value]) => (
              <tr key={field}>
                <th scope="row">{names[field] ?? field}</th>
                <td>
                  <FieldValue value={value} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {empty.length > 0 && (
        <p>Without a value: {empty.map(([field]) => names[field] ?? field).join(', ')}</p>
      )}
    </section>
  );
}

function History({ issue: { changelog } }: { issue: Issue }) {
  const { histories, total } = changelog;
  return (
    <section aria-labelledby="history">
      <h2 id="history">History ({total})</h2>
      {histories.length < total && <p>These are the newest.</p>}
      {total === 0 ? (
        <p>Nothing has changed since the issue was created.</p>
      ) : (
        <table className="history">
          <thead>
            <tr>
              {['When', 'Who', 'Field', 'From', 'To'].map((name) => (
                <th key={name} scope="col" className={name.toLowerCase()}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {histories.flatMap(({ id, author, created, items }) =>
              items.map((item, index) => (
                <tr key={`${id} ${index}`}>
                  <td>
                    <Time text={created} />
                  </td>
                  <td>{author?.displayName}</td>
                  <td>{item.field}</td>
                  <td>{item.fromString}</td>
                  <td>{item.toString}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Properties({ issue: { properties } }: { issue: Issue }) {
  const all = Object.entries(properties);
  return (
    <section aria-labelledby="properties">
      <h2 id="properties">Issue properties ({all.length})</h2>
      {all.length > 0 && (
        <table className="pairs">
          <tbody>
            {all.map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td>
                  <pre>{JSON.stringify(value, undefined, 2)}</pre>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Where there is nothing to show but that Jira refuses. */
export function refusalPage(site: SiteView, path: string, reasons: string[]): string {
  return documentOf(
    <Layout site={site} title="Not to be shown" returnTo={path}>
      <Refusal reasons={reasons} />
    </Layout>,
  );
}
