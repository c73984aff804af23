/** What an admin's input can be refused for. Thrown by the use cases, answered by the entry. */
import type { ConnectionDraft } from './draft';

/** Every reason for which a connection is refused. */
export type RefusalCode =
  | 'required'
  | 'too-long'
  | 'surrounding-space'
  | 'unprintable'
  | 'duplicate-name'
  | 'duplicate-key'
  | 'same-as-local'
  | 'url-invalid'
  | 'url-scheme'
  | 'url-credentials'
  | 'url-fragment'
  | 'url-port'
  | 'url-is-site'
  | 'url-is-own-endpoint'
  | 'user-unknown'
  | 'user-inactive'
  | 'user-not-a-person'
  | 'user-is-you'
  | 'jira-unavailable'
  | 'not-found'
  | 'rotation-open'
  | 'no-rotation'
  | 'changed-meanwhile';

export interface Problem {
  /** Named as in the draft; none: it concerns the whole call. */
  field?: keyof ConnectionDraft;
  code: RefusalCode;
  /** For the admin: what is wrong and what to do. */
  message: string;
}

/** The input cannot be taken, for these reasons; nothing was changed. */
export class Refusal extends Error {
  constructor(
    readonly problems: readonly Problem[],
    options?: ErrorOptions,
  ) {
    super(problems.map((problem) => problem.code).join(', '), options);
    this.name = 'Refusal';
  }
}

/** Jira cannot be asked just now. */
export const jiraUnavailable = (cause: unknown): Refusal =>
  new Refusal(
    [
      {
        code: 'jira-unavailable',
        message: 'Jira does not answer just now, so nothing was changed. Try again in a minute.',
      },
    ],
    { cause },
  );

/** There is no such connection (any more). */
export const notFound = (): Refusal =>
  new Refusal([
    {
      code: 'not-found',
      message: 'This connection does not exist any more. Reload the page to see the current list.',
    },
  ]);

/** Whether it says that there is no such connection. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof Refusal && error.problems[0]?.code === 'not-found';

/** Somebody else changes the connection at the same time, again and again. */
export const CHANGED_MEANWHILE: Problem = {
  code: 'changed-meanwhile',
  message: 'Somebody else is changing this connection right now. Reload the page and try again.',
};
