/** A web trigger: from HTTP to the app's function and back (Forge: web trigger module). */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import type { Faults } from '../faults';
import type { Traffic } from '../traffic';
import { invoke, InvocationFailed, InvocationRateLimited, type InvocationSite } from './invocation';
import type { FullWindow } from './invocation-budgets';
import type { WebTriggerModule } from './manifest';
import type { WebTriggerUrls } from './web-trigger-urls';

export interface WebTriggerSite extends InvocationSite {
  readonly faults: Faults;
  readonly webTriggerUrls: WebTriggerUrls;
  readonly exchanges: Traffic;
}

export interface IncomingRequest {
  method: string;
  /** Path and query as sent. */
  target: string;
  /** Name, value, name, value …, the case as sent. */
  rawHeaders: string[];
  /** `undefined`: it was longer than the platform takes. */
  body: Buffer | undefined;
}

export interface OutgoingResponse {
  status: number;
  statusText?: string;
  headers: Record<string, string[]>;
  body: string;
}

/** `/public/<id>` (v2) and `/x1/<id>` (v1), and what the caller appended. */
const PATH = /^\/(?:public|x1)\/([^/?#]+)(\/[^?#]*)?/;

/** Whether `path` is one that web triggers have. */
export function isWebTriggerPath(path: string): boolean {
  return PATH.test(path);
}

/** Answers one request. Never throws for what the app or the caller does. */
export async function answerWebTrigger(
  site: WebTriggerSite,
  request: IncomingRequest,
): Promise<OutgoingResponse> {
  const exchange = site.exchanges.start({
    direction: 'in',
    url: request.target,
    requestHeaders: pairs(request.rawHeaders),
    requestBody: request.body?.toString('utf8') ?? '',
  });
  const response = await respond(site, request);
  exchange.status = response.status;
  exchange.responseHeaders = Object.entries(response.headers).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  exchange.responseBody = response.body;
  return response;
}

async function respond(site: WebTriggerSite, request: IncomingRequest): Promise<OutgoingResponse> {
  const [, id = ''] = PATH.exec(request.target) ?? [];
  // 424 for an installation that is gone is [2nd]; the platform's own bodies are UNVERIFIED, all of them.
  if (site.faults.uninstalled) return plain(424, 'Failed Dependency');
  const format = request.target.startsWith('/public/') ? 'v2' : 'v1';
  const module = site.webTriggerUrls.find(id, format);
  if (!module) return plain(404, 'Not Found');
  // Forge: invocation payload limit. That the platform says 413 is UNVERIFIED.
  if (request.body === undefined) return plain(413, 'Payload Too Large');
  try {
    return responseOf(await run(site, module, request));
  } catch (error) {
    if (error instanceof InvocationRateLimited) return tooMany(error.window);
    if (error instanceof InvocationFailed) {
      // Atlassian's own issue ECO-75: a web trigger over its time limit is answered with 424.
      return error.reason === 'timed-out' ? plain(424, 'Failed Dependency') : serverError();
    }
    if (error instanceof NonConforming) {
      site.log(`${module.function} error: ${error.message}`);
      return serverError();
    }
    throw error;
  }
}

function run(site: WebTriggerSite, module: WebTriggerModule, request: IncomingRequest) {
  const { pathname, searchParams } = new URL(request.target, 'https://webtrigger.invalid');
  const payload = {
    method: request.method,
    path: pathname,
    userPath: PATH.exec(request.target)?.[2] ?? '',
    headers: grouped(pairs(request.rawHeaders)),
    queryParameters: grouped([...searchParams]),
    body: request.body?.toString('utf8') ?? '',
  };
  return invoke(site, module.function, payload, {
    moduleType: 'webtrigger',
    moduleKey: module.key,
  });
}

/** Forge: a dynamic response. Header values are lists, the body is a string. */
const responseSchema = z.object({
  statusCode: z.int().min(200).max(599),
  /** A reason phrase (RFC 9112, 4). */
  statusText: z
    .string()
    .regex(/^[\t\x20-\x7e\x80-\xff]*$/)
    .optional(),
  headers: z.record(z.string(), z.array(z.string())).default({}),
  body: z.string().default(''),
});

/** The function returned what is no response: the platform answers 500 for it. */
class NonConforming extends Error {}

/** The platform frames the message itself. */
const FRAMING = ['connection', 'content-length', 'keep-alive', 'transfer-encoding'];

function responseOf(result: unknown): OutgoingResponse {
  const parsed = responseSchema.safeParse(result);
  if (!parsed.success) {
    throw new NonConforming(`not a web trigger response: ${z.prettifyError(parsed.error)}`);
  }
  const { statusCode, statusText, headers, body } = parsed.data;
  return {
    status: statusCode,
    ...(statusText === undefined ? {} : { statusText }),
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name, values]) => {
        values.forEach((value) => checkHeader(name, value));
        return !FRAMING.includes(name.toLowerCase());
      }),
    ),
    body,
  };
}

function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    throw new NonConforming(`not an HTTP header: ${name}`);
  }
}

/** Without details: what went wrong is in the app's log. */
function serverError(): OutgoingResponse {
  return plain(500, 'Internal Server Error');
}

/** Forge: invocation limits, the headers of web triggers; `Reset` is in seconds since the epoch. */
function tooMany({ limit, resetAt }: FullWindow): OutgoingResponse {
  const answer = plain(429, 'Too Many Requests');
  answer.headers['X-Ratelimit-Limit'] = [String(limit)];
  answer.headers['X-Ratelimit-Remaining'] = ['0'];
  answer.headers['X-Ratelimit-Reset'] = [String(Math.ceil(resetAt / 1000))];
  return answer;
}

function plain(status: number, body: string): OutgoingResponse {
  return { status, headers: { 'Content-Type': ['text/plain'] }, body };
}

function pairs(rawHeaders: string[]): [name: string, value: string][] {
  const result: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    result.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return result;
}

function grouped(entries: [name: string, value: string][]): Record<string, string[]> {
  const result = new Map<string, string[]>();
  for (const [name, value] of entries) result.set(name, [...(result.get(name) ?? []), value]);
  return Object.fromEntries(result);
}
