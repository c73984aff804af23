/** What the requests of `contracts/*` have in common. */
import { z } from 'zod';
import { DIRECTIONS } from '../../contract/mapping';
import { POLICIES } from '../../contract/records';
import { EVENT_KINDS } from '../../contract/truth-table';

export const draft = z.strictObject({
  connection: z.uuid(),
  name: z.string(),
  projectId: z.string().max(32),
  issueTypeIds: z.array(z.string().max(32)).max(500),
  jql: z.string().optional(),
  events: z.array(z.enum(EVENT_KINDS)),
  direction: z.enum(DIRECTIONS),
  policy: z.enum(POLICIES),
  internalComments: z.boolean(),
  onRemoteDelete: z.enum(['keep', 'delete']),
  screenDefaults: z
    .array(z.strictObject({ fieldId: z.string().max(255), value: z.string().max(1_000) }))
    .max(50)
    .optional(),
  statusField: z.string().max(255).optional(),
  keyField: z.string().max(255).optional(),
});

export const byConnection = z.strictObject({ connection: z.uuid() });
export const byId = z.strictObject({ connection: z.uuid(), id: z.uuid() });
