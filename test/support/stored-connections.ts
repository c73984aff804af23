/** What a site stores of its connections, and whether all of it belongs together. */
import { keyIdOf } from '../../src/wire/authentication-key';
import type { ConnectionRecord, KeyRecord, ReservedRecord } from '../../src/connection/records';
import type { TestSite } from './sites';

/** Key ids that the endpoint accepts now. */
export function openKeys(site: TestSite): string[] {
  const { entities, secrets } = site.kvs.dump();
  const names = secrets.map(([name]) => name);
  return (entities['connection-key'] ?? [])
    .filter(([keyId, record]) => {
      const { state, connection } = record as KeyRecord;
      return state !== 'reserved' && names.includes(`local-key:${connection}:${keyId}`);
    })
    .map(([keyId]) => keyId);
}

/** Every record, reservation, secret and fact has its partner, and repeats what the record says. */
export function expectWhole(site: TestSite): void {
  const { entities, secrets, plain } = site.kvs.dump();
  const connections = (entities.connection ?? []) as [string, ConnectionRecord][];
  const present = (...keyIds: (string | undefined)[]): string[] =>
    keyIds.filter((keyId) => keyId !== undefined);
  const remotePlaces = connections.flatMap(([id, { remoteKeyId, previousRemoteKeyId }]) =>
    present(remoteKeyId, previousRemoteKeyId).map((keyId) => `${id}:${keyId}`),
  );

  expect(Object.fromEntries((entities['connection-key'] ?? []).map(withoutReservedAt))).toEqual(
    Object.fromEntries(connections.flatMap(([id, record]) => expectedKeys(id, record))),
  );
  expect(Object.fromEntries((entities['connection-name'] ?? []).map(withoutReservedAt))).toEqual(
    Object.fromEntries(
      connections.map(([id, { nameKey }]) => [nameKey, { connection: id, state: 'current' }]),
    ),
  );
  expect(Object.fromEntries((entities['remote-key'] ?? []).map(withoutReservedAt))).toEqual(
    Object.fromEntries(
      remotePlaces.map((place) => [place, { connection: place.split(':')[0], state: 'current' }]),
    ),
  );
  const localSecrets = connections.flatMap(([id, { keyId, previousKeyId }]) =>
    present(keyId, previousKeyId).map((one) => `local-key:${id}:${one}`),
  );
  expect(secrets.map(([name]) => name).sort()).toEqual(
    [...localSecrets, ...remotePlaces.map((place) => `remote-key:${place}`)].sort(),
  );
  for (const [name, value] of secrets) expect(name.split(':')[2]).toBe(keyIdOf(String(value)));
  const ids = connections.map(([id]) => id);
  for (const [name] of plain) expect(ids).toContain(name.split(':')[1]);
}

function expectedKeys(id: string, record: ConnectionRecord): [string, unknown][] {
  const { keyId, previousKeyId, rotationEndsAt, remoteSite, contractsRevision, name, localUser } =
    record;
  const shared = {
    connection: id,
    paused: record.state === 'paused',
    passive: record.passive,
    ...(remoteSite === undefined ? {} : { remoteSite }),
    ...(contractsRevision === undefined ? {} : { contractsRevision }),
    name,
    localUser,
  };
  return [
    [keyId, { ...shared, state: 'current' }],
    ...(previousKeyId === undefined
      ? []
      : [
          [previousKeyId, { ...shared, state: 'previous', endsAt: rotationEndsAt }] as [
            string,
            unknown,
          ],
        ]),
  ];
}

function withoutReservedAt([key, record]: [string, unknown]): [string, unknown] {
  const { reservedAt: _when, ...rest } = record as ReservedRecord;
  return [key, rest];
}

/** Everything that is stored, by its key; but for the lease of the schedule, which is the site's. */
export function everythingStored(site: TestSite): string[] {
  const { entities, secrets, plain } = site.kvs.dump();
  const { lease: _, ...others } = entities;
  return [...Object.values(others).flat(), ...secrets, ...plain].map(([key]) => key);
}
