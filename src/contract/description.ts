/** What one side tells the other of its contracts, in the answer to `describe`: nothing that a contract does not expose. */
import { z } from 'zod';
import { FIELD_KINDS } from '../jira/field-kinds';
import type { JiraField } from '../jira/field-metadata';
import { MAX_NAME } from './alias-value';
import { aliasSchema, DIRECTIONS, type Direction } from './mapping';

const id = z.string().min(1).max(128);
const name = z.string().min(1).max(MAX_NAME);

/** Our own bounds of an answer; Jira Cloud allows 700 custom fields a project. */
const MAX_FIELDS = 1_000;
const MAX_CHOICES = 1_000;
const MAX_CONTRACTS = 200;

export const fieldDescriptionSchema = z.object({
  alias: aliasSchema,
  name,
  /** A kind that this version does not know cannot be mapped, and spoils nothing else. */
  kind: z.enum([...FIELD_KINDS, 'unsupported']).catch('unsupported'),
  required: z.boolean(),
  readOnly: z.boolean(),
  /** By name. None: whatever fits the kind, or too many to tell. */
  choices: z.array(name).max(MAX_CHOICES).optional(),
});
export type FieldDescription = z.infer<typeof fieldDescriptionSchema>;

export const contractDescriptionSchema = z.object({
  /** Chosen once by the side that describes it: what the other side binds to. */
  id,
  /** Equal names bind two contracts the first time, and only then. */
  name,
  enabled: z.boolean(),
  /** As the describing side sees it. */
  direction: z.enum(DIRECTIONS),
  project: z.object({ key: name, name }),
  issueTypes: z.array(z.object({ name, statuses: z.array(name).max(MAX_CHOICES) })).max(200),
  fields: z.array(fieldDescriptionSchema).max(MAX_FIELDS),
});
export type ContractDescription = z.infer<typeof contractDescriptionSchema>;

export const descriptionSchema = z.object({
  contracts: z.array(contractDescriptionSchema).max(MAX_CONTRACTS),
});
export type Description = z.infer<typeof descriptionSchema>;

/** What is described: a contract, and what our Jira has for it. */
export interface DescribedContract {
  id: string;
  name: string;
  enabled: boolean;
  direction: Direction;
  project: { key: string; name: string };
  issueTypes: readonly { name: string; statuses: readonly string[] }[];
  /** The fields that the contract exposes, with what the other side may call them. */
  fields: readonly { alias: string; field: JiraField }[];
}

/** Names only: no id of this site's fields, options, statuses or people. */
export const describeContract = (contract: DescribedContract): ContractDescription => ({
  id: contract.id,
  name: contract.name,
  enabled: contract.enabled,
  direction: contract.direction,
  project: { key: contract.project.key, name: contract.project.name },
  issueTypes: contract.issueTypes.map(({ name: called, statuses }) => ({
    name: called,
    statuses: [...statuses],
  })),
  fields: contract.fields.map(({ alias, field }) => describeField(alias, field)),
});

const describeField = (
  alias: string,
  { name: called, kind, required, readOnly, choices }: JiraField,
): FieldDescription => ({
  alias,
  name: called,
  kind,
  required,
  readOnly,
  ...(choices === undefined || choices.length > MAX_CHOICES
    ? {}
    : { choices: choices.map((choice) => choice.name) }),
});
