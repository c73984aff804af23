/** Plain keys and secrets, through the real `@forge/kvs`. Each case names the page it rests on. */
import {
  ForgeKvsAPIError,
  ForgeKvsError,
  isOverrideAndReturnOptions,
  MetadataField,
} from '@forge/kvs';
import { Clock } from '../../sandbox/clock';
import { MemoryStorage } from '../../sandbox/storage';
import { kvs, nested, refusal, send, startKvs, type KvsUnderTest } from '../support/kvs-sdk';

let sandbox: KvsUnderTest;
beforeEach(() => {
  sandbox = startKvs();
});

const EVERYTHING = {
  metadataFields: [MetadataField.CREATED_AT, MetadataField.UPDATED_AT, MetadataField.EXPIRE_TIME],
};
const HOUR = 3_600_000;

/** `JSON.stringify` of it takes exactly that many bytes. */
const textOfBytes = (bytes: number): string => 'x'.repeat(bytes - 2);

describe('plain keys (Forge: Key-Value Store)', () => {
  test.each<[string, unknown]>([
    ['a string', 'Hello world'],
    ['a number', 123],
    ['a boolean', false],
    ['an array', ['Hello', { a: [1] }]],
    ['an object', { hello: 'world', none: null }],
  ])('keep %s (Forge: kvs.set)', async (_kind, value) => {
    await kvs.set('example-key', value);
    await expect(kvs.get('example-key')).resolves.toEqual(value);
  });

  it('answer undefined for a key that does not exist (Forge: kvs.get)', async () => {
    await expect(kvs.get('nothing')).resolves.toBeUndefined();
  });

  it('are deleted, whether they exist or not (Forge: kvs.delete)', async () => {
    await kvs.set('key', 1);
    await kvs.delete('key');
    await kvs.delete('key');
    await expect(kvs.get('key')).resolves.toBeUndefined();
  });

  it('store JSON, not objects: what is read is a copy, without undefined and with dates as text', async () => {
    const value = { when: new Date(0), gone: undefined, list: [1] };
    await kvs.set('key', value);
    value.list.push(2);
    const stored = await kvs.get<typeof value>('key');
    stored?.list.push(3);
    await expect(kvs.get('key')).resolves.toStrictEqual({
      when: '1970-01-01T00:00:00.000Z',
      list: [1],
    });
  });

  it('survive a restart of the service', async () => {
    const storage = new MemoryStorage();
    startKvs({ storage });
    await kvs.set('key', 1);
    startKvs({ storage });
    await expect(kvs.get('key')).resolves.toBe(1);
  });

  it('are another installation’s business only', async () => {
    await kvs.set('key', 1);
    startKvs();
    await expect(kvs.get('key')).resolves.toBeUndefined();
  });
});

describe('the key (Forge: KVS limits; Error handling for the Key-Value Store)', () => {
  it.each(['a', 'A1:._ -#', 'k'.repeat(500)])('may be %j', async (key) => {
    await kvs.set(key, 1);
    await expect(kvs.get(key)).resolves.toBe(1);
  });

  it.each([
    ['empty', '', '400 KEY_TOO_SHORT'],
    ['501 characters long', 'k'.repeat(501), '400 KEY_TOO_LONG'],
    ['only white space', '   ', '400 INVALID_KEY'],
    ['with a slash', 'a/b', '400 INVALID_KEY'],
    ['with an at sign', 'a@b', '400 INVALID_KEY'],
    ['not ASCII', 'größe', '400 INVALID_KEY'],
  ])('is refused when %s', async (_why, key, expected) => {
    expect(await refusal(kvs.set(key, 1))).toBe(expected);
    expect(await refusal(kvs.get(key))).toBe(expected);
    expect(await refusal(kvs.delete(key))).toBe(expected);
    expect(await refusal(kvs.setSecret(key, 1))).toBe(expected);
  });
});

describe('the value', () => {
  it('has at most 240 KiB as JSON, counted in bytes (Forge: KVS limits)', async () => {
    await kvs.set('key', textOfBytes(240 * 1024));
    expect(await refusal(kvs.set('key', textOfBytes(240 * 1024 + 1)))).toBe('400 MAX_SIZE');
    expect(await refusal(kvs.set('key', 'ü'.repeat(130 * 1024)))).toBe('400 MAX_SIZE');
  });

  it('has at most 31 levels (Forge: KVS limits)', async () => {
    await kvs.set('key', nested(31));
    expect(await refusal(kvs.set('key', nested(32)))).toBe('400 MAX_DEPTH');
  });
});

describe('writing (Forge: Change write conflict strategy)', () => {
  it('is last-write-wins by default and with OVERRIDE', async () => {
    await kvs.set('key', 1);
    await kvs.set('key', 2);
    await kvs.set('key', 3, { keyPolicy: 'OVERRIDE' });
    await expect(kvs.get('key')).resolves.toBe(3);
  });

  it('with FAIL_IF_EXISTS refuses an existing key: 409 KEY_CONFLICT (Forge: KVS REST API)', async () => {
    await kvs.set('key', 1, { keyPolicy: 'FAIL_IF_EXISTS' });
    expect(await refusal(kvs.set('key', 2, { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe(
      '409 KEY_CONFLICT',
    );
    await expect(kvs.get('key')).resolves.toBe(1);
  });

  it('with FAIL_IF_EXISTS has exactly one winner among concurrent writers', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, writer) =>
        kvs.set('key', writer, { keyPolicy: 'FAIL_IF_EXISTS' }),
      ),
    );
    const winners = outcomes.flatMap(({ status }, writer) =>
      status === 'fulfilled' ? [writer] : [],
    );
    expect(winners).toHaveLength(1);
    await expect(kvs.get('key')).resolves.toBe(winners[0]);
  });

  it('returns the previous or the latest value when asked', async () => {
    const previous = { keyPolicy: 'OVERRIDE', returnValue: 'PREVIOUS' } as const;
    const latest = { keyPolicy: 'OVERRIDE', returnValue: 'LATEST' } as const;
    await expect(kvs.set('key', 1, previous)).resolves.toBeUndefined();
    await expect(kvs.set('key', 2, previous)).resolves.toStrictEqual({ key: 'key', value: 1 });
    await expect(kvs.set('key', 3, latest)).resolves.toStrictEqual({ key: 'key', value: 3 });
  });

  it('does not return a value with FAIL_IF_EXISTS (Forge: KVS REST API)', async () => {
    const options = { keyPolicy: 'FAIL_IF_EXISTS', returnValue: 'LATEST' };
    const answer = await send(sandbox.service, '/api/v1/set', { key: 'key', value: 1, options });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'INVALID_KEY_POLICY_RETURN_VALUE_COMBINATION' },
    });
  });
});

describe('metadata (Forge: kvs.get)', () => {
  it('tells when a key was made and last written', async () => {
    const made = sandbox.clock.now();
    await kvs.set('key', 1);
    await sandbox.clock.advance(1500);
    await kvs.set('key', 2);
    await expect(kvs.get('key', EVERYTHING)).resolves.toEqual({
      key: 'key',
      value: 2,
      createdAt: made,
      updatedAt: made + 1500,
    });
  });

  it('comes back from a write that asks for it', async () => {
    const answer = await kvs.set('key', 1, {
      keyPolicy: 'OVERRIDE',
      returnValue: 'LATEST',
      returnMetadataFields: [MetadataField.UPDATED_AT],
      ttl: { value: 1, unit: 'DAYS' },
    });
    expect(answer).toEqual({ key: 'key', value: 1, updatedAt: sandbox.clock.now() });
  });

  it('is not sent unless it is asked for (Forge: Time-to-live)', async () => {
    await kvs.set('key', 1, { ttl: { value: 1, unit: 'DAYS' } });
    const { body } = await send(sandbox.service, '/api/v1/get', { key: 'key' });
    expect(body).toStrictEqual({ key: 'key', value: 1 });
  });
});

describe('time to live (Forge: Time-to-live)', () => {
  it.each([
    ['SECONDS', 1000],
    ['MINUTES', 60_000],
    ['HOURS', HOUR],
    ['DAYS', 24 * HOUR],
  ] as const)('counts in %s and is told as EXPIRE_TIME, in ISO 8601', async (unit, ms) => {
    await kvs.set('key', 1, { ttl: { value: 2, unit } });
    const expireTime = new Date(sandbox.clock.now() + 2 * ms).toISOString();
    await expect(kvs.get('key', EVERYTHING)).resolves.toMatchObject({ expireTime });
  });

  it('ends the value, but a read may return it for up to 48 hours more', async () => {
    await kvs.set('key', 1, { ttl: { value: 1, unit: 'HOURS' } });
    await sandbox.clock.advance(49 * HOUR - 1);
    await expect(kvs.get('key')).resolves.toBe(1);
    await expect(kvs.query().getMany()).resolves.toMatchObject({ results: [{ key: 'key' }] });
    expect(sandbox.service.dump().plain).toEqual([]);
    await sandbox.clock.advance(1);
    await expect(kvs.query().getMany()).resolves.toMatchObject({ results: [] });
    await expect(kvs.get('key')).resolves.toBeUndefined();
  });

  it('is at most a year', async () => {
    await kvs.set('key', 1, { ttl: { value: 365, unit: 'DAYS' } });
    expect(await refusal(kvs.set('key', 1, { ttl: { value: 366, unit: 'DAYS' } }))).toBe(
      '400 INVALID_TTL',
    );
  });
});

describe('secrets (Forge: Encrypting stored data)', () => {
  it('are set, read with metadata, and deleted like plain keys', async () => {
    await kvs.setSecret('key', 'secret', { keyPolicy: 'FAIL_IF_EXISTS' });
    expect(await refusal(kvs.setSecret('key', 'x', { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe(
      '409 KEY_CONFLICT',
    );
    await expect(kvs.getSecret('key', EVERYTHING)).resolves.toEqual({
      key: 'key',
      value: 'secret',
      createdAt: sandbox.clock.now(),
      updatedAt: sandbox.clock.now(),
    });
    await kvs.deleteSecret('key');
    await expect(kvs.getSecret('key')).resolves.toBeUndefined();
  });

  it('are apart from plain keys, and in no query', async () => {
    await kvs.setSecret('key', 'secret');
    await expect(kvs.get('key')).resolves.toBeUndefined();
    await expect(kvs.query().getMany()).resolves.toMatchObject({ results: [] });
    expect(sandbox.service.dump()).toMatchObject({ plain: [], secrets: [['key', 'secret']] });
  });

  it('have at most 128 KiB', async () => {
    await kvs.setSecret('key', textOfBytes(128 * 1024));
    expect(await refusal(kvs.setSecret('key', textOfBytes(128 * 1024 + 1)))).toBe('400 MAX_SIZE');
  });
});

describe('errors (Package: @forge/kvs errors)', () => {
  it('tell the code, the message, and what was asked', async () => {
    const error: unknown = await kvs.get('a/b').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ForgeKvsError);
    expect(error).toBeInstanceOf(ForgeKvsAPIError);
    expect(error).toMatchObject({
      code: 'INVALID_KEY',
      message: expect.stringContaining('does not match the regex'),
      responseDetails: { status: 400, httpMethod: 'POST', httpPath: '/api/v1/get' },
    });
  });

  it('know which options ask for a value back', () => {
    expect(isOverrideAndReturnOptions({ keyPolicy: 'OVERRIDE', returnValue: 'LATEST' })).toBe(true);
    expect(isOverrideAndReturnOptions({ keyPolicy: 'FAIL_IF_EXISTS' })).toBe(false);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  it.each([0, -1, 1.5])('refuses a time to live of %d: INVALID_TTL [2nd]', async (value) => {
    expect(await refusal(kvs.set('key', 1, { ttl: { value, unit: 'DAYS' } }))).toBe(
      '400 INVALID_TTL',
    );
  });

  it('refuses an unknown unit of time to live', async () => {
    const options = { ttl: { value: 1, unit: 'WEEKS' } };
    await expect(
      send(sandbox.service, '/api/v1/set', { key: 'key', value: 1, options }),
    ).resolves.toMatchObject({ status: 400, body: { code: 'INVALID_TTL' } });
  });

  it('counts an expired key as existing until it is deleted', async () => {
    await kvs.set('key', 1, { ttl: { value: 1, unit: 'SECONDS' } });
    await sandbox.clock.advance(HOUR);
    expect(await refusal(kvs.set('key', 2, { keyPolicy: 'FAIL_IF_EXISTS' }))).toBe(
      '409 KEY_CONFLICT',
    );
    await sandbox.clock.advance(48 * HOUR);
    await kvs.set('key', 2, { keyPolicy: 'FAIL_IF_EXISTS' });
  });

  it('lets a write without a time to live take the old one away', async () => {
    await kvs.set('key', 1, { ttl: { value: 1, unit: 'SECONDS' } });
    await kvs.set('key', 2);
    await sandbox.clock.advance(100 * HOUR);
    await expect(kvs.get('key')).resolves.toBe(2);
  });

  it.each([null, undefined])('refuses the value %p', async (value) => {
    expect(await refusal(kvs.set('key', value))).toBe('400 INVALID_VALUE');
  });

  it('refuses everything without the scope storage:app (Forge: Scope requirement; 403 is a guess)', async () => {
    startKvs({ hasScope: false });
    expect(await refusal(kvs.get('key'))).toBe('403 FORBIDDEN');
    expect(await refusal(kvs.set('key', 1))).toBe('403 FORBIDDEN');
    expect(await refusal(kvs.transact().set('key', 1).execute())).toBe('403 FORBIDDEN');
  });

  it('knows no other path, method or body', async () => {
    const { service } = sandbox;
    expect((await service.handle('/api/v1/list', { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await service.handle('/api/v1/get', { method: 'GET' })).status).toBe(405);
    expect((await service.handle('/api/v1/get', { method: 'POST', body: '{' })).status).toBe(400);
    await expect(send(service, '/api/v1/get', [])).resolves.toMatchObject({ status: 400 });
  });

  it('keeps a real clock’s time too', async () => {
    const clock = new Clock('real');
    startKvs({ clock });
    const before = clock.now();
    await kvs.set('key', 1);
    const read = await kvs.get<number>('key', EVERYTHING);
    expect(read?.createdAt).toBeGreaterThanOrEqual(before);
  });
});
