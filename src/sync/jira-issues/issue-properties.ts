/**
 * What the app leaves on issues, as issue properties. Whoever may edit an issue may write its properties, too:
 * what is read is bounded, and what has not our form counts as not there.
 */
import { z } from 'zod';
import { sealOf } from '../../jira/canonical-json';
import type { Passed } from '../ports';
import type { Marker } from '../records';
import { dot, id, MAX_SITES, namedTable, origin, path, stamp, version } from '../schema-parts';

/** Where an issue came from: the same for all connections of this site. */
export const ORIGIN_PROPERTY = 'issuesync';

/** What the last write of a connection has left. */
export const markerProperty = (connection: string): string => `${ORIGIN_PROPERTY}.${connection}`;

const MAX_ALIASES = 1_000;
const MAX_ELEMENTS = 10_000;

const valueAliasSchema = z.strictObject({
  kind: z.literal('value'),
  version,
  dot,
  stamp,
  mine: z.string().max(128),
  dirty: z.boolean(),
});

const setAliasSchema = z.strictObject({
  kind: z.literal('set'),
  version,
  elements: namedTable(
    z.string().min(1).max(255),
    z.array(dot).min(1).max(MAX_SITES),
    MAX_ELEMENTS,
  ),
  dirty: z.boolean(),
});

const aliasSchema = z.discriminatedUnion('kind', [valueAliasSchema, setAliasSchema]);

const originSchema = z.object({
  origin,
  path: path.readonly(),
  nonce: id,
  connection: id,
});
export type Origin = z.infer<typeof originSchema>;

/** Where a write is found in the history. */
const anchorSchema = z.object({
  since: id.nullable(),
  /** Of a walk: id of the status that it leads to. */
  target: id.optional(),
});
export type Anchor = z.infer<typeof anchorSchema>;

const markerSchema = z.object({
  write: id,
  contract: z.string().max(255).optional(),
  aliases: z
    .record(
      z.string().min(1).max(262),
      z
        .object({ write: id, before: aliasSchema.optional(), after: aliasSchema })
        .transform(({ before, ...written }) => (before ? { ...written, before } : written)),
    )
    .refine(isAtMost(MAX_ALIASES)),
  /** By the id of the write. */
  anchors: z.record(id, anchorSchema).refine(isAtMost(MAX_ALIASES)),
});
export type StoredMarker = z.infer<typeof markerSchema>;

function isAtMost(most: number): (record: object) => boolean {
  return (record) => Object.keys(record).length <= most;
}

type Properties = Readonly<Record<string, unknown>>;

export const originIn = (properties: Properties): Origin | undefined =>
  originSchema.safeParse(properties[ORIGIN_PROPERTY]).data;

/**
 * The marker that a connection has left.
 *
 * @param seal with which it was made: what was changed since, or made without it, counts as not there
 */
export function markerIn(
  properties: Properties,
  connection: string,
  seal: string,
): StoredMarker | undefined {
  const { sealed, ...said } =
    sealedSchema.safeParse(properties[markerProperty(connection)]).data ?? {};
  if (sealed !== sealOf(said, seal)) return undefined;
  return markerSchema.safeParse(said).data;
}

const sealedSchema = z.looseObject({ sealed: z.string() });

export const originToStore = (birth: Passed & { nonce: string }, connection: string) => ({
  key: ORIGIN_PROPERTY,
  value: {
    origin: birth.origin,
    path: birth.path,
    nonce: birth.nonce,
    connection,
  } satisfies Origin,
});

/** Jira REST API v3, "Set issue property": the maximum length of the value, less the seal. */
const MAX_PROPERTY = 32_768 - 100;

/**
 * The marker as it is stored. Nobody asks what a set was before. Where it is too long, the largest aliases are
 * left out: if this write is never committed, what it has written of them counts as a change of this site, and
 * goes back to where it came from, as the same value.
 */
export function markerToStore(
  { seal, write, aliases }: Marker,
  anchors: StoredMarker['anchors'],
  { connection, contract }: { connection: string; contract: string },
) {
  const lean = Object.entries(aliases).map(([name, { before, ...written }]) => {
    const isSet = written.after.kind === 'set';
    return [name, before === undefined || isSet ? written : { ...written, before }] as const;
  });
  const used = new Set(Object.values(aliases).map((alias) => alias.write));
  const value = (kept: typeof lean) => ({
    write,
    contract,
    aliases: Object.fromEntries(kept),
    anchors: Object.fromEntries(Object.entries(anchors).filter(([key]) => used.has(key))),
  });
  const byLength = lean.toSorted((one, other) => lengthOf(one) - lengthOf(other));
  while (lengthOf(value(byLength)) > MAX_PROPERTY && byLength.length > 0) byLength.pop();
  const said = value(byLength);
  return { key: markerProperty(connection), value: { ...said, sealed: sealOf(said, seal) } };
}

const lengthOf = (value: unknown): number => JSON.stringify(value).length;
