/** The comments of an issue, and what one can do to them. */
import React from 'react';
import type { Comment, Issue } from './answers';
import { AdfView, isDocument } from './adf-view';
import { Time } from './field-view';
import { actionOf } from './issue-forms';
import { isPlain, plainText } from './plain-text';

export interface CommentSectionProps {
  issue: Issue;
  comments: Comment[];
  total: number;
  /** What was written before, where Jira has refused it. */
  draft: URLSearchParams | undefined;
}

export function CommentSection({ issue, comments, total, draft }: CommentSectionProps) {
  const mine = draft?.has('comment') === true && !draft.has('id') ? draft : undefined;
  return (
    <section aria-labelledby="comments">
      <h2 id="comments">Comments ({total})</h2>
      {comments.length < total && <p>These are the newest.</p>}
      {comments.map((comment) => (
        <CommentView
          key={comment.id}
          issue={issue}
          comment={comment}
          draft={draft?.get('id') === comment.id ? draft : undefined}
        />
      ))}
      <form
        method="post"
        action={actionOf(issue, 'comment')}
        className="fields"
        data-draft={mine && ''}
      >
        <label>
          <span>New comment</span>
          <textarea name="comment" rows={3} defaultValue={mine?.get('comment') ?? ''} />
        </label>
        <button type="submit">Add the comment</button>
      </form>
    </section>
  );
}

function CommentView(props: {
  issue: Issue;
  comment: Comment;
  draft: URLSearchParams | undefined;
}) {
  const { issue, comment, draft } = props;
  const { id, author, updateAuthor, created, updated, body, visibility } = comment;
  const document = isDocument(body) ? body : undefined;
  const text = document ? plainText(document) : '';
  return (
    <article className="comment" aria-label={`Comment by ${author.displayName}`} id={`c${id}`}>
      <p className="by">
        <strong>{author.displayName}</strong> <Time text={created} />
        {updated !== created && (
          <>
            {' '}
            · edited by {updateAuthor.displayName} <Time text={updated} />
          </>
        )}
        {visibility && ` · only for ${visibility.type} ${visibility.value}`}
      </p>
      {document && <AdfView document={document} />}
      <div className="actions">
        <details open={draft !== undefined}>
          <summary>Edit the comment</summary>
          <form
            method="post"
            action={actionOf(issue, 'edit-comment')}
            className="fields"
            data-draft={draft && ''}
          >
            <input type="hidden" name="id" value={id} />
            <label>
              <span>Comment, as plain paragraphs</span>
              <textarea name="comment" rows={3} defaultValue={draft?.get('comment') ?? text} />
            </label>
            {document && !isPlain(document) && (
              <p>It is more than plain paragraphs now. Saving ends that.</p>
            )}
            <button type="submit">Save the comment</button>
          </form>
        </details>
        <form method="post" action={actionOf(issue, 'delete-comment')}>
          <input type="hidden" name="id" value={id} />
          <button type="submit">Delete the comment</button>
        </form>
      </div>
    </article>
  );
}
