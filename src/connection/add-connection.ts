/**
 * Adds a connection. The order of the writes is what keeps it whole under concurrency and crashes:
 * reservations, then secrets, then one transaction that makes everything real (see `reservations.ts`).
 */
import { keyIdOf } from '../wire/authentication-key';
import { checkDraft, type CheckedConnection, type ConnectionDraft } from './draft';
import { checkLocalUser } from './local-user';
import type { ConnectionStores, SetUp, Sources } from './ports';
import type { StoredConnection } from './read-connection';
import { secretName, storedLocalUser, type ConnectionRecord } from './records';
import { Refusal, type Problem } from './refusal';
import { clearLeftovers, release, reserve } from './reservations';

/**
 * Checks a draft and stores it.
 *
 * @throws Refusal for each field that cannot be taken, `duplicate-key` and `duplicate-name` (both are
 *   told), `jira-unavailable`; nothing is stored then
 */
export async function addConnection(
  draft: ConnectionDraft,
  { stores, sources, jira, callerId, endpointUrl }: SetUp,
): Promise<StoredConnection> {
  const checked = checkDraft(draft, endpointUrl);
  await checkLocalUser(jira, checked.localUser, callerId);
  return storeConnection(stores, sources, checked);
}

async function storeConnection(
  stores: ConnectionStores,
  sources: Sources,
  checked: CheckedConnection & { localKey: string },
): Promise<StoredConnection> {
  const id = sources.newId();
  const keyId = keyIdOf(checked.localKey);
  const reservedAt = new Date(sources.now()).toISOString();
  const record: ConnectionRecord = {
    name: checked.name,
    nameKey: checked.nameKey,
    localUser: storedLocalUser(checked.localUser),
    ...(checked.remoteUrl === undefined ? {} : { remoteUrl: checked.remoteUrl }),
    ...(checked.remoteKey === undefined ? {} : { remoteKeySlot: 'a' as const }),
    hasPreviousRemoteKey: false,
    passive: checked.passive,
    ...(checked.alternativeBaseUrl === undefined
      ? {}
      : { alternativeBaseUrl: checked.alternativeBaseUrl }),
    state: 'running',
    keyId,
    createdAt: reservedAt,
    revision: 1,
  };
  const keyRecord = { connection: id, paused: false, passive: checked.passive, reservedAt };
  const nameRecord = { connection: id, reservedAt };
  const mine = { connection: id, state: 'reserved' } as const;

  const hasKey = await reserve(stores, sources.now(), 'connection-key', keyId, {
    ...keyRecord,
    state: 'reserved',
  });
  const hasName = await reserve(stores, sources.now(), 'connection-name', checked.nameKey, {
    ...nameRecord,
    state: 'reserved',
  });
  const giveBack = async (): Promise<void> => {
    if (hasName) await release(stores, 'connection-name', checked.nameKey, id);
    if (hasKey) await release(stores, 'connection-key', keyId, id);
  };
  if (!hasKey || !hasName) {
    await giveBack();
    throw new Refusal([...(hasKey ? [] : [DUPLICATE_KEY]), ...(hasName ? [] : [DUPLICATE_NAME])]);
  }
  try {
    await stores.secrets.set(secretName.localKey(id, keyId), checked.localKey);
    if (checked.remoteKey !== undefined) {
      await stores.secrets.set(secretName.remoteKey(id, 'a'), checked.remoteKey);
    }
    const stored = await stores.records.commit([
      { entity: 'connection', key: id, value: record },
      {
        entity: 'connection-key',
        key: keyId,
        value: { ...keyRecord, state: 'current' },
        when: mine,
      },
      {
        entity: 'connection-name',
        key: checked.nameKey,
        value: { ...nameRecord, state: 'current' },
        when: mine,
      },
    ]);
    if (!stored) throw new Error('The reservations of a connection were lost while it was added.');
  } catch (error) {
    // Whether the commit came through is unknown when it threw: only what is still reserved goes.
    await giveBack();
    await clearLeftoversUnlessStored(stores, id, keyId);
    throw error;
  }
  return { id, record };
}

export const DUPLICATE_KEY: Problem = {
  field: 'localKey',
  code: 'duplicate-key',
  message:
    'Another connection on this site uses this key. The key alone tells which connection a request belongs to: use Generate.',
};

export const DUPLICATE_NAME: Problem = {
  field: 'name',
  code: 'duplicate-name',
  message: 'Another connection on this site has this name. Choose another one.',
};

async function clearLeftoversUnlessStored(
  stores: ConnectionStores,
  id: string,
  keyId: string,
): Promise<void> {
  const stored = await stores.records.find('connection', id);
  if (stored === undefined) await clearLeftovers(stores, id, keyId);
}
