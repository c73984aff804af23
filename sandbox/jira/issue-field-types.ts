/** Types of fields that name a user or another issue. */
import { FieldFault, textIn, textProperty, type FieldType, type FieldUse } from './field-type';
import { canSeeIssue } from './issue-access';
import { hasProjectPermission } from './permissions';
import { issueReference } from './issue-reference';
import { userInField } from './shapes';

export const userType: FieldType = {
  schema: { type: 'user' },
  custom: 'userpicker',
  read(input, use) {
    const { view, field } = use;
    // `id` is an older name of `accountId`, still in the description's examples.
    const accountId = textProperty(input, 'accountId') ?? textProperty(input, 'id');
    const user = accountId === undefined ? undefined : view.store.user(accountId);
    if (field.id === 'reporter' && (!user?.active || user.accountType === 'customer')) {
      throw new FieldFault('The reporter specified is not a user.');
    }
    if (!user) {
      // UNVERIFIED.
      throw new FieldFault('Specify a valid user: the accountId does not exist or is not given.');
    }
    if (field.id === 'assignee') requireAssignable(use, user.accountId);
    return user.accountId;
  },
  write(value, view) {
    const user = view.store.user(textIn(value));
    return user === undefined ? null : userInField(view, user);
  },
  history: (value, { store }) => ({
    id: textIn(value),
    text: store.user(textIn(value))?.displayName ?? null,
  }),
};

/**
 * Active, and with *Assignable User* in the project.
 *
 * @throws FieldFault
 */
function requireAssignable({ view, project }: FieldUse, accountId: string): void {
  const user = view.store.user(accountId);
  if (user?.active && hasProjectPermission(user, project, 'ASSIGNABLE_USER')) return;
  throw new FieldFault(`User '${accountId}' cannot be assigned issues.`);
}

/** An epic for an issue of the base level; for a subtask an issue of that level in the same project. */
export const parentType: FieldType = {
  schema: { type: 'issuelink' },
  read(input, { view, project, issueTypeId }) {
    const idOrKey = textProperty(input, 'id') ?? textProperty(input, 'key');
    const parent = idOrKey === undefined ? undefined : view.store.issues.find(idOrKey);
    if (!parent || !canSeeIssue(view, parent)) {
      throw new FieldFault('Could not find issue by id or key.'); // [2nd]
    }
    const { issueTypes } = view.store.configuration;
    const level = issueTypes.get(issueTypeId)?.hierarchyLevel ?? 0;
    if (issueTypes.get(parent.issueTypeId)?.hierarchyLevel !== level + 1) {
      throw new FieldFault('Given parent work item does not belong to appropriate hierarchy.'); // [2nd]
    }
    if (level === -1 && parent.projectId !== project.id) {
      throw new FieldFault('Sub-tasks must be created in the same project as the parent.');
    }
    return parent.id;
  },
  write(value, view) {
    const parent = view.store.issues.find(textIn(value));
    return parent === undefined ? null : issueReference(view, parent);
  },
  history: (value, { store }) => ({
    id: textIn(value),
    text: store.issues.find(textIn(value))?.key ?? null,
  }),
};
