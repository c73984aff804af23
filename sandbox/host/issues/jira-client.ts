/** The site's REST API in the name of whom a page acts as. The pages of issues know no other way to Jira. */
import { z } from 'zod';
import type { JiraRequest, JiraResponse } from '../../jira/types';

export interface JiraApi {
  handle(request: JiraRequest): Promise<JiraResponse>;
}

/** Jira has said no. */
export class JiraRefused extends Error {
  constructor(
    readonly status: number,
    /** In Jira's own words, with the field that is meant. */
    readonly reasons: string[],
  ) {
    super(reasons.join(' '));
    this.name = 'JiraRefused';
  }
}

export class JiraClient {
  constructor(
    private readonly jira: JiraApi,
    private readonly accountId: string,
  ) {}

  /** @throws JiraRefused */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(JSON.parse(await this.send('GET', path)));
  }

  /**
   * @param path after `/rest/api/3/`
   * @returns the text of the answer
   * @throws JiraRefused
   */
  async send(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await this.jira.handle({
      method,
      path: `/rest/api/3/${path}`,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      principal: { type: 'user', accountId: this.accountId },
    });
    if (answer.status >= 400) throw new JiraRefused(answer.status, reasonsIn(answer));
    return answer.body ?? '';
  }
}

const errorSchema = z.looseObject({
  errorMessages: z.array(z.string()),
  errors: z.record(z.string(), z.string()),
});

function reasonsIn({ status, body = '' }: JiraResponse): string[] {
  const parsed = errorSchema.safeParse(parse(body));
  if (!parsed.success) return [`HTTP ${status} ${body}`.trim()];
  const { errorMessages, errors } = parsed.data;
  return [...errorMessages, ...Object.entries(errors).map(([name, text]) => `${name}: ${text}`)];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
