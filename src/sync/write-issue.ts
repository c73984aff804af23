/** Writing to an issue under a lease of its link. */
import { observeAlias, writtenAlias, type Alias, type AliasWrite } from './alias';
import type { SyncContext } from './context';
import type { WriteRefusal, WriteResult } from './ports';
import type { LinkRecord, Marker } from './records';
import { restoreUnseen, unseenBy } from './unseen';

type Writes<Value> = Readonly<Record<string, AliasWrite<Value>>>;

export interface WrittenIssue {
  /** The link with what Jira says now. */
  link: LinkRecord;
  refused: Readonly<Record<string, WriteRefusal>>;
  partly: Readonly<Record<string, WriteRefusal>>;
}

/** Of Jira's changelog entries; more than one walk through a workflow makes. */
const KEPT_ECHOES = 30;

/**
 * Writes, and writes back what it has replaced unseen, until nobody was faster. What takes several steps is
 * written after everything else, by itself.
 *
 * @param before the link as it was when the issue was read
 * @param after the link as it is once `writes` are in Jira
 */
export async function writeIssue<Value>(
  context: SyncContext<Value>,
  before: LinkRecord,
  after: LinkRecord,
  writes: Writes<Value>,
): Promise<WrittenIssue> {
  const { issues } = context;
  const isStepwise = ([name]: [string, unknown]): boolean => issues.isStepwise(name);
  const all = Object.entries(writes);
  const first = all.filter((write) => !isStepwise(write));
  const atOnce = await writeAll(context, before, after, Object.fromEntries(first));
  let { link } = atOnce;
  let [refused, partly] = [atOnce.refused, atOnce.partly];
  for (const write of all.filter(isStepwise)) {
    // Until it is written, the marker must tell what was before.
    const [name] = write;
    const known = before.aliases[name];
    const base = { ...link, aliases: { ...link.aliases, ...(known ? { [name]: known } : {}) } };
    const done = await writeAll(context, base, link, Object.fromEntries([write]));
    link = done.link;
    refused = { ...refused, ...done.refused };
    partly = { ...partly, ...done.partly };
  }
  return { link, refused, partly };
}

async function writeAll<Value>(
  context: SyncContext<Value>,
  before: LinkRecord,
  after: LinkRecord,
  writes: Writes<Value>,
): Promise<WrittenIssue> {
  const { issues, sources, site } = context;
  let [base, link, pending] = [before, after, writes];
  let refused: WrittenIssue['refused'] = {};
  let partly: WrittenIssue['partly'] = {};
  while (Object.keys(pending).length > 0) {
    const write = sources.newId();
    const [from, to] = [base, link];
    // A seal that nobody knows makes a marker that nobody believes.
    const seal = link.seal ?? sources.newId();
    const result = await issues.write(link.issue, pending, link.aliases, (names) => ({
      seal,
      write,
      aliases: writtenBy(write, from, to, names),
    }));
    refused = { ...refused, ...result.refused };
    partly = { ...partly, ...result.partly };
    const names = Object.keys(pending).filter((name) => !Object.hasOwn(result.refused, name));
    const accepted = withoutRefused(base, link, result);
    const written = {
      ...readBack(accepted, names, result, site),
      uncommitted: writtenBy(write, from, accepted, names),
      ...echoesOf(link, result.changes),
    };
    const unseen = names.flatMap((name) => {
      const alias = written.aliases[name];
      const { was, readBack: now } = result;
      return alias ? unseenBy(name, from.aliases[name], alias, was[name], now[name], true) : [];
    });
    ({ link, writes: pending } = await restoreUnseen(context, written, unseen));
    base = link;
  }
  return { link, refused, partly };
}

function echoesOf({ echoes = [] }: LinkRecord, changes: readonly string[]) {
  return changes.length === 0 ? {} : { echoes: [...echoes, ...changes].slice(-KEPT_ECHOES) };
}

/** What was refused stays as it was before; where a walk has ended on its way, that is nobody's change. */
function withoutRefused<Value>(
  before: LinkRecord,
  after: LinkRecord,
  { refused, readBack: now }: WriteResult<Value>,
): LinkRecord {
  const names = Object.keys(refused);
  if (names.length === 0) return after;
  const aliases = Object.entries(after.aliases).flatMap(([name, alias]): [string, Alias][] => {
    if (!names.includes(name)) return [[name, alias]];
    const known = before.aliases[name];
    const here = now[name];
    return known ? [[name, here ? writtenAlias(known, here) : known]] : [];
  });
  return { ...after, aliases: Object.fromEntries(aliases) };
}

function writtenBy(
  write: string,
  before: LinkRecord,
  after: LinkRecord,
  names: readonly string[],
): Marker['aliases'] {
  const aliases = written(after, names).map(([name, alias]) => {
    const known = before.aliases[name];
    return [name, { write, ...(known ? { before: known } : {}), after: alias }] as const;
  });
  return { ...before.uncommitted, ...Object.fromEntries(aliases) };
}

const written = ({ aliases }: LinkRecord, names: readonly string[]): [string, Alias][] =>
  Object.entries(aliases).filter(([name]) => names.includes(name));

/** Only what we have written is absorbed; whatever else has changed meanwhile has an event of its own. */
function readBack<Value>(
  link: LinkRecord,
  names: readonly string[],
  { readBack: now }: WriteResult<Value>,
  site: string,
): LinkRecord {
  const known = written(link, names).map(([name, alias]) => {
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
