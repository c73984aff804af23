/** Who sees which comment, and who may change it. */
import type { CommentVisibility, JiraComment } from './comment-store';
import { refusal } from './errors';
import { canSeeIssue, type IssueInProject } from './issue-access';
import type { JiraIssue } from './issue-store';
import { hasProjectPermission, isHolder } from './permissions';
import type { View } from './shapes';
import type { JiraProject } from './store';

export interface CommentInIssue extends IssueInProject {
  comment: JiraComment;
}

/** Whether the caller is among those whom a comment is for; that they see its issue is presumed. */
export function isAmong(
  { caller }: View,
  visibility: CommentVisibility | undefined,
  project: JiraProject,
): boolean {
  return visibility === undefined || isHolder(caller, [visibility], project);
}

/** The comments of an issue that the caller sees, oldest first. */
export function visibleComments(view: View, { id, projectId }: JiraIssue): JiraComment[] {
  const project = view.store.project(projectId);
  if (!project) return [];
  return view.store.comments
    .ofIssue(id)
    .filter(({ visibility }) => isAmong(view, visibility, project));
}

/** A comment by its id alone; `undefined` where there is none, or none for the caller. */
export function findComment(view: View, id: string): CommentInIssue | undefined {
  const comment = view.store.comments.find(id);
  const issue = comment && view.store.issues.find(comment.issueId);
  const project = issue && view.store.project(issue.projectId);
  if (!project || !canSeeIssue(view, issue)) return undefined;
  return isAmong(view, comment.visibility, project) ? { comment, issue, project } : undefined;
}

/** @throws JiraRefusal 404 for a comment that is not there or that the caller cannot see */
export function getComment(view: View, id: string, issue?: JiraIssue): CommentInIssue {
  const found = findComment(view, id);
  if (found && (!issue || issue.id === found.issue.id)) return found;
  throw refusal(404, [`Can not find a comment for the id: ${id}.`]); // [2nd] its words
}

/** *All comments* of the project, or *own comments* where the caller has written this one. */
export function mayChange(
  { caller }: View,
  { comment, project }: CommentInIssue,
  verb: 'EDIT' | 'DELETE',
): boolean {
  return (
    hasProjectPermission(caller, project, `${verb}_ALL_COMMENTS`) ||
    (comment.author === caller?.accountId &&
      hasProjectPermission(caller, project, `${verb}_OWN_COMMENTS`))
  );
}
