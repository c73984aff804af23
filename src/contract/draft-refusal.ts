/** What an admin's contract can be refused for. Thrown by the use cases, answered by the entry. */
import type { ContractDraft } from './draft';

/** Every reason for which a contract is refused. */
export type DraftRefusalCode =
  | 'required'
  | 'too-long'
  | 'unprintable'
  | 'duplicate-name'
  | 'project-unknown'
  | 'project-not-creatable'
  | 'issue-type-unknown'
  | 'issue-type-is-subtask'
  | 'no-issue-types'
  | 'jql-invalid'
  | 'jql-ordered'
  | 'manual-only-excludes-create'
  | 'default-not-asked'
  | 'default-invalid'
  | 'field-does-not-fit'
  | 'same-field'
  | 'overlaps'
  | 'too-large'
  | 'local-user-refused'
  | 'not-found';

export interface DraftProblem {
  /** Named as in the draft; none: it concerns the whole call. */
  field?: keyof ContractDraft;
  code: DraftRefusalCode;
  /** For the admin: what is wrong and what to do. */
  message: string;
}

/** The contract cannot be taken, for these reasons; nothing was changed. */
export class DraftRefusal extends Error {
  override readonly name = 'DraftRefusal';

  constructor(
    readonly problems: readonly DraftProblem[],
    options?: ErrorOptions,
  ) {
    super(problems.map(({ code }) => code).join(', '), options);
  }
}

/** There is no such contract (any more). */
export const contractNotFound = (): DraftRefusal =>
  new DraftRefusal([
    {
      code: 'not-found',
      message: 'This contract does not exist any more. Reload the page to see the current list.',
    },
  ]);
