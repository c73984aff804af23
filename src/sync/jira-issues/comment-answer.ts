/** A comment of our Jira, as the engine sees it. */
import { z } from 'zod';
import { documentForRemote } from '../../contract/converters/adf';
import type { SpecOf } from '../../contract/mapping';
import type { Contract } from '../../contract/records';
import { hasAuthorLine, withoutAuthorLine } from '../../jira/adf/author-line';
import { jiraDocumentSchema } from '../../jira/adf/document-schema';
import { changeMentions } from '../../jira/adf/mentions';
import { documentOfText } from '../../jira/adf/plain-text';
import { hashOf } from '../../jira/canonical-json';
import type { Audience, CommentHere } from '../comment-ports';
import { instantSchema } from './issue-answer';

const commentSchema = z.object({
  id: z.string(),
  author: z.object({ accountId: z.string(), displayName: z.string() }).optional(),
  updateAuthor: z.object({ accountId: z.string() }).optional(),
  body: z.unknown(),
  created: instantSchema,
  /** A group or a role that may see it: nobody else does. */
  visibility: z.unknown().optional(),
  /** Of service projects: `false` is an internal note. */
  jsdPublic: z.boolean().optional(),
});
export type CommentAnswer = z.infer<typeof commentSchema>;
export { commentSchema };

/** A page of comments, oldest first: the field `comment` of an issue, and `GET …/comment`. */
export const commentPageSchema = z.object({
  comments: z.array(commentSchema),
  total: z.number(),
});

export type CommentSpec = Pick<SpecOf<'adf'>, 'mentions' | 'exposes'>;

/** Comments are no field: what the contract says of people in its formatted texts holds in them, too. */
export function commentSpec({ mapping }: Contract): CommentSpec {
  const spec = mapping
    .map(({ converter }) => converter)
    .find((converter) => converter.converter === 'adf');
  return spec ?? { mentions: { by: ['account-id'], table: [] }, exposes: { accountId: true } };
}

/** Of a copy, its hash is of all that it shows, and its body is without the line that we have put above it. */
export function commentHere(
  { id, author, body, created, visibility, jsdPublic }: CommentAnswer,
  account: string | undefined,
  spec: CommentSpec,
): CommentHere {
  const isLocalUsers = account !== undefined && author?.accountId === account;
  const audience = audienceIn(visibility, jsdPublic);
  const document = jiraDocumentSchema.safeParse(body).data;
  const said = {
    id,
    isLocalUsers,
    ...(audience ? { audience } : {}),
    author: author?.displayName ?? 'somebody',
    createdAt: created,
  };
  if (!document) {
    // To leave it out would be to say that it was deleted.
    return {
      ...said,
      isSigned: false,
      hash: hashOf({ unreadable: body }),
      body: documentOfText(UNREADABLE),
    };
  }
  // A person who is renamed changes nothing in a comment.
  const shown = changeMentions(document, (mention) => ({ ...mention, name: '' }));
  const text = isLocalUsers ? withoutAuthorLine(document) : document;
  return {
    ...said,
    isSigned: hasAuthorLine(document),
    hash: hashOf(audience ? { shown, audience } : shown),
    body: documentForRemote(text, spec),
  };
}

const visibilitySchema = z.object({ type: z.enum(['role', 'group']), value: z.string().min(1) });

/** One that cannot be read is for few, at any rate: the team is as good a name for them as any. */
function audienceIn(visibility: unknown, jsdPublic: boolean | undefined): Audience | undefined {
  const { data } = visibilitySchema.safeParse(visibility);
  if (data) return { kind: data.type, name: data.value };
  return (visibility ?? null) !== null || jsdPublic === false ? { kind: 'internal' } : undefined;
}

const UNREADABLE = '[A comment that IssueSYNC cannot read]';
