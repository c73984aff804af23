/**
 * What is alike in what sites tell each other and in what the app leaves on issues: who may write there could
 * otherwise put something on an issue that no remote takes.
 */
import { z } from 'zod';
import { id, siteId } from '../contract/description';

/** Of a path, of a version. */
export const MAX_SITES = 50;

export { id, siteId };

export const ownName = <S extends z.ZodType<string, string>>(schema: S) =>
  schema.refine((name) => !(name in Object.prototype));

/** A record whose members may be called whatever `key` takes: Zod’s own leaves `__proto__` out. */
export const namedTable = <Value>(
  key: z.ZodType<string, string>,
  value: z.ZodType<Value>,
  most: number,
) =>
  z
    .custom<object>((given) => typeof given === 'object' && given !== null && !Array.isArray(given))
    .transform((given) => Object.entries(given))
    .pipe(z.array(z.tuple([key, value])).max(most, 'There are too many members.'))
    .transform((entries) => Object.fromEntries<Value>(entries));

export const table = <Value>(
  key: z.ZodType<string, string>,
  value: z.ZodType<Value>,
  most: number,
) => namedTable(ownName(key), value, most);

export const count = z.int().min(1);
export const version = table(siteId, z.int().min(0), MAX_SITES);
export const dot = z.object({ site: siteId, n: count });
/** Milliseconds since the epoch, as far as a date goes. */
export const stamp = z.int().min(0).max(8.64e15);

export const origin = z.object({ site: siteId, issue: id });
/** The sites that an issue has passed: a chain that is longer is none. */
export const path = z.array(siteId).min(1).max(MAX_SITES);
