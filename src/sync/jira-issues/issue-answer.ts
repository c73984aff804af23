/** An issue as Jira's REST API tells it, as far as we look at it. */
import { z } from 'zod';

/** `2026-01-05T09:00:00.000+0000`; ms since the epoch. */
export const instantSchema = z
  .string()
  .transform((text) => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
  .refine((time) => !Number.isNaN(time));

/** One end of a change: an id where the field's values have ids, and a text for people. */
export interface HistoryValue {
  id: string | null;
  text: string | null;
}

export interface HistoryItem {
  /** Field id. Old entries have the field's name only, which of some system fields is the id. */
  field: string;
  from: HistoryValue;
  to: HistoryValue;
}

/** `toString` is a member of every object: only what Jira has said counts. */
const textIn = (item: Record<string, unknown>, name: string): string | null => {
  const value = Object.hasOwn(item, name) ? item[name] : null;
  return typeof value === 'string' ? value : null;
};

const itemSchema = z.record(z.string(), z.unknown()).transform((item): HistoryItem => ({
  field: textIn(item, 'fieldId') ?? textIn(item, 'field') ?? '',
  from: { id: textIn(item, 'from'), text: textIn(item, 'fromString') },
  to: { id: textIn(item, 'to'), text: textIn(item, 'toString') },
}));

const entrySchema = z
  .object({
    id: z.string(),
    author: z.object({ accountId: z.string() }).optional(),
    created: instantSchema,
    items: z.array(itemSchema),
  })
  .transform(({ id, author, created, items }) => ({
    id,
    author: author?.accountId,
    at: created,
    items,
  }));
export type HistoryEntry = z.infer<typeof entrySchema>;

/** The newest changes, newest first. Jira gives no more than 40 to 100 of them with an issue. */
const historySchema = z
  .object({ total: z.number(), histories: z.array(entrySchema) })
  .transform(({ total, histories }) => ({
    entries: histories,
    isComplete: histories.length >= total,
  }));
export type History = z.infer<typeof historySchema>;

export const issueSchema = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.record(z.string(), z.unknown()).default({}),
  properties: z.record(z.string(), z.unknown()).default({}),
  changelog: historySchema.optional(),
});
export type IssueAnswer = z.infer<typeof issueSchema>;

export const historyOf = ({ changelog }: IssueAnswer): History =>
  changelog ?? { entries: [], isComplete: false };

/** When it was created, and by whom. */
export function birthOf({ fields }: Pick<IssueAnswer, 'fields'>): {
  at: number;
  creator: string | undefined;
} {
  const creator = z.object({ accountId: z.string() }).safeParse(fields.creator).data;
  return {
    at: instantSchema.safeParse(fields.created).data ?? 0,
    creator: creator?.accountId,
  };
}

/** When anything of it was last updated; `undefined`: Jira did not tell it. */
export const updatedIn = ({ fields }: IssueAnswer): number | undefined =>
  instantSchema.safeParse(fields.updated).data;

/** Name of the choice, as people see it. */
export function choiceNameIn({ fields }: IssueAnswer, fieldId: string): string | undefined {
  return z.object({ name: z.string().min(1) }).safeParse(fields[fieldId]).data?.name;
}

/** Id of the choice in a field that has one: an issue type, a status. */
export function choiceIdIn({ fields }: IssueAnswer, fieldId: string): string | undefined {
  return z.object({ id: z.string() }).safeParse(fields[fieldId]).data?.id;
}
