/** Creating the twin of an issue that is new here: once, whatever becomes of the answers. */
import { JiraError } from '../jira/client';
import { untouched, writtenAlias, type Alias, type AliasWrite, type SentAlias } from './alias';
import type { SyncContext } from './context';
import { finishApply } from './finish-apply';
import { endTwin } from './gone';
import { givingBack, LEASE_MS } from './lease';
import { lookAt } from './link';
import type { IssueMessage, IssueResult } from './messages';
import { IssueUnreadable, type CreatedIssue, type Snapshot, type WriteRefusal } from './ports';
import { showing } from './standing';
import { linkKey, originKey, type LinkRecord, type Marker, type OriginRecord } from './records';

/** After a create whose answer is unknown: by then Jira has it, and it is found by key, not only by an index that lags. */
export const UNKNOWN_CREATE_MS = 3 * 60_000;

/** A new twin, under a lease. */
interface New<Value> {
  link: LinkRecord;
  snapshot: Snapshot<Value>;
}

/** `undefined`: not readable. */
type Created<Value> = New<Value> | { refusal: WriteRefusal } | undefined;

/** The intent to create its twin, ours alone for now. `undefined`: there is one already, or has been. */
export async function firstIntent<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
): Promise<OriginRecord | undefined> {
  const { connection, store, sources } = context;
  const { origin, path } = pathOf(context, message);
  const [nonce, seal] = [sources.newId(), sources.newId()];
  const intent = { connection, nonce, seal, path, since: sources.now() };
  return (await store.create('origin', originKey(origin), intent)) ? intent : undefined;
}

/** @param intent as `firstIntent` has made it just now */
export const applyNew = async <Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  intent: OriginRecord,
): Promise<IssueResult> =>
  finishNew(context, message, intent, await create(context, message, intent));

/**
 * Where the original is gone, what was created of it has to be there first, and goes its way then.
 *
 * @param intent of a create that was begun before and of which nothing more is known
 */
export async function resumeNew<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  intent: OriginRecord,
): Promise<IssueResult> {
  const claimed = await claim(context, message, intent);
  if (!claimed) return { outcome: 'deferred', reason: 'creating' };
  const existing = await context.issues.findByNonce(intent.nonce);
  if (message.isGone && existing === undefined) {
    await forget(context, message, claimed);
    return { outcome: 'rejected', reason: 'gone' };
  }
  const created =
    existing === undefined
      ? await create(context, message, claimed)
      : await adopt(context, message, existing, claimed);
  return finishNew(context, message, claimed, created);
}

async function finishNew<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  intent: OriginRecord,
  created: Created<Value>,
): Promise<IssueResult> {
  if (!created) return { outcome: 'deferred', reason: 'unreadable' };
  if ('refusal' in created) return { outcome: 'failed', ...created.refusal };
  const { connection, store } = context;
  const { link, snapshot } = created;
  const { nonce, since } = intent;
  const isDone = await store.commit([
    { entity: 'link', key: linkKey(connection, link.issue), value: link },
    {
      entity: 'origin',
      key: originKey(message.origin),
      value: { ...intent, issue: link.issue },
      when: { nonce, since },
    },
  ]);
  if (!isDone) return { outcome: 'deferred', reason: 'creating' };
  // What takes more than the one request: a walk to the status, comments.
  return givingBack(context, link, () =>
    message.isGone ? endTwin(context, link) : finishApply(context, link, snapshot, message),
  );
}

/** The intent, ours alone from now on; `undefined` where somebody else may still be at it. */
async function claim<Value>(
  { store, sources }: SyncContext<Value>,
  { origin }: IssueMessage<Value>,
  intent: OriginRecord,
): Promise<OriginRecord | undefined> {
  const now = sources.now();
  const key = originKey(origin);
  const { nonce, since } = intent;
  if (now < since + UNKNOWN_CREATE_MS) return undefined;
  const record = { ...intent, since: now };
  const when = { nonce, since };
  return (await store.commit([{ entity: 'origin', key, value: record, when }]))
    ? record
    : undefined;
}

async function create<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  intent: OriginRecord,
): Promise<Created<Value>> {
  const { issues, rules, sources } = context;
  const sent = Object.entries(message.aliases).filter(
    ([name]) => rules.takes(name) && !issues.isStepwise(name),
  );
  const aliases = new Map(sent.map(([name, alias]) => [name, aliasOf(alias)]));
  const write = sources.newId();
  const seal = intent.seal ?? sources.newId();
  const markerOf = (names: readonly string[]): Marker => ({
    seal,
    write,
    aliases: Object.fromEntries(
      [...aliases]
        .filter(([name]) => names.includes(name))
        .map(([name, after]) => [name, { write, after }]),
    ),
  });
  const writes = {
    ...Object.fromEntries(sent.map(([name, alias]) => [name, writeOf(alias)])),
    ...showing(context, {}, message.standing),
  };
  const birth = { nonce: intent.nonce, ...pathOf(context, message) };
  try {
    const created = await issues.create(writes, birth, markerOf);
    if ('refusal' in created) {
      await forget(context, message, intent);
      return created;
    }
    return newTwin(context, message, created, aliases);
  } catch (error) {
    // Nothing was created, for certain: whoever tries again need not look for it.
    const isRefused = error instanceof JiraError && error.code === 'impersonation-refused';
    const isNowhere = error instanceof IssueUnreadable;
    if (isRefused || isNowhere) await forget(context, message, intent);
    if (isNowhere) return undefined;
    throw error;
  }
}

async function forget<Value>(
  { store }: SyncContext<Value>,
  { origin }: IssueMessage<Value>,
  { nonce, since }: OriginRecord,
): Promise<void> {
  const key = originKey(origin);
  await store.commit([{ entity: 'origin', key, value: undefined, when: { nonce, since } }]);
}

function newTwin<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  { issue, readBack, refused, partly, changes }: CreatedIssue<Value>,
  written: ReadonlyMap<string, Alias>,
): New<Value> {
  const aliases = Object.entries(readBack).map(([name, now]): [string, Alias] => {
    const alias = Object.hasOwn(refused, name) ? undefined : written.get(name);
    return [name, alias ? writtenAlias(alias, now) : untouched(now, context.site)];
  });
  const link: LinkRecord = {
    ...newLink(context, message, issue),
    aliases: Object.fromEntries(aliases),
    echoes: changes,
    ...(Object.keys(partly).length > 0 ? { partly: Object.keys(partly) } : {}),
  };
  return { link, snapshot: { aliases: readBack, comments: [] } };
}

/** What was created before, as its marker and its history tell it. */
async function adopt<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  issue: string,
  { seal }: OriginRecord,
): Promise<New<Value> | undefined> {
  const link = newLink(context, message, issue);
  const snapshot = await context.issues.read(issue, link.aliases, seal);
  if (!snapshot) return undefined;
  const { uncommitted: _stored, ...adopted } = lookAt(context, link, snapshot).link;
  return { link: adopted, snapshot };
}

function newLink<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  issue: string,
): LinkRecord {
  const { connection, rules, sources } = context;
  const { origin, path } = pathOf(context, message);
  return {
    connection,
    contract: rules.contract.id,
    issue,
    remote: message.issue,
    state: 'linked',
    origin,
    path,
    aliases: {},
    lease: { owner: sources.newId(), until: sources.now() + LEASE_MS },
    seal: sources.newId(),
    revision: 1,
  };
}

const pathOf = <Value>({ site }: SyncContext<Value>, { origin, path }: IssueMessage<Value>) => ({
  origin,
  path: [...path, site],
});

/** `mine` is not known before Jira has answered. */
function aliasOf<Value>(sent: SentAlias<Value>): Alias {
  if (sent.kind === 'set') return { ...sent, dirty: false };
  const { version, dot, stamp } = sent;
  return { kind: 'value', version, dot, stamp, mine: '', dirty: false };
}

const writeOf = <Value>(sent: SentAlias<Value>): AliasWrite<Value> =>
  sent.kind === 'set'
    ? { kind: 'set', add: Object.keys(sent.elements), remove: [] }
    : { kind: 'value', value: sent.value };
