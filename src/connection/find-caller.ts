/** Who may use a key: what the endpoint asks before anything else. */
import { z } from 'zod';
import type { Caller } from '../wire/endpoint';
import type { ConnectionStores } from './ports';
import { factName, secretName, type KeyRecord } from './records';

/** How long a probe key is good for. */
export const PROBE_LIFETIME_MS = 60_000;

const probeSchema = z.strictObject({ key: z.string(), expiresAt: z.number() });

/**
 * Always two reads, whether there is such a key or not: the time of an answer tells nothing.
 *
 * @param now milliseconds since the epoch
 */
export async function findCaller(
  stores: ConnectionStores,
  now: number,
  keyId: string,
): Promise<Caller | undefined> {
  const record = await stores.records.find('connection-key', keyId);
  if (record !== undefined && isAccepted(record, now)) {
    const { connection, paused, passive, remoteSite } = record;
    const key = await stores.secrets.find(secretName.localKey(connection, keyId));
    return key === undefined
      ? undefined
      : { key, connectionId: connection, paused, passive, remoteSiteId: remoteSite };
  }
  const stored = await stores.secrets.find(secretName.probe(keyId));
  if (stored === undefined) return undefined;
  const probe = probeSchema.parse(JSON.parse(stored));
  // The platform may keep an expired value for two days: the time in the value decides.
  if (probe.expiresAt <= now) return undefined;
  return {
    key: probe.key,
    connectionId: undefined,
    paused: false,
    passive: false,
    remoteSiteId: undefined,
  };
}

/** Writes down that a request was accepted, at most once a minute. */
export async function noteAccepted(
  stores: ConnectionStores,
  now: number,
  connectionId: string,
): Promise<void> {
  const name = factName.seen(connectionId);
  const seen = await stores.facts.find(name);
  if (typeof seen === 'string' && now - Date.parse(seen) < 60_000) return;
  await stores.facts.set(name, new Date(now).toISOString());
  await deleteIfRemoved(stores, connectionId, name);
}

/** The connection may have been removed while its request was under way: nothing of it must stay. */
async function deleteIfRemoved(
  stores: ConnectionStores,
  connectionId: string,
  name: string,
): Promise<void> {
  const record = await stores.records.find('connection', connectionId);
  if (record === undefined) await stores.facts.delete(name);
}

function isAccepted(record: KeyRecord, now: number): boolean {
  if (record.state === 'current') return true;
  return record.state === 'previous' && Date.parse(record.endsAt ?? '') > now;
}
