/** The fields of a contract, as this side stores them: local field, alias, converter. */
import { z } from 'zod';
import { FIELD_KINDS } from '../jira/field-kinds';
import { MAX_NAME } from './alias-value';

const name = z.string().min(1).max(MAX_NAME);
const accountId = z.string().min(1).max(128);

const MAX_ROWS = 1_000;

/** A person there and who that is here. `there`: account id, e-mail or name, as the remote tells it. */
const personRowsSchema = z.array(z.strictObject({ there: name, here: accountId })).max(MAX_ROWS);

/** Who somebody of the other site is here. The table counts first. A name alone is never a match: names are not unique. */
export const personMatchSchema = z.strictObject({
  by: z.array(z.enum(['account-id', 'email'])),
  table: personRowsSchema,
});
export type PersonMatch = z.infer<typeof personMatchSchema>;

/** What the other site may be told of people beside their names. */
const exposureSchema = z.strictObject({ accountId: z.boolean(), email: z.boolean() });

export const converterSpecSchema = z.discriminatedUnion('converter', [
  z.strictObject({ converter: z.literal('same') }),
  /** A date for a point in time, or the other way round. */
  z.strictObject({ converter: z.literal('date') }),
  z.strictObject({ converter: z.literal('by-name') }),
  z.strictObject({
    converter: z.literal('value-table'),
    /** The first row counts where there are several of a name. */
    rows: z.array(z.strictObject({ here: name, there: name })).max(MAX_ROWS),
    /** Names that no row has. */
    unlisted: z.enum(['by-name', 'refuse']),
  }),
  /** Whatever it is, as text. */
  z.strictObject({ converter: z.literal('text') }),
  z.strictObject({
    converter: z.literal('user'),
    match: personMatchSchema,
    /** Whom to set where nobody matches. A fixed user for all: no match, and this. */
    otherwise: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('empty') }),
      z.strictObject({ kind: z.literal('refuse') }),
      z.strictObject({ kind: z.literal('fixed'), accountId }),
    ]),
    exposes: exposureSchema,
  }),
  z.strictObject({
    converter: z.literal('adf'),
    mentions: personMatchSchema,
    exposes: exposureSchema.pick({ accountId: true }),
  }),
]);
export type ConverterSpec = z.infer<typeof converterSpecSchema>;
export type ConverterName = ConverterSpec['converter'];
export type SpecOf<N extends ConverterName> = Extract<ConverterSpec, { converter: N }>;

export const DIRECTIONS = ['both', 'send', 'receive'] as const;
/** Seen from here. */
export type Direction = (typeof DIRECTIONS)[number];

/** `custom:` and a name at its longest. */
const MAX_ALIAS = 7 + MAX_NAME;

/** What both sides call a field. */
export const aliasSchema = z.string().min(1).max(MAX_ALIAS);

export const mappingEntrySchema = z.strictObject({
  alias: aliasSchema,
  /** The field here, as Jira names it in an issue. */
  fieldId: z.string().min(1).max(MAX_NAME),
  kind: z.enum(FIELD_KINDS),
  direction: z.enum(DIRECTIONS),
  converter: converterSpecSchema,
});
export type MappingEntry = z.infer<typeof mappingEntrySchema>;
