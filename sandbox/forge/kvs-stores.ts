/** All that one installation stores: plain keys, secrets, and the records of each declared entity. */
import type { QueryLag } from '../query-lag';
import type { SandboxStorage } from '../storage';
import { noSuchEntity, type EntitySchemas } from './kvs-entities';
import { RecordStore } from './kvs-records';
import { checkKey, checkValue } from './kvs-values';

/** A key in the store where it belongs, checked. */
export interface Place {
  store: RecordStore;
  key: string;
  entityName: string | undefined;
}

export class KvsStores {
  readonly plain: RecordStore;
  readonly secrets: RecordStore;
  private readonly byEntity: ReadonlyMap<string, RecordStore>;

  /** `storage` is the installation's own. */
  constructor(
    storage: SandboxStorage,
    lag: QueryLag,
    readonly schemas: EntitySchemas,
  ) {
    const open = (name: string): RecordStore => new RecordStore(storage.table(`kvs:${name}`), lag);
    this.plain = open('plain');
    this.secrets = open('secret');
    this.byEntity = new Map(schemas.names().map((name) => [name, open(`entity:${name}`)]));
  }

  /** The records of an entity. Throws as `noSuchEntity` where it is not declared. */
  entity(name: string): RecordStore {
    const store = this.byEntity.get(name);
    if (store) return store;
    throw noSuchEntity(name);
  }

  /** A plain key, or one of an entity. Throws as `noSuchEntity` and `checkKey`. */
  place(key: unknown, entityName: string | undefined): Place {
    const store = entityName === undefined ? this.plain : this.entity(entityName);
    return { store, key: checkKey(key, entityName), entityName };
  }

  /** Whether the value may be stored there. Throws as `checkValue` and `EntitySchema.checkValue`. */
  checkValue(entityName: string | undefined, value: unknown): void {
    checkValue(value);
    if (entityName !== undefined) this.schemas.get(entityName).checkValue(value);
  }
}
