/** The key-value store of one site: conditions and transactions as the platform has them. */
import type { Change, Store } from '../../../src/sync/ports';
import type { SyncEntity, SyncRecords } from '../../../src/sync/records';
import type { Scheduler, Task } from './scheduler';

export class ModelStore {
  readonly records = new Map<string, unknown>();

  constructor(private readonly scheduler: Scheduler) {}

  all<E extends SyncEntity>(entity: E): SyncRecords[E][] {
    return [...this.records]
      .filter(([place]) => place.startsWith(`${entity}/`))
      .map(([, value]) => structuredClone(value) as SyncRecords[E]);
  }

  read<E extends SyncEntity>(entity: E, key: string): SyncRecords[E] | undefined {
    return structuredClone(this.records.get(`${entity}/${key}`)) as SyncRecords[E] | undefined;
  }

  write(entity: SyncEntity, key: string, value: unknown): void {
    if (value === undefined) this.records.delete(`${entity}/${key}`);
    else this.records.set(`${entity}/${key}`, structuredClone(value));
  }

  /** The store as one function of the app sees it. */
  portOf(task: Task): Store {
    const call = <T>(effect: () => T): Promise<T> => this.scheduler.call(task, effect);
    return {
      find: (entity, key) => call(() => this.read(entity, key)),
      put: (entity, key, value) =>
        call(() => {
          const before = this.read(entity, key);
          this.write(entity, key, value);
          return before;
        }),
      create: (entity, key, value) =>
        call(() => {
          if (this.read(entity, key)) return false;
          this.write(entity, key, value);
          return true;
        }),
      commit: (changes) => call(() => this.commit(changes)),
    };
  }

  private commit(changes: readonly Change[]): boolean {
    const holds = changes.every(({ entity, key, when }) => {
      if (when === undefined) return true;
      const stored = this.read(entity, key) as Record<string, unknown> | undefined;
      return stored && Object.entries(when).every(([name, value]) => stored[name] === value);
    });
    if (holds) for (const { entity, key, value } of changes) this.write(entity, key, value);
    return holds;
  }
}
