/** Comments of our Jira, as the engine sees them. */
import type { AdfDocument } from '../jira/adf/node';
import type { WriteRefusal } from './ports';

/**
 * Who sees a comment that is not for everybody: a role of the project or a group, by its name, or `internal`, the
 * team of a service project.
 */
export type Audience = { kind: 'role' | 'group'; name: string } | { kind: 'internal' };

/** A comment of a snapshot. */
export interface CommentHere {
  id: string;
  /** Of its text and of what it shows: changes with each edit, and with nothing else. */
  hash: string;
  /** The connection's Local User has written it: by hand, or the app as that account. */
  isLocalUsers: boolean;
  /** It names an author in its text, as copies do that the app has made for any connection: it may be one. */
  isSigned: boolean;
  /** The dedicated Local User has changed it last, by hand. */
  isAbsorbed?: boolean;
  /** None: everybody who sees the issue sees it. */
  audience?: Audience;
  /** Display name. */
  author: string;
  /** ms since the epoch. */
  createdAt: number;
  /**
   * As it travels: in canonical form, with a text for what cannot go.
   * What the Local User has written is without the line that names an author.
   */
  body: AdfDocument;
}

/** What the app leaves on a comment that it writes (a comment property): whose copy it is. */
export interface CommentMark {
  connection: string;
  /** Id of the remote's comment. */
  there: string;
  n: number;
  /** Who wrote it, wherever that was, and when (ms since the epoch). */
  author: string;
  at: number;
}

/** What is written of a comment. */
export interface WrittenComment {
  body: AdfDocument;
  audience?: Audience;
}

/** @throws JiraError where nothing is known of what has happened */
export interface Comments {
  /** The marks of those comments that have one. */
  marks(issue: string, ids: readonly string[]): Promise<Readonly<Record<string, CommentMark>>>;
  /** Names the author in the text, as it cannot be the author. Nobody sees it but the audience, if there is one. */
  create(
    issue: string,
    written: WrittenComment,
    mark: CommentMark,
  ): Promise<{ id: string; hash: string } | { refusal: WriteRefusal }>;
  /** @returns `undefined`: it is not there any more */
  edit(
    issue: string,
    id: string,
    written: WrittenComment,
    mark: CommentMark,
  ): Promise<{ hash: string } | { refusal: WriteRefusal } | undefined>;
  /** One that is not there is deleted. */
  remove(issue: string, id: string): Promise<{ refusal: WriteRefusal } | undefined>;
}
