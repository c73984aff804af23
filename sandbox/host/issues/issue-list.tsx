/** The issues of a project, newest first. */
import React from 'react';
import type { Found } from './answers';
import { IssueLink, Time } from './field-view';

export interface IssueListProps {
  projects: { key: string; name: string }[];
  /** The key of the project that is shown. */
  project: string;
  found: Found;
  /** What Jira refused. */
  reasons: string[];
}

export function IssueList({ projects, project, found, reasons }: IssueListProps) {
  const query = new URLSearchParams({ project });
  return (
    <section aria-labelledby="issues">
      <h2 id="issues">Issues of {project}</h2>
      <nav aria-label="Projects" className="choices">
        {projects.map(({ key, name }) => (
          <a
            key={key}
            href={`/?${new URLSearchParams({ project: key }).toString()}`}
            aria-current={key === project ? 'page' : undefined}
          >
            {key} {name}
          </a>
        ))}
      </nav>
      <p>
        <a className="button" href={`/create?${query.toString()}`}>
          Create an issue
        </a>
      </p>
      <Refusal reasons={reasons} />
      {found.issues.length === 0 ? <p>There is no issue here.</p> : <Table found={found} />}
      {found.nextPageToken !== undefined && (
        <p>
          <a href={`/?${query.toString()}&token=${encodeURIComponent(found.nextPageToken)}`}>
            Older issues
          </a>
        </p>
      )}
    </section>
  );
}

function Table({ found }: { found: Found }) {
  return (
    <table className="issues">
      <thead>
        <tr>
          {['Key', 'Type', 'Summary', 'Status', 'Assignee', 'Updated'].map((name) => (
            <th key={name} scope="col" className={name.toLowerCase()}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {found.issues.map(({ id, key, fields }) => (
          <tr key={id}>
            <td>
              <IssueLink issueKey={key}>{key}</IssueLink>
            </td>
            <td>{fields.issuetype.name}</td>
            <td>{fields.summary}</td>
            <td>{fields.status.name}</td>
            <td>{fields.assignee?.displayName}</td>
            <td>
              <Time text={fields.updated} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What Jira says where it refuses, in its own words. */
export function Refusal({ reasons }: { reasons: string[] }) {
  if (reasons.length === 0) return null;
  return (
    <div role="alert" className="refusal">
      <strong>Jira refuses:</strong>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}
