/** What a connection wants for itself: its key, its name, and a place for the remote's key. */
import type { Change } from './ports';
import {
  remoteKeyPlace,
  type ConnectionRecord,
  type KeyRecord,
  type ReservedRecord,
} from './records';
import { CHANGED_MEANWHILE, type Problem } from './refusal';
import type { Reservation } from './reservations';

export const keyReservation = (keyId: string, record: KeyRecord): Reservation => ({
  entity: 'connection-key',
  key: keyId,
  record,
  taken: DUPLICATE_KEY,
});

export const nameReservation = (nameKey: string, record: ReservedRecord): Reservation => ({
  entity: 'connection-name',
  key: nameKey,
  record,
  taken: DUPLICATE_NAME,
});

/** Taken only by another change of the same connection. */
export const remoteKeyReservation = (keyId: string, record: ReservedRecord): Reservation => ({
  entity: 'remote-key',
  key: remoteKeyPlace(record.connection, keyId),
  record,
  taken: CHANGED_MEANWHILE,
});

/** Makes a reserved name real. */
export const keepName = (
  id: string,
  { nameKey, createdAt }: Pick<ConnectionRecord, 'nameKey' | 'createdAt'>,
): Change => ({
  entity: 'connection-name',
  key: nameKey,
  value: { connection: id, state: 'current', reservedAt: createdAt },
  when: { connection: id, state: 'reserved' },
});

const DUPLICATE_KEY: Problem = {
  field: 'localKey',
  code: 'duplicate-key',
  message:
    'Another connection on this site uses this key. The key alone tells which connection a request belongs to: use Generate.',
};

const DUPLICATE_NAME: Problem = {
  field: 'name',
  code: 'duplicate-name',
  message: 'Another connection on this site has this name. Choose another one.',
};
