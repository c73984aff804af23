/** The fields of JQL that name issues. */
import { canSeeIssue } from './issue-access';
import type { JiraIssue } from './issue-store';
import {
  EQUALITY,
  missing,
  noSuchValue,
  ORDERED,
  type JqlContext,
  type JqlField,
} from './jql-field';

/** An issue by key, an old one too, or by id; one that the caller cannot see is none. */
function issueField(
  of: (issue: JiraIssue) => string | undefined,
  { view }: JqlContext,
): Pick<JqlField, 'of' | 'read'> {
  return {
    of: (issue) => {
      const id = of(issue);
      return id === undefined ? [] : [id];
    },
    read(text, name) {
      const issue = view.store.issues.find(text);
      if (issue && canSeeIssue(view, issue)) return [issue.id];
      if (/^\d+$/.test(text)) throw noSuchValue(text, name);
      throw missing(`An issue with key '${text}' does not exist for field '${name}'.`);
    },
  };
}

/** Keys are compared within their project. */
export function keyField(context: JqlContext): JqlField {
  const { issues } = context.view.store;
  const keyOf = (id: string | number): [project: string, number: number] | undefined => {
    const issue = issues.find(String(id));
    return issue && [issue.projectId, numberOf(issue)];
  };
  return {
    ...issueField(({ id }) => id, context),
    operators: ORDERED,
    compare(one, other) {
      const [a, b] = [keyOf(one), keyOf(other)];
      return a && b && a[0] === b[0] ? a[1] - b[1] : undefined;
    },
    order: (issue) =>
      `${issue.key.replace(/-.*/, '')} ${String(numberOf(issue)).padStart(12, '0')}`,
    isDescending: true,
  };
}

const numberOf = ({ key }: JiraIssue): number => Number(key.replace(/^.*-/, ''));

/** The issue above, whatever its level. */
export function parentField(context: JqlContext): JqlField {
  const of = ({ values }: JiraIssue) =>
    typeof values.parent === 'string' ? values.parent : undefined;
  return {
    ...issueField(of, context),
    operators: EQUALITY,
    order(issue) {
      const id = of(issue);
      return id === undefined ? undefined : Number(id);
    },
  };
}
