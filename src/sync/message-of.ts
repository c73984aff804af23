/** What travels of a link. */
import { withoutAuthorLine } from '../jira/adf/author-line';
import { sent, type SentAlias } from './alias';
import type { SyncContext } from './context';
import { dirtyAliases, dirtyComments } from './link';
import type { IssueMessage, SentComment } from './messages';
import type { Snapshot } from './ports';
import type { LinkRecord, OutboxRow } from './records';
import { twinFields } from './standing';

/**
 * Our own bounds, so that a message stays far below the 4 MiB that an endpoint takes, as JSON in a text of JSON:
 * the rest follows.
 */
const MAX_COMMENTS_SENT = 50;
const MAX_COMMENT_BYTES = 1024 * 1024;

/** @param snapshot `undefined`: the issue was deleted */
export function messageOf<Value>(
  context: SyncContext<Value>,
  { token }: OutboxRow,
  link: LinkRecord,
  snapshot: Snapshot<Value> | undefined,
): IssueMessage<Value> {
  const { contract, policyName, pair } = context.rules;
  const comments = snapshot ? commentsOf(context, link, snapshot) : [];
  return {
    issue: link.issue,
    token,
    contract,
    policy: policyName,
    ...(pair === undefined ? {} : { pair }),
    ...(link.remote === undefined ? {} : { twin: link.remote }),
    origin: link.origin,
    path: link.path,
    aliases: snapshot ? aliasesOf(context, link, snapshot) : {},
    ...(comments.length > 0 ? { comments } : {}),
    ...(snapshot ? twinFields(context, link) : { isGone: true }),
  };
}

function aliasesOf<Value>(
  { rules }: SyncContext<Value>,
  link: LinkRecord,
  snapshot: Snapshot<Value>,
): Record<string, SentAlias<Value>> {
  const isNew = link.state === 'unlinked';
  const names = isNew
    ? Object.keys(link.aliases).filter((name) => rules.sends(name, true))
    : dirtyAliases(link, rules);
  return Object.fromEntries(
    names.flatMap((name): [string, SentAlias<Value>][] => {
      const alias = link.aliases[name];
      const observed = snapshot.aliases[name];
      return alias && observed ? [[name, sent(alias, observed)]] : [];
    }),
  );
}

function commentsOf<Value>(
  { rules }: SyncContext<Value>,
  link: LinkRecord,
  snapshot: Snapshot<Value>,
): SentComment[] {
  let bytes = 0;
  return dirtyComments(link, rules)
    .slice(0, MAX_COMMENTS_SENT)
    .flatMap((id): SentComment[] => {
      const comment = link.comments?.[id];
      if (!comment) return [];
      const { n, by, isGone } = comment;
      if (isGone) return [{ id, n, isGone }];
      const here = snapshot.comments.find((one) => one.id === id);
      if (!here) return [];
      const { body, author, createdAt: at, isLocalUsers, audience } = here;
      const seenBy = audience ? { audience } : {};
      // Jira's longest comment is far shorter, so there is always one.
      bytes += Buffer.byteLength(JSON.stringify(body), 'utf8');
      if (bytes > MAX_COMMENT_BYTES) return [];
      if (!by) return [{ id, n, body, author, at, ...seenBy }];
      return [{ id, n, body: isLocalUsers ? body : withoutAuthorLine(body), ...by, ...seenBy }];
    });
}
