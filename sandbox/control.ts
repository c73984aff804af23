/** `/_sandbox/*`: what people and tests ask of a site besides Jira and the app (docs/sandbox.md). */
import { z } from 'zod';
import { faultsSchema } from './faults';
import type { Site } from './local-site';

export interface ControlAnswer {
  status: number;
  body: unknown;
}

const invokeSchema = z.strictObject({
  functionKey: z.string(),
  payload: z.unknown().optional(),
  accountId: z.string().optional(),
  module: z.string().optional(),
});

/** Ten years: beyond some point dates end. */
const MAX_ADVANCE_MS = 10 * 365 * 86_400_000;

const clockSchema = z.strictObject({ advanceMs: z.number().int().min(0).max(MAX_ADVANCE_MS) });

/** Like the faults, each of them optional; `null` is back to what the site was started with. */
const faultChangesSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(faultsSchema.shape).map(([name, schema]) => [
      name,
      schema
        .nullable()
        .transform((value) => value ?? undefined)
        .optional(),
    ]),
  ),
);

type Action = (site: Site, body: unknown) => Promise<unknown>;

const ACTIONS: Record<string, Record<string, Action>> = {
  invoke: { POST: async (site, body) => callResolver(site, invokeSchema.parse(body)) },
  stats: {
    GET: async (site) => site.stats.snapshot(),
    DELETE: async (site) => {
      site.stats.reset();
      return site.stats.snapshot();
    },
  },
  faults: { POST: async (site, body) => changeFaults(site, body) },
  clock: {
    POST: async (site, body) => {
      await site.advance(clockSchema.parse(body).advanceMs);
      return { now: new Date(site.clock.now()).toISOString() };
    },
  },
  idle: {
    POST: async (site) => {
      await site.idle();
      return { idle: true };
    },
  },
};

/** Answers one request; `body` is its text. Errors are answers `{ error: { message } }`. */
export async function control(
  site: Site,
  method: string,
  path: string,
  body: string,
): Promise<ControlAnswer> {
  const actions = own(ACTIONS, path.slice('/_sandbox/'.length));
  if (!actions) return failure(404, `There is no ${path}`);
  const action = own(actions, method);
  if (!action) return failure(405, `${path} takes ${Object.keys(actions).join(', ')}`);
  try {
    return { status: 200, body: await action(site, body === '' ? {} : JSON.parse(body)) };
  } catch (error) {
    if (error instanceof z.ZodError) return failure(400, z.prettifyError(error));
    if (error instanceof SyntaxError) return failure(400, 'The body is not JSON');
    throw error;
  }
}

/** What `record` itself has under that name, and not what every object has. */
function own<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** What the page would see: the value, or the message of the error. */
async function callResolver(
  site: Site,
  { functionKey, payload, accountId, module }: z.infer<typeof invokeSchema>,
): Promise<unknown> {
  try {
    return { value: await site.invoke(functionKey, payload, { accountId, module }) };
  } catch (error) {
    return { error: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function changeFaults(site: Site, body: unknown): unknown {
  const given = faultChangesSchema.parse(body);
  // Parsing adds the defaults of what was not given: only what was given changes.
  const names = Object.keys(z.record(z.string(), z.unknown()).parse(body));
  return site.setFaults(Object.fromEntries(names.map((name) => [name, given[name]])));
}

function failure(status: number, message: string): ControlAnswer {
  return { status, body: { error: { message } } };
}
