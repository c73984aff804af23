/** What the two sides tell each other of their contracts, in `describe`: nothing that a contract does not expose. */
import { z } from 'zod';
import { FIELD_KINDS } from '../jira/field-kinds';
import type { JiraField } from '../jira/field-metadata';
import { MAX_NAME } from './alias-value';
import { aliasSchema, DIRECTIONS } from './mapping';
import type { Contract } from './records';

/** An issue, a comment, a contract, a token. No colon: what is made of several ids stays one thing. */
export const id = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
export const siteId = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/);
const name = z.string().min(1).max(MAX_NAME);

/** Our own bounds of an answer; Jira Cloud allows 700 custom fields a project. */
const MAX_FIELDS = 1_000;
const MAX_CHOICES = 1_000;
const MAX_CONTRACTS = 200;

/**
 * All of a description, as JSON in UTF-8: who hears it keeps it, and the platform's store takes 240 KiB a value. The
 * contracts of a connection are one record below that, and what is told of them is less.
 */
export const MAX_DESCRIPTION_BYTES = 220 * 1024;

export const fieldDescriptionSchema = z.object({
  alias: aliasSchema,
  name,
  /** A kind that this version does not know cannot be mapped, and spoils nothing else. */
  kind: z.enum([...FIELD_KINDS, 'unsupported']).catch('unsupported'),
  required: z.boolean(),
  readOnly: z.boolean(),
  /** As the describing side sees it. */
  direction: z.enum(DIRECTIONS),
  /** By name. None: whatever fits the kind, or too many to tell. */
  choices: z.array(name).max(MAX_CHOICES).optional(),
});
export type FieldDescription = z.infer<typeof fieldDescriptionSchema>;

export const contractDescriptionSchema = z.object({
  /** Chosen once by the side that describes it: what the other side binds to. */
  id,
  /** Equal names bind two contracts the first time, and only then. */
  name,
  /** Id of the contract of the side that is told, where the two are bound. */
  remote: id.exactOptional(),
  enabled: z.boolean(),
  /** As the describing side sees it. */
  direction: z.enum(DIRECTIONS),
  /** Which of two changes made at the same time stands: `newest`, or the id of the site that wins. */
  policy: siteId,
  /** What the describing side sends. Kinds that this version does not know do no harm. */
  events: z.array(z.string().min(1).max(64)).max(50),
  /** What the describing side has last found to belong to the pair (`pair.ts`). */
  pair: z.string().min(1).max(64).exactOptional(),
  project: z.object({ key: name, name }),
  issueTypes: z.array(z.object({ name, statuses: z.array(name).max(MAX_CHOICES) })).max(200),
  fields: z.array(fieldDescriptionSchema).max(MAX_FIELDS),
});
export type ContractDescription = z.infer<typeof contractDescriptionSchema>;

/** Both the request and the answer of `describe`. */
export const descriptionSchema = z
  .object({ contracts: z.array(contractDescriptionSchema).max(MAX_CONTRACTS) })
  .refine(
    (description) => Buffer.byteLength(JSON.stringify(description)) <= MAX_DESCRIPTION_BYTES,
    'The description is too large.',
  );
export type Description = z.infer<typeof descriptionSchema>;

/**
 * Names only: no id of this site's fields, options, statuses or people.
 *
 * @param policy of the contract, as it travels
 */
export const describeContract = (contract: Contract, policy: string): ContractDescription => ({
  id: contract.id,
  name: contract.name,
  ...(contract.remote === undefined ? {} : { remote: contract.remote }),
  enabled: contract.enabled,
  direction: contract.direction,
  policy,
  events: [...contract.events],
  ...(contract.pair === undefined ? {} : { pair: contract.pair.hash }),
  project: { key: contract.project.key, name: contract.project.name },
  issueTypes: contract.issueTypes.map(({ name: called, statuses }) => ({
    name: called,
    statuses: statuses.map((status) => status.name),
  })),
  fields: contract.mapping.flatMap(({ alias, fieldId, direction }) => {
    const field = contract.fields.find((one) => one.id === fieldId);
    return field ? [describeField(alias, field, direction)] : [];
  }),
});

export const describeField = (
  alias: string,
  { name: called, kind, required, readOnly, choices }: JiraField,
  direction: FieldDescription['direction'] = 'both',
): FieldDescription => ({
  alias,
  name: called,
  kind,
  required,
  readOnly,
  direction,
  ...(choices === undefined || choices.length > MAX_CHOICES
    ? {}
    : { choices: choices.map((choice) => choice.name) }),
});
