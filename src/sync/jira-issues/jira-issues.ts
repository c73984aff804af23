/** The engine's issues, on Jira's REST API. */
import type { AliasValue } from '../../contract/alias-value';
import type { Issues } from '../ports';
import { jiraComments } from './comments';
import { createIssue } from './create-issue';
import { editIssue } from './edit-issue';
import { findByNonce } from './find-by-nonce';
import { jiraContext, type JiraContext, type JiraIssuesOptions } from './jira-context';
import { entryOf } from './mapped-fields';
import { readIssue } from './read-issue';
import { removeIssue } from './remove-issue';
import { showing, standingOf, twinFieldIds } from './twin-fields';
import { updatedIssues } from './updated-issues';
import { walkStatus } from './walk-status';

/**
 * The issues of one contract, as its connection's Local User. For one invocation: what it has read, it
 * remembers, so that an edit costs one reading and one request to write.
 */
export function jiraIssues(options: JiraIssuesOptions): Issues<AliasValue | null> {
  const context = jiraContext(options);
  return {
    read: (issue, known, seal) => readIssue(context, issue, known, seal),
    write: (issue, writes, known, markerOf) => {
      const [only, ...others] = Object.entries(writes);
      return only && others.length === 0 && isStepwise(context, only[0])
        ? walkStatus(context, issue, only, markerOf)
        : editIssue(context, issue, writes, known, markerOf);
    },
    isStepwise: (alias) => isStepwise(context, alias),
    create: (writes, birth, markerOf) => createIssue(context, writes, birth, markerOf),
    findByNonce: (nonce) => findByNonce(context, nonce),
    remove: (issue) => removeIssue(context, issue),
    comments: jiraComments(context),
    showsTwin: twinFieldIds(context.contract).length > 0,
    standing: (issue) => standingOf(context, issue),
    showing: (standing) => showing(context, standing),
    seenUntil: (issue) => context.seenUntil.get(issue),
    updatedIn: (minutes, after) => updatedIssues(context, minutes, after),
  };
}

const isStepwise = ({ contract }: JiraContext, alias: string): boolean =>
  entryOf(contract, alias)?.kind === 'status';
