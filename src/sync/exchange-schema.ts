/**
 * What the two ends of `exchange` take from each other. Everything is bounded, and no name of a record reaches
 * into what every object inherits. Members that are not known are left out.
 */
import { z } from 'zod';
import { aliasValueSchema, MAX_NAME, MAX_NAMES, type AliasValue } from '../contract/alias-value';
import { aliasSchema } from '../contract/mapping';
import { adfDocumentSchema } from '../jira/adf/document-schema';
import type { SentAlias } from './alias';
import { DEFERRALS, type IssueMessage, type IssueResult, type SentComment } from './messages';
import {
  count,
  dot,
  id,
  MAX_SITES,
  namedTable,
  origin,
  ownName,
  path,
  siteId,
  stamp,
  table,
  version,
} from './schema-parts';

/** What travels for an alias with one value; `null`: empty. */
export type SyncValue = AliasValue | null;

/** Messages, and results, of one request. */
export const MAX_EXCHANGED = 50;

const MAX_ALIASES = 500;
const MAX_COMMENTS = 200;
const MAX_REASON = 1_000;

/** For a person, here or there: a longer one is cut, not refused. */
const told = (length: number) =>
  z.string().transform((text) => text.slice(0, length).replace(/[\ud800-\udbff]$/, ''));

const refusal = z.object({ code: z.string().min(1).max(64), reason: told(MAX_REASON) });

const sentAlias: z.ZodType<SentAlias<SyncValue>> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    value: aliasValueSchema.nullable(),
    version,
    dot,
    stamp,
  }),
  z.object({
    kind: z.literal('set'),
    version,
    elements: namedTable(
      z.string().min(1).max(MAX_NAME),
      z.array(dot).min(1).max(MAX_SITES),
      MAX_NAMES,
    ),
  }),
]);

const audience = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['role', 'group']), name: z.string().min(1).max(MAX_NAME) }),
  z.object({ kind: z.literal('internal') }),
]);

const sentComment: z.ZodType<SentComment> = z.union([
  z.object({ id: ownName(id), n: count, isGone: z.literal(true) }),
  z.object({
    id: ownName(id),
    n: count,
    body: adfDocumentSchema,
    author: told(MAX_NAME),
    at: stamp,
    audience: audience.exactOptional(),
  }),
]);

/** Keys have up to 10 letters and a number by default; a longer status is cut by who sends it. */
const shownKey = z.string().min(1).max(64);
const shownStatus = z.string().min(1).max(MAX_NAME);
const twinFields = z.object({
  standing: z
    .object({ key: shownKey, status: shownStatus.exactOptional(), at: stamp })
    .exactOptional(),
  shown: z
    .object({ key: shownKey.exactOptional(), status: shownStatus.exactOptional() })
    .exactOptional(),
});

export const issueMessageSchema: z.ZodType<IssueMessage<SyncValue>> = z.object({
  issue: id,
  token: id,
  contract: z.object({ id, name: z.string().min(1).max(MAX_NAME) }),
  policy: siteId,
  pair: id.exactOptional(),
  twin: id.exactOptional(),
  origin,
  path,
  aliases: table(aliasSchema, sentAlias, MAX_ALIASES),
  comments: z.array(sentComment).max(MAX_COMMENTS).exactOptional(),
  isGone: z.literal(true).exactOptional(),
  ...twinFields.shape,
});

const aliasResult = z.object({
  outcome: z.enum(['applied', 'unchanged', 'kept-ours', 'refused', 'ignored']),
  version,
  of: z.string().max(10_000).exactOptional(),
  refusal: refusal.exactOptional(),
});

const commentResult = z.object({
  outcome: z.enum(['applied', 'unchanged', 'refused', 'ignored']),
  n: z.int().min(0),
  copy: id.exactOptional(),
  refusal: refusal.exactOptional(),
});

export const issueResultSchema: z.ZodType<IssueResult> = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('done'),
    twin: id,
    aliases: table(aliasSchema, aliasResult, MAX_ALIASES),
    comments: table(id, commentResult, MAX_COMMENTS).exactOptional(),
    showingRefusal: refusal.exactOptional(),
    ...twinFields.shape,
  }),
  z.object({ outcome: z.literal('deferred'), reason: z.enum(DEFERRALS) }),
  z.object({
    outcome: z.literal('rejected'),
    reason: z.enum(['cycle', 'present', 'unknown-twin', 'gone']),
  }),
  refusal.extend({ outcome: z.literal('failed') }),
]);

/** The result of a message that the endpoint has handed out before: which row it is about. */
export interface CollectedResult {
  /** Id of the endpoint's issue. */
  issue: string;
  token: string;
  result: IssueResult;
}

export const exchangeRequestSchema = z.object({
  results: z
    .array(z.object({ issue: id, token: id, result: issueResultSchema }))
    .max(MAX_EXCHANGED),
  messages: z.array(issueMessageSchema).max(MAX_EXCHANGED),
  /** How many messages the caller takes. */
  want: z.int().min(0).max(MAX_EXCHANGED),
});

export const exchangeAnswerSchema = z.object({
  /** One for each message, in their order. */
  results: z.array(issueResultSchema).max(MAX_EXCHANGED),
  messages: z.array(issueMessageSchema).max(MAX_EXCHANGED),
  /** Whether the endpoint has messages beyond those. */
  more: z.boolean(),
  mode: z.enum(['active', 'passive']),
});
