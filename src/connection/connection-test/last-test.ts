/** What is kept of a test: its result, and when the remote last knew our key. */
import { z } from 'zod';

const lastTestSchema = z.object({
  at: z.string(),
  result: z.enum(['passed', 'warning', 'failed']),
  /** When a test last saw the remote accept our key, and which key at which URL that was. */
  accepted: z.object({ at: z.string(), url: z.string(), keyId: z.string() }).optional(),
});

export type LastTest = z.infer<typeof lastTestSchema>;

/** What was stored, or `undefined` where there is none (or one of another version). */
export function parseLastTest(stored: unknown): LastTest | undefined {
  const parsed = lastTestSchema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}
