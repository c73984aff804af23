/** Transactions and their conditions, through the real `@forge/kvs`. */
import { Filter, FilterConditions, MetadataField } from '@forge/kvs';
import { kvs, nested, refusal, send, startKvs, type KvsUnderTest } from '../support/kvs-sdk';

let sandbox: KvsUnderTest;
beforeEach(() => {
  sandbox = startKvs();
});

interface Employee {
  surname: string;
  age: number;
  nationality?: string;
}
const entityName = 'employee';
const employees = kvs.entity<Employee>(entityName);
const davis: Employee = { surname: 'Davis', age: 30 };
const scott: Employee = { surname: 'Scott', age: 41 };

const aged = (age: number) => new Filter<Employee>().and('age', FilterConditions.equalTo(age));

/** A value of that many bytes as JSON. */
const bulk = (bytes: number): string => 'x'.repeat(bytes - 2);

describe('a transaction (Forge: KVS transactions, Custom Entity Store transactions)', () => {
  it('sets and deletes plain keys and records together', async () => {
    await kvs.set('old', 1);
    await employees.set('e2', scott);
    await kvs
      .transact()
      .set('new', 2)
      .delete('old')
      .delete('never-was')
      .set('e1', davis, { entityName })
      .delete('e2', { entityName })
      .execute();
    expect(sandbox.service.dump()).toMatchObject({
      plain: [['new', 2]],
      entities: { employee: [['e1', davis]] },
    });
  });

  it('commits where every condition of a set, a delete and a check holds', async () => {
    await employees.set('e1', davis);
    await employees.set('e2', scott);
    await employees.set('e3', davis);
    await kvs
      .transact()
      .set('e1', { ...davis, age: 31 }, { entityName, conditions: aged(30) })
      .delete('e2', {
        entityName,
        conditions: new Filter<Employee>()
          .or('surname', FilterConditions.beginsWith('X'))
          .or('age', FilterConditions.greaterThan(40)),
      })
      .check('e3', {
        entityName,
        conditions: new Filter<Employee>()
          .and('age', FilterConditions.between(20, 30))
          .and('nationality', FilterConditions.notExists()),
      })
      .execute();
    expect(sandbox.service.dump().entities[entityName]).toEqual([
      ['e1', { ...davis, age: 31 }],
      ['e3', davis],
    ]);
  });

  it.each(['set', 'delete', 'check'] as const)(
    'changes nothing where the condition of a %s does not hold: 400 CONDITIONAL_CHECK_FAILED',
    async (operation) => {
      await employees.set('e1', davis);
      const transaction = kvs.transact().set('other', 1).set('e9', scott, { entityName });
      const condition = { entityName, conditions: aged(31) };
      if (operation === 'set') transaction.set('e1', scott, condition);
      else transaction[operation]('e1', condition);
      expect(await refusal(transaction.execute())).toBe('400 CONDITIONAL_CHECK_FAILED');
      expect(sandbox.service.dump()).toMatchObject({
        plain: [],
        entities: { employee: [['e1', davis]] },
      });
    },
  );

  it('changes nothing where one value or key is refused', async () => {
    const start = () => kvs.transact().set('first', 1);
    expect(await refusal(start().set('a/b', 1).execute())).toBe('400 INVALID_KEY');
    expect(await refusal(start().set('deep', nested(32)).execute())).toBe('400 MAX_DEPTH');
    expect(
      await refusal(
        start()
          .set('big', bulk(240 * 1024 + 1))
          .execute(),
      ),
    ).toBe('400 MAX_SIZE');
    expect(await refusal(start().set('e1', { age: 'x' }, { entityName }).execute())).toBe(
      '400 INCORRECT_PROPERTY_TYPE',
    );
    expect(sandbox.service.dump().plain).toEqual([]);
  });

  it('lets one of many concurrent conditional writers win each round (optimistic locking)', async () => {
    await employees.set('e1', { ...davis, age: 0 });
    const increment = async (): Promise<void> => {
      const age = (await employees.get('e1'))?.age ?? 0;
      await kvs
        .transact()
        .set('e1', { ...davis, age: age + 1 }, { entityName, conditions: aged(age) })
        .execute();
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, increment));
    const won = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(won).toBeGreaterThan(0);
    await expect(employees.get('e1')).resolves.toMatchObject({ age: won });
  });

  it('takes the time to live as the fourth argument of set, each its own', async () => {
    await kvs
      .transact()
      .set('key', 1, undefined, { ttl: { value: 1, unit: 'HOURS' } })
      .set('other', 1)
      .execute();
    const expiry = { metadataFields: [MetadataField.EXPIRE_TIME] };
    await expect(kvs.get('key', expiry)).resolves.toMatchObject({
      expireTime: new Date(sandbox.clock.now() + 3_600_000).toISOString(),
    });
    await expect(kvs.get('other', expiry)).resolves.toMatchObject({ expireTime: undefined });
  });

  it('has one operation at least: 400 INVALID_TRANSACTION_REQUEST (Forge: KVS REST API)', async () => {
    expect(await refusal(kvs.transact().execute())).toBe('400 INVALID_TRANSACTION_REQUEST');
  });
});

describe('cases that rest on [2nd] or UNVERIFIED notes', () => {
  it('it has a payload of at most 4 MB (documented; the code is a guess)', async () => {
    const transaction = (values: number) => {
      const builder = kvs.transact();
      for (let n = 0; n < values; n += 1) builder.set(`key${n}`, bulk(240 * 1024));
      return builder.execute();
    };
    await transaction(16);
    expect(await refusal(transaction(17))).toBe('400 MAX_SIZE');
  });

  it('25 operations are accepted, 26 are 422 UNPROCESSABLE_ENTITY [2nd]', async () => {
    const transaction = (operations: number) => {
      const builder = kvs.transact();
      for (let n = 2; n < operations; n += 1) builder.set(`key${n}`, n);
      return builder
        .delete('gone')
        .check('e1', { entityName, conditions: aged(30) })
        .execute();
    };
    await employees.set('e1', davis);
    expect(await refusal(transaction(26))).toBe('422 UNPROCESSABLE_ENTITY');
    expect(sandbox.service.dump().plain).toEqual([]);
    await transaction(25);
    expect(sandbox.service.dump().plain).toHaveLength(23);
  });

  it('a key used twice is KEY_DUPLICATION_ERROR [2nd], also in two entities', async () => {
    expect(await refusal(kvs.transact().set('key', 1).delete('key').execute())).toBe(
      '400 KEY_DUPLICATION_ERROR',
    );
    expect(
      await refusal(kvs.transact().set('key', 1).set('key', davis, { entityName }).execute()),
    ).toBe('400 KEY_DUPLICATION_ERROR');
  });

  it('a check of a missing record fails [2nd], and so does every condition on one', async () => {
    const absent = new Filter<Employee>().and('age', FilterConditions.notExists());
    const condition = { entityName, conditions: absent };
    for (const transaction of [
      kvs.transact().check('e1', condition),
      kvs.transact().set('e1', davis, condition),
      kvs.transact().delete('e1', condition),
    ]) {
      expect(await refusal(transaction.execute())).toBe('400 CONDITIONAL_CHECK_FAILED');
    }
    await expect(employees.get('e1')).resolves.toBeUndefined();
  });

  it('an undeclared entity is 404 SCHEMA_NOT_FOUND [2nd]', async () => {
    const transaction = kvs.transact().set('key', 1).set('e1', davis, { entityName: 'unknown' });
    expect(await refusal(transaction.execute())).toBe('404 SCHEMA_NOT_FOUND');
    await expect(kvs.get('key')).resolves.toBeUndefined();
  });

  it.each<[string, object]>([
    ['a condition on a plain key', { set: [{ key: 'key', value: 1, conditions: agedClause(30) }] }],
    ['a check of a plain key', { check: [{ key: 'key', conditions: agedClause(30) }] }],
    ['a check without conditions', { check: [{ key: 'e1', entityName }] }],
    ['an unknown operation', { set: [{ key: 'key', value: 1 }], upsert: [] }],
    ['a key policy', { set: [{ key: 'key', value: 1, options: { keyPolicy: 'FAIL_IF_EXISTS' } }] }],
  ])('%s is refused (documented; the code is a guess)', async (_what, body) => {
    const answer = await send(sandbox.service, '/api/v1/transaction', body);
    expect(answer.status).toBe(400);
    await expect(kvs.get('key')).resolves.toBeUndefined();
  });
});

function agedClause(age: number): object {
  return { and: [{ property: 'age', condition: 'EQUAL_TO', values: [age] }] };
}
