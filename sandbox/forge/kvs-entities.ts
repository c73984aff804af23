/** Custom entities as the manifest declares them: attribute types and indexes (Forge: Defining custom entities). */
import {
  FLOAT_END_OF_MAGNITUDE,
  FLOAT_MIN_MAGNITUDE,
  INDEX_PARTITION_MAX_BYTES,
  INDEX_RANGE_MAX_BYTES,
  INTEGER_MAX,
  INTEGER_MIN,
} from './kvs-limits';
import { ENTITY_NAME, ENTITY_NAME_MAX, ENTITY_NAME_MIN, KEY_INDEX } from './manifest-entities';
import { Refusal } from './kvs-refusal';

export type AttributeType = 'string' | 'boolean' | 'integer' | 'float' | 'any';

/** An entry of `app.storage.entities` in `manifest.yml`. */
export interface EntityDefinition {
  name: string;
  attributes: Record<string, { type: AttributeType }>;
  indexes?: (string | { name: string; partition?: string[]; range: string[] })[];
}

/** An index as a query uses it. `range` is absent on `by-key`, which is ordered by the key itself. */
export interface EntityIndex {
  partition: string[];
  range: string | undefined;
}

export type EntityValue = Record<string, unknown>;

/**
 * What is wrong with a name that no entity of the manifest has: its form (Forge: Error handling for the Custom
 * Entity Store), or, with a 404, that it is not declared ([2nd]).
 */
export function noSuchEntity(name: string): Refusal {
  if (name.length < ENTITY_NAME_MIN) {
    return new Refusal(
      'ENTITY_TYPE_TOO_SHORT',
      'The provided key needs to be more than 3 characters.',
    );
  }
  if (name.length > ENTITY_NAME_MAX) {
    return new Refusal(
      'ENTITY_TYPE_TOO_LARGE',
      'The provided key has exceeded the maximum 60 characters.',
    );
  }
  if (!ENTITY_NAME.test(name)) {
    return new Refusal(
      'INVALID_ENTITY_TYPE',
      'The provided key does not match the regex: /^(?![\\.\\-])(?!.*\\.{2})[a-z0-9:\\-.]*(?<![.])$/.',
    );
  }
  return new Refusal('SCHEMA_NOT_FOUND', 'The schema provided does not exist', 404);
}

/** The declared entities of one app. */
export class EntitySchemas {
  private readonly byName: ReadonlyMap<string, EntitySchema>;

  constructor(definitions: EntityDefinition[]) {
    this.byName = new Map(definitions.map((each) => [each.name, new EntitySchema(each)]));
  }

  names(): string[] {
    return [...this.byName.keys()];
  }

  /** Throws as `noSuchEntity`. */
  get(name: string): EntitySchema {
    const schema = this.byName.get(name);
    if (schema) return schema;
    throw noSuchEntity(name);
  }
}

export class EntitySchema {
  private readonly indexes: ReadonlyMap<string, EntityIndex>;

  constructor(private readonly definition: EntityDefinition) {
    const declared = (definition.indexes ?? []).map((index): [string, EntityIndex] =>
      typeof index === 'string'
        ? [index, { partition: [], range: index }]
        : // "This parameter can only have one attribute" (Forge: Custom indexes, range).
          [index.name, { partition: index.partition ?? [], range: index.range[0] }],
    );
    this.indexes = new Map([...declared, [KEY_INDEX, { partition: [], range: undefined }]]);
  }

  /** The declared type of an attribute, `undefined` if there is none of that name. */
  typeOf(attribute: string): AttributeType | undefined {
    return this.definition.attributes[attribute]?.type;
  }

  /** Throws INVALID_ENTITY_INDEX (Forge: Error handling; that it covers an unknown index is UNVERIFIED). */
  index(name: string): EntityIndex {
    const index = this.indexes.get(name);
    if (index) return index;
    throw new Refusal('INVALID_ENTITY_INDEX', `The custom entity index "${name}" is invalid.`);
  }

  /**
   * Checks a value against the declaration: an object whose attributes have their declared types ("the
   * Custom Entity Store strictly enforces attribute types") and fit the indexes. An attribute that is
   * not declared is refused too: no page says what the platform does with it (UNVERIFIED), and an app
   * that declares what it stores is right either way.
   */
  checkValue(value: unknown): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refusal('INVALID_ENTITY_VALUE', 'An entity value must be an object.');
    }
    for (const [attribute, stored] of Object.entries(value)) {
      const type = this.typeOf(attribute);
      if (type === undefined) {
        throw new Refusal(
          'INVALID_ENTITY_VALUE',
          `Attribute "${attribute}" is not declared for entity "${this.definition.name}".`,
        );
      }
      if (!isOfType(type, stored)) {
        throw new Refusal(
          'INCORRECT_PROPERTY_TYPE',
          `Data type for property "${attribute}" is defined as "${type}"`,
        );
      }
    }
    this.checkIndexedSizes(value as EntityValue);
  }

  private checkIndexedSizes(value: EntityValue): void {
    for (const [name, { partition, range }] of this.indexes) {
      const sizes = [
        { attributes: range === undefined ? [] : [range], max: INDEX_RANGE_MAX_BYTES },
        { attributes: partition, max: INDEX_PARTITION_MAX_BYTES },
      ];
      for (const { attributes, max } of sizes) {
        const bytes = attributes.reduce((sum, each) => sum + byteLength(value[each]), 0);
        // The limit is documented, its code is UNVERIFIED.
        if (bytes > max) {
          throw new Refusal(
            'MAX_SIZE',
            `Index "${name}" takes no more than ${max} bytes of values.`,
          );
        }
      }
    }
  }
}

const byteLength = (value: unknown): number =>
  value === undefined
    ? 0
    : Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));

/**
 * Whether a value is of a declared type (Forge: Defining custom entities, Values). `null` is none of
 * them: an attribute without a value is left out.
 */
export function isOfType(type: AttributeType, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && value.trim() !== '';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return (
        Number.isInteger(value) && INTEGER_MIN <= Number(value) && Number(value) <= INTEGER_MAX
      );
    case 'float':
      return typeof value === 'number' && (value === 0 || isFloatMagnitude(Math.abs(value)));
    case 'any':
      return value !== null && value !== undefined;
  }
}

const isFloatMagnitude = (magnitude: number): boolean =>
  FLOAT_MIN_MAGNITUDE <= magnitude && magnitude < FLOAT_END_OF_MAGNITUDE;
