/** Writing to an issue under a lease of its link. */
import { observeAlias, writtenAlias, type Alias, type AliasWrite } from './alias';
import type { SyncContext } from './context';
import type { WriteResult } from './ports';
import type { LinkRecord, Marker } from './records';
import { restoreUnseen, unseenBy } from './unseen';

type Writes<Value> = Readonly<Record<string, AliasWrite<Value>>>;

/**
 * Writes, and writes back what it has replaced unseen, until nobody was faster.
 *
 * @param before the link as it was when the issue was read
 * @param after the link as it is once `writes` are in Jira
 * @returns `after` with what Jira says now
 */
export async function writeIssue<Value>(
  context: SyncContext<Value>,
  before: LinkRecord,
  after: LinkRecord,
  writes: Writes<Value>,
): Promise<LinkRecord> {
  let [base, link, pending] = [before, after, writes];
  while (Object.keys(pending).length > 0) {
    const marker = markerOf(context.sources.newId(), base, link, pending);
    const result = await context.issues.write(link.issue, pending, marker);
    const written = { ...readBack(link, pending, result, context.site), lastWrite: marker.write };
    const unseen = Object.keys(pending).flatMap((name) => {
      const alias = written.aliases[name];
      const { was, readBack: now } = result;
      return alias ? unseenBy(name, base.aliases[name], alias, was[name], now[name], true) : [];
    });
    ({ link, writes: pending } = await restoreUnseen(context, written, unseen));
    base = link;
  }
  return link;
}

function markerOf(
  write: string,
  before: LinkRecord,
  after: LinkRecord,
  writes: Writes<unknown>,
): Marker {
  const aliases = written(after, writes).map(([name, alias]) => {
    const known = before.aliases[name];
    return [name, { ...(known ? { before: known } : {}), after: alias }] as const;
  });
  return { write, aliases: Object.fromEntries(aliases) };
}

const written = ({ aliases }: LinkRecord, writes: Writes<unknown>): [string, Alias][] =>
  Object.entries(aliases).filter(([name]) => Object.hasOwn(writes, name));

/** Only what we have written is absorbed; whatever else has changed meanwhile has an event of its own. */
function readBack<Value>(
  link: LinkRecord,
  writes: Writes<Value>,
  { readBack: now }: WriteResult<Value>,
  site: string,
): LinkRecord {
  const known = written(link, writes).map(([name, alias]) => {
    const observed = now[name];
    if (!observed) return [name, alias] as const;
    // Elements that somebody else has added or removed meanwhile are changes of this site.
    return [
      name,
      alias.kind === 'set' ? observeAlias(alias, observed, site) : writtenAlias(alias, observed),
    ] as const;
  });
  return { ...link, aliases: { ...link.aliases, ...Object.fromEntries(known) } };
}
