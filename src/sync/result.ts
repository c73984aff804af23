/** What a link learns from the remote's result. Pure. */
import { acknowledgeAlias, changeOf, type Alias } from './alias';
import type { Rules } from './context';
import { commentRefusal } from './link';
import type { AliasResult, CommentResult, IssueResult } from './messages';
import type { WriteRefusal } from './ports';
import { SHOWN_HERE, SHOWN_THERE, withTold } from './standing';
import type { LinkedComment, LinkRecord, LinkRefusal } from './records';

/** The link after the remote has dealt with a message of it. */
export function afterResult(
  link: LinkRecord,
  result: Extract<IssueResult, { outcome: 'done' }>,
): LinkRecord {
  const { refusals: before = {}, tellsGone: _told, ...rest } = link;
  const refusals = new Map(Object.entries(before));
  const aliases = mapKnown(link.aliases, result.aliases, (name, alias, told) => {
    keepRefusal(refusals, name, told, told.of ?? changeOf(alias));
    return afterAliasResult(alias, told);
  });
  const comments = mapKnown(link.comments ?? {}, result.comments ?? {}, (id, comment, told) => {
    keepRefusal(refusals, commentRefusal(id), told, String(comment.n));
    return afterCommentResult(comment, told);
  });
  keepRefusal(refusals, SHOWN_THERE, { refusal: result.showingRefusal }, '');
  return {
    ...withTold(rest, result.shown),
    ...(link.state === 'gone' ? {} : { state: 'linked', remote: result.twin }),
    aliases,
    ...(link.comments ? { comments } : {}),
    ...(refusals.size > 0 ? { refusals: Object.fromEntries(refusals) } : {}),
  };
}

/** What stands in the way of what this side sends, for a person; `undefined`: nothing. */
export function refusalsTold({ refusals = {} }: LinkRecord, rules: Rules): string | undefined {
  const told = Object.entries(refusals)
    .filter(([name]) => {
      if (name === SHOWN_THERE || name === SHOWN_HERE) return true;
      return isOfComment(name) ? rules.sendsComments : rules.sends(name, false);
    })
    .map(([, { reason }]) => reason);
  return told.length > 0 ? [...new Set(told)].join(' ') : undefined;
}

/** A person wants it to be tried again, also what the remote has seen and could write in part only. */
export function withoutRefusals({ refusals = {}, ...link }: LinkRecord): LinkRecord {
  const aliases = Object.entries(link.aliases).map(([name, alias]): [string, Alias] => [
    name,
    Object.hasOwn(refusals, name) ? { ...alias, dirty: true } : alias,
  ]);
  const isNotShown = [SHOWN_THERE, SHOWN_HERE].some((name) => Object.hasOwn(refusals, name));
  const { shown: _refused, ...unshown } = link;
  // What nobody shows is told again, and what comes back is shown again.
  return {
    ...(isNotShown ? { ...unshown, told: {} } : link),
    aliases: Object.fromEntries(aliases),
  };
}

const isOfComment = (name: string): boolean => name.startsWith(commentRefusal(''));

function afterAliasResult(alias: Alias, { outcome, version }: AliasResult): Alias {
  // The remote will never want it, so there is nothing to be sent.
  if (outcome === 'ignored') return { ...alias, dirty: false };
  return outcome === 'refused' ? alias : acknowledgeAlias(alias, version);
}

function afterCommentResult(
  comment: LinkedComment,
  { outcome, n, copy }: CommentResult,
): LinkedComment {
  const there = copy === undefined ? {} : { there: copy };
  const isSeen = outcome === 'ignored' || (outcome !== 'refused' && n >= comment.n);
  return { ...comment, ...there, dirty: comment.dirty && !isSeen };
}

function keepRefusal(
  refusals: Map<string, LinkRefusal>,
  name: string,
  { refusal }: { refusal?: WriteRefusal | undefined },
  of: string,
): void {
  if (refusal) refusals.set(name, { ...refusal, of });
  else refusals.delete(name);
}

/** Only what both know; a remote cannot add anything. */
function mapKnown<Mine, Told>(
  mine: Readonly<Record<string, Mine>>,
  told: Readonly<Record<string, Told>>,
  map: (name: string, one: Mine, told: Told) => Mine,
): Record<string, Mine> {
  return Object.fromEntries(
    Object.entries(mine).map(([name, one]) => {
      const heard = Object.hasOwn(told, name) ? told[name] : undefined;
      return [name, heard === undefined ? one : map(name, one, heard)];
    }),
  );
}
