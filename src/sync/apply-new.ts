/** Creating the twin of an issue that is new here: once, whatever becomes of the answers. */
import { writtenAlias, type Alias, type AliasWrite, type SentAlias } from './alias';
import type { SyncContext } from './context';
import { lookAt } from './link';
import type { IssueMessage, IssueResult } from './messages';
import { linkKey, originKey, type LinkRecord, type Marker, type OriginRecord } from './records';

/** After a create whose answer is unknown: by then Jira has it, and it is found by key, not only by an index that lags. */
export const UNKNOWN_CREATE_MS = 3 * 60_000;

/** @param intent of a create that was begun before and of which nothing more is known */
export async function applyNew<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  intent: OriginRecord | undefined,
): Promise<IssueResult> {
  const claimed = await claim(context, message, intent);
  if (!claimed) return { outcome: 'deferred', reason: 'creating' };
  const existing = intent && (await context.issues.findByNonce(intent.nonce));
  const created =
    existing === undefined
      ? await create(context, message, claimed)
      : await adopt(context, message, existing);
  if (!created) return { outcome: 'deferred', reason: 'unreadable' };
  const { connection, store } = context;
  const { issue, aliases } = created;
  const { nonce, since } = claimed;
  const isDone = await store.commit([
    { entity: 'link', key: linkKey(connection, issue), value: created },
    {
      entity: 'origin',
      key: originKey(message.origin),
      value: { ...claimed, issue },
      when: { nonce, since },
    },
  ]);
  if (!isDone) return { outcome: 'deferred', reason: 'creating' };
  return {
    outcome: 'done',
    twin: issue,
    aliases: Object.fromEntries(
      Object.entries(aliases).map(([name, { version }]) => [name, { outcome: 'applied', version }]),
    ),
  };
}

/** The intent, ours alone for now; `undefined` where somebody else may still be at it. */
async function claim<Value>(
  { connection, store, sources }: SyncContext<Value>,
  { origin }: IssueMessage<Value>,
  intent: OriginRecord | undefined,
): Promise<OriginRecord | undefined> {
  const now = sources.now();
  const key = originKey(origin);
  if (!intent) {
    const record = { connection, nonce: sources.newId(), since: now };
    return (await store.create('origin', key, record)) ? record : undefined;
  }
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
  { nonce }: OriginRecord,
): Promise<LinkRecord> {
  const aliases = mapAliases(message, aliasOf);
  const marker: Marker = {
    write: context.sources.newId(),
    aliases: mapAliases(message, (sent) => ({ after: aliasOf(sent) })),
  };
  const writes = mapAliases(message, writeOf);
  const passed = pathOf(context, message);
  const { issue, readBack } = await context.issues.create(writes, { nonce, ...passed }, marker);
  const written = Object.entries(aliases).map(([name, alias]) => {
    const now = readBack[name];
    return [name, now ? writtenAlias(alias, now) : alias] as const;
  });
  return {
    ...newLink(context, message, issue),
    aliases: Object.fromEntries(written),
    lastWrite: marker.write,
  };
}

/** What was created before, as its marker and its history tell it. */
async function adopt<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  issue: string,
): Promise<LinkRecord | undefined> {
  const snapshot = await context.issues.read(issue);
  return snapshot && lookAt(newLink(context, message, issue), snapshot, context.site).link;
}

function newLink<Value>(
  context: SyncContext<Value>,
  message: IssueMessage<Value>,
  issue: string,
): LinkRecord {
  const { connection } = context;
  const { origin, path } = pathOf(context, message);
  return {
    connection,
    issue,
    remote: message.issue,
    state: 'linked',
    origin,
    path,
    aliases: {},
    revision: 1,
  };
}

const pathOf = <Value>({ site }: SyncContext<Value>, { origin, path }: IssueMessage<Value>) => ({
  origin,
  path: [...path, site],
});

const mapAliases = <Value, To>(
  { aliases }: IssueMessage<Value>,
  map: (sent: SentAlias<Value>) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(aliases).map(([name, sent]) => [name, map(sent)]));

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
