/** What a request says that a comment shall be, read and checked. */
import { z } from 'zod';
import { isDocument, readDocument, type AdfDocument, type AdfNode } from './adf';
import { isAmong } from './comment-access';
import type { CommentVisibility } from './comment-store';
import { INVALID_PAYLOAD, refusal } from './errors';
import { FieldFault } from './field-type';
import { readProperties } from './issue-properties';
import type { View } from './shapes';
import type { JiraProject } from './store';

const visibilitySchema = z.looseObject({
  type: z.enum(['role', 'group']),
  value: z.string().nullish(),
  identifier: z.string().nullish(),
});

const inputSchema = z.looseObject({
  body: z.unknown().optional(),
  visibility: visibilitySchema.nullish(),
  properties: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).nullish(),
  // Replies are not in the description's schema, though its text knows of child comments: none here.
  parentId: z.null().optional(),
});

export interface CommentInput {
  body: AdfDocument;
  visibility: CommentVisibility | undefined;
  properties: { key: string; value: unknown }[];
}

/**
 * Reads a comment. Jira tells a missing permission and a body that is none at once ([2nd]).
 *
 * @param denied why the caller may not do it, if so
 * @throws JiraRefusal 400
 */
export function readComment(
  view: View,
  project: JiraProject,
  input: unknown,
  denied: string | undefined,
): CommentInput {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) throw refusal(400, [INVALID_PAYLOAD]);
  const { body, visibility, properties } = parsed.data;
  const fault = bodyFault(body);
  if (denied !== undefined || fault !== undefined) {
    throw refusal(
      400,
      denied === undefined ? [] : [denied],
      fault === undefined ? {} : { comment: fault },
    );
  }
  return {
    visibility: visibility ? readVisibility(view, project, visibility) : undefined,
    body: readBody(view, body),
    properties: readProperties(properties ?? []),
  };
}

/** Jira's own words ([2nd]), where a body is missing, empty, or no document. */
function bodyFault(body: unknown): string | undefined {
  if (body === undefined || body === null || body === '') return EMPTY;
  if (!isDocument(body)) return 'Comment body is not valid!';
  return (body.content ?? []).every(isEmptyParagraph) ? EMPTY : undefined;
}

const EMPTY = 'Comment body can not be empty!';

const isEmptyParagraph = ({ type, content }: AdfNode): boolean =>
  type === 'paragraph' && (content ?? []).length === 0;

/** @throws JiraRefusal 400 */
function readBody(view: View, body: unknown): AdfDocument {
  try {
    return readDocument(body, { view });
  } catch (error) {
    if (error instanceof FieldFault) throw refusal(400, [], { comment: error.message });
    throw error;
  }
}

/** By name or identifier. Nobody can write what they could not read. @throws JiraRefusal 400 ([2nd] words) */
function readVisibility(
  view: View,
  project: JiraProject,
  { type, value, identifier }: z.infer<typeof visibilitySchema>,
): CommentVisibility {
  const named = identifier ?? value ?? '';
  const name =
    type === 'role'
      ? Object.keys(project.roles).find((role) => role === named)
      : view.store.groups().find((group) => group.groupId === identifier || group.name === value)
          ?.name;
  if (name === undefined) {
    const what = type === 'role' ? 'Role' : 'Group';
    throw refusal(400, [], { commentLevel: `${what} with id: ${named} does not exist.` });
  }
  if (!isAmong(view, { type, name }, project)) {
    const what = type === 'role' ? 'project role' : 'group';
    throw refusal(400, [], {
      commentLevel: `You are currently not a member of the ${what}: ${name}.`,
    });
  }
  return { type, name };
}
