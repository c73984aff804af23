/** Batches, through the real `@forge/kvs`. */
import { MetadataField } from '@forge/kvs';
import { kvs, refusal, send, startKvs, type KvsUnderTest } from '../support/kvs-sdk';

let sandbox: KvsUnderTest;
beforeEach(() => {
  sandbox = startKvs();
});

const entityName = 'employee';
const davis = { surname: 'Davis', age: 30 };
const items = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ key: `key${at}`, value: at }));

describe('a batch (Forge: Batch operations)', () => {
  it('sets, reads and deletes plain keys and records', async () => {
    const keys = [{ key: 'a' }, { key: 'e1', entityName }];
    await expect(
      kvs.batchSet<unknown>([
        { key: 'a', value: 1, options: { ttl: { value: 1, unit: 'DAYS' } } },
        { key: 'e1', value: davis, entityName },
      ]),
    ).resolves.toEqual({ successfulKeys: keys, failedKeys: [] });
    await expect(kvs.batchGet(keys)).resolves.toEqual({
      successfulKeys: [
        { key: 'a', value: 1 },
        { key: 'e1', value: davis, entityName },
      ],
      failedKeys: [],
    });
    await expect(kvs.batchDelete([...keys, { key: 'never-was' }])).resolves.toEqual({
      successfulKeys: [...keys, { key: 'never-was' }],
      failedKeys: [],
    });
    expect(sandbox.service.dump()).toMatchObject({ plain: [], entities: { employee: [] } });
  });

  it('reads metadata when asked', async () => {
    await kvs.set('a', 1);
    const item = { key: 'a', options: { metadataFields: [MetadataField.CREATED_AT] } };
    await expect(kvs.batchGet([item])).resolves.toMatchObject({
      successfulKeys: [{ key: 'a', value: 1, createdAt: sandbox.clock.now() }],
    });
  });

  it('does what it can, and tells what failed and why', async () => {
    const answer = await kvs.batchSet<unknown>([
      { key: 'good', value: 1 },
      { key: 'a/b', value: 1 },
      { key: 'e1', value: { age: 'old' }, entityName },
      { key: 'late', value: 1, options: { ttl: { value: 0, unit: 'DAYS' } } },
    ]);
    expect(answer.successfulKeys).toEqual([{ key: 'good' }]);
    expect(answer.failedKeys).toMatchObject([
      { key: 'a/b', error: { code: 'INVALID_KEY' } },
      { key: 'e1', entityName, error: { code: 'INCORRECT_PROPERTY_TYPE' } },
      { key: 'late', error: { code: 'INVALID_TTL' } },
    ]);
    expect(sandbox.service.dump()).toMatchObject({ plain: [['good', 1]] });
  });

  it('may name the same key of two entities', async () => {
    const answer = await kvs.batchSet<unknown>([
      { key: 'a', value: 1 },
      { key: 'a', value: davis, entityName },
    ]);
    expect(answer.failedKeys).toEqual([]);
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  it('a key that does not exist fails a read with KEY_NOT_FOUND [2nd]', async () => {
    await kvs.set('a', 1);
    await expect(kvs.batchGet([{ key: 'a' }, { key: 'b' }])).resolves.toEqual({
      successfulKeys: [{ key: 'a', value: 1 }],
      failedKeys: [
        { key: 'b', error: { code: 'KEY_NOT_FOUND', message: 'Provided key does not exist' } },
      ],
    });
  });

  it('an undeclared entity fails its own item only (seen for single calls [2nd])', async () => {
    const answer = await kvs.batchSet([...items(1), { key: 'x', value: 1, entityName: 'unknown' }]);
    expect(answer).toMatchObject({
      successfulKeys: [{ key: 'key0' }],
      failedKeys: [{ key: 'x', entityName: 'unknown', error: { code: 'SCHEMA_NOT_FOUND' } }],
    });
  });

  it('25 items are accepted, 26 are TOO_MANY_BATCH_ENTITIES [2nd, seen for set]', async () => {
    await kvs.batchSet(items(25));
    expect(await refusal(kvs.batchSet(items(26)))).toBe('400 TOO_MANY_BATCH_ENTITIES');
    expect(await refusal(kvs.batchGet(items(26)))).toBe('400 TOO_MANY_BATCH_ENTITIES');
    expect(await refusal(kvs.batchDelete(items(26)))).toBe('400 TOO_MANY_BATCH_ENTITIES');
    expect(sandbox.service.dump().plain).toHaveLength(25);
  });

  it('a key named twice fails the batch (documented; KEY_DUPLICATION_ERROR is [2nd])', async () => {
    const twice = [...items(2), { key: 'key0', value: 9 }];
    expect(await refusal(kvs.batchSet(twice))).toBe('400 KEY_DUPLICATION_ERROR');
    expect(sandbox.service.dump().plain).toEqual([]);
  });

  it('an empty batch fails (documented; the code is a guess)', async () => {
    expect(await refusal(kvs.batchSet([]))).toBe('400 EMPTY_BATCH');
  });

  it('a payload of more than 4 MB fails (documented; the code is a guess)', async () => {
    const big = items(17).map(({ key }) => ({ key, value: 'x'.repeat(240 * 1024 - 2) }));
    expect(await refusal(kvs.batchSet(big))).toBe('400 MAX_SIZE');
  });

  it('there is no key policy in a batch [2nd: the REST schema has only the time to live]', async () => {
    const body = [{ key: 'a', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }];
    const answer = await send(sandbox.service, '/api/v1/batch/set', body);
    expect(answer.status).toBe(400);
    await expect(kvs.get('a')).resolves.toBeUndefined();
  });
});
