/** Who may use a key: what the endpoint asks before anything else. */
import { z } from 'zod';
import type { Caller } from '../wire/endpoint';
import { setFact } from './facts';
import type { ConnectionStores } from './ports';
import { factName, secretName, type ConnectionEnd, type KeyRecord } from './records';

/** How long a probe key is good for. */
export const PROBE_LIFETIME_MS = 60_000;

const probeSchema = z.strictObject({ key: z.string(), expiresAt: z.number() });

export interface KnownCaller extends Caller {
  /** The connection, as its key's record repeats it: the endpoint need not read it again. */
  end?: ConnectionEnd;
}

/**
 * Always two reads, whether there is such a key or not: the time of an answer tells nothing.
 *
 * @param now milliseconds since the epoch
 */
export async function findCaller(
  stores: ConnectionStores,
  now: number,
  keyId: string,
): Promise<KnownCaller | undefined> {
  const record = await stores.records.find('connection-key', keyId);
  if (record !== undefined && isAccepted(record, now)) {
    const { connection, paused, passive, remoteSite } = record;
    const key = await stores.secrets.find(secretName.localKey(connection, keyId));
    return key === undefined
      ? undefined
      : {
          key,
          connectionId: connection,
          paused,
          passive,
          remoteSiteId: remoteSite,
          ...endIn(record),
        };
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

function endIn({ name, localUser, ...record }: KeyRecord): Pick<KnownCaller, 'end'> {
  if (name === undefined || localUser === undefined) return {};
  const { paused, passive, remoteSite, contractsRevision } = record;
  const end: ConnectionEnd = {
    name,
    localUser,
    passive,
    state: paused ? 'paused' : 'running',
    ...(remoteSite === undefined ? {} : { remoteSite }),
    ...(contractsRevision === undefined ? {} : { contractsRevision }),
  };
  return { end };
}

/**
 * How far the time of the last accepted request may be behind: a passive side is asked every minute, and a note
 * would double what that costs.
 */
const SEEN_MS = 60 * 60_000;

/** Writes down that a request was accepted, at most once an hour. `at`: ms since the epoch. */
export type NoteAccepted = (connectionId: string, at: number) => Promise<void>;

/** A process that has written it down does not ask the store again: only ids and times are kept. */
export function acceptedNotes(stores: ConnectionStores): NoteAccepted {
  const kept = new Map<string, number>();
  return async (connectionId, at) => {
    if (at - (kept.get(connectionId) ?? -Infinity) < SEEN_MS) return;
    const name = factName.seen(connectionId);
    const seen = await stores.facts.find(name);
    const seenAt = typeof seen === 'string' ? Date.parse(seen) : -Infinity;
    const isKnown = at - seenAt < SEEN_MS;
    if (!isKnown) await setFact(stores, connectionId, name, new Date(at).toISOString());
    kept.set(connectionId, isKnown ? seenAt : at);
  };
}

function isAccepted(record: KeyRecord, now: number): boolean {
  if (record.state === 'current') return true;
  return record.state === 'previous' && Date.parse(record.endsAt ?? '') > now;
}
