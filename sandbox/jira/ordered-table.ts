/** A table whose list keeps the order in which things were added, as Jira's lists do. */
import type { SandboxStorage, Table } from '../storage';

interface Ordered<T> {
  order: number;
  value: T;
}

export class OrderedTable<T> {
  private readonly table: Table<Ordered<T>>;

  constructor(storage: SandboxStorage, name: string) {
    this.table = storage.table(name);
  }

  get(key: string): T | undefined {
    return this.table.get(key)?.value;
  }

  /** Adds what is new at the end; what is there keeps its place. */
  put(key: string, value: T): void {
    const order = this.table.get(key)?.order ?? this.nextOrder();
    this.table.set(key, { order, value });
  }

  delete(key: string): void {
    this.table.delete(key);
  }

  list(): T[] {
    return this.table
      .entries()
      .map(([, entry]) => entry)
      .sort((a, b) => a.order - b.order)
      .map(({ value }) => value);
  }

  private nextOrder(): number {
    return this.table.entries().reduce((next, [, { order }]) => Math.max(next, order + 1), 0);
  }
}
