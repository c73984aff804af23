/** Applying what has come about one issue, under a lease of its link. */
import { receiveAlias, type ReceivedAlias } from './alias';
import { applyNew } from './apply-new';
import type { SyncContext } from './context';
import { keepLoser } from './history';
import { isDirty, isLeased, lookAt, nextRevision } from './link';
import type { AliasResult, IssueMessage, IssueResult } from './messages';
import { newRow } from './outbox';
import type { Snapshot } from './ports';
import { linkKey, originKey, type LinkRecord } from './records';
import { restoreUnseen } from './unseen';
import { writeIssue } from './write-issue';

/**
 * Longer than any function of the app may run: when a lease is over, whoever held it is gone, and so is
 * every call that he made of Jira.
 */
export const LEASE_MS = 90_000;

/** Applies one message of a connection's remote. What it answers with `done` is written to Jira. */
export async function applyMessage<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
): Promise<IssueResult> {
  if (message.twin !== undefined) return applyToTwin(context, message.twin, message);
  if (message.path.includes(context.site)) return { outcome: 'rejected', reason: 'cycle' };
  const known = await context.store.find('origin', originKey(message.origin));
  if (known && known.connection !== context.connection) {
    return known.issue === undefined
      ? { outcome: 'deferred', reason: 'creating' }
      : { outcome: 'rejected', reason: 'present' };
  }
  if (known?.issue !== undefined) return applyToTwin(context, known.issue, message);
  return applyNew(context, message, known);
}

async function applyToTwin<Value>(
  context: SyncContext<Value>,
  issue: string,
  message: IssueMessage<Value>,
): Promise<IssueResult> {
  const link = await context.store.find('link', linkKey(context.connection, issue));
  if (!link || (link.remote !== undefined && link.remote !== message.issue)) {
    return { outcome: 'rejected', reason: 'unknown-twin' };
  }
  const leased = await takeLease(context, link);
  if (!leased) return { outcome: 'deferred', reason: 'busy' };
  const found = await look(context, leased);
  if (!found) return { outcome: 'deferred', reason: 'unreadable' };
  const { before, snapshot } = found;
  const received = receiveAll(context, before, message);
  // Before anything is overwritten: a function that ends in between has lost nothing.
  await keepLosers(context, before, snapshot, message, received);
  const after = await writeIssue(
    context,
    before,
    { ...before, aliases: { ...before.aliases, ...mapValues(received, ({ alias }) => alias) } },
    Object.fromEntries(
      Object.entries(received).flatMap(([name, { write }]) => (write ? [[name, write]] : [])),
    ),
  );
  // The result of our create may have been lost: whoever tells us of its twin has it.
  const isDone = await commit(context, { ...after, remote: message.issue, state: 'linked' });
  if (!isDone) return { outcome: 'deferred', reason: 'busy' };
  const aliases = mapValues(received, ({ outcome, alias }, name): AliasResult => ({
    outcome,
    version: (after.aliases[name] ?? alias).version,
  }));
  return { outcome: 'done', twin: issue, aliases };
}

/**
 * Deals with what a write of a function that was ended has replaced unseen. Does nothing where somebody else
 * is at the link.
 */
export async function recoverIssue<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
): Promise<void> {
  const leased = await takeLease(context, link);
  const found = leased && (await look(context, leased));
  if (found) await commit(context, found.before);
}

/** The issue, read under the lease, and the link up to date with it. `undefined`: not readable now. */
async function look<Value>(
  context: SyncContext<Value>,
  leased: LinkRecord,
): Promise<{ before: LinkRecord; snapshot: Snapshot<Value> } | undefined> {
  const snapshot = await context.issues.read(leased.issue);
  if (!snapshot) {
    await commit(context, leased);
    return undefined;
  }
  const { link, unseen } = lookAt(leased, snapshot, context.site);
  if (unseen.length === 0) return { before: link, snapshot };
  const restored = await restoreUnseen(context, link, unseen);
  return look(context, await writeIssue(context, link, restored.link, restored.writes));
}

async function takeLease<Value>(
  { store, sources }: SyncContext<Value>,
  link: LinkRecord,
): Promise<LinkRecord | undefined> {
  const now = sources.now();
  if (isLeased(link, now)) return undefined;
  const lease = { owner: sources.newId(), until: now + LEASE_MS };
  const leased = nextRevision({ ...link, lease });
  return (await store.commit([leased])) ? leased.value : undefined;
}

type AllReceived<Value> = Record<string, ReceivedAlias<Value>>;

/** An alias that we do not have is none of the contract's: it is left where it is. */
function receiveAll<Value>(
  { policy }: SyncContext<Value>,
  { aliases }: LinkRecord,
  message: IssueMessage<Value>,
): AllReceived<Value> {
  return Object.fromEntries(
    Object.entries(message.aliases).flatMap(([name, theirs]) => {
      const ours = aliases[name];
      return ours ? [[name, receiveAlias(ours, theirs, policy)] as const] : [];
    }),
  );
}

async function keepLosers<Value>(
  context: SyncContext<Value>,
  { aliases, issue }: LinkRecord,
  snapshot: Snapshot<Value>,
  message: IssueMessage<Value>,
  received: AllReceived<Value>,
): Promise<void> {
  for (const [alias, { lost }] of Object.entries(received)) {
    const ours = aliases[alias];
    const here = snapshot.aliases[alias];
    const theirs = message.aliases[alias];
    if (lost === undefined || theirs?.kind !== 'value') continue;
    if (ours?.kind !== 'value' || here?.kind !== 'value') continue;
    const [loser, winner] =
      lost === 'ours' ? [{ dot: ours.dot, value: here.value }, theirs] : [theirs, ours];
    await keepLoser(context, { issue, alias, loser, winner });
  }
}

/**
 * The link without its lease; what it holds that the remote lacks is put into the outbox in the same commit.
 *
 * @returns whether nobody has changed the link meanwhile
 */
async function commit<Value>(
  { store, sources }: SyncContext<Value>,
  { lease: _ended, ...link }: LinkRecord,
): Promise<boolean> {
  const { connection, issue } = link;
  return store.commit([
    nextRevision(link),
    ...(isDirty(link)
      ? [
          {
            entity: 'outbox' as const,
            key: linkKey(connection, issue),
            value: newRow(connection, issue, sources),
          },
        ]
      : []),
  ]);
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, map(value, name)]),
  );
}
