/** What every resolver key of the admin page has in common: who asks, who may, and how errors are told. */
import type { z } from 'zod';
import { jiraUnavailable, Refusal } from '../../connection/refusal';
import { DraftRefusal } from '../../contract/draft-refusal';
import { siteIdOf } from '../../forge/site';
import { isUnavailable } from '../../jira/client';
import { isJiraAdministrator } from '../../jira/permissions';
import type { Platform } from '../platform';
import type { AdminApi, AdminKey, Answer, ApiError, ConnectionDraft, ContractDraft } from './api';

/** Who asks, where. */
export interface AdminContext extends Platform {
  callerId: string;
  siteId: string;
  /** When the call began, in ms since the epoch: the platform ends it 25 s later. */
  startedAt: number;
}

/** One resolver key: the payload is parsed before it is called, by the schema beside it. */
export interface AdminHandler<K extends AdminKey> {
  request: z.ZodType<AdminApi[K]['request']>;
  handle(request: AdminApi[K]['request'], context: AdminContext): Promise<AdminApi[K]['value']>;
}

export type AdminHandlers<Keys extends AdminKey> = { [K in Keys]: AdminHandler<K> };

/** What `@forge/resolver` hands to a function. */
export interface ResolverRequest {
  payload: unknown;
  context: { accountId?: string | undefined; installContext?: string | undefined };
}

/**
 * Authorises, parses, calls, maps the error. Only Jira administrators get further than the first line,
 * whatever page the call came from (Forge: modules are no authorisation).
 *
 * @throws what is unexpected, so that the platform counts it as failed
 */
export async function answer<K extends AdminKey>(
  handler: AdminHandler<K>,
  { payload, context }: ResolverRequest,
  platform: Platform,
): Promise<Answer<AdminApi[K]['value']>> {
  const startedAt = platform.sources.now();
  try {
    const { accountId } = context;
    if (accountId === undefined || !(await isJiraAdministrator(platform.jira, 'caller'))) {
      return { ok: false, errors: [FORBIDDEN] };
    }
    const parsed = handler.request.safeParse(payload);
    if (!parsed.success) return { ok: false, errors: parsed.error.issues.map(badRequest) };
    const siteId = siteIdOf(context.installContext ?? '');
    const value = await handler.handle(parsed.data, {
      ...platform,
      callerId: accountId,
      siteId,
      startedAt,
    });
    return { ok: true, value };
  } catch (error) {
    const refusal = isUnavailable(error) ? jiraUnavailable(error) : error;
    if (refusal instanceof Refusal || refusal instanceof DraftRefusal) {
      return { ok: false, errors: [...refusal.problems] };
    }
    throw error;
  }
}

const FORBIDDEN: ApiError = {
  code: 'forbidden',
  message: 'Only Jira administrators can set up IssueSYNC.',
};

const DRAFT_FIELDS: readonly string[] = [
  'name',
  'localUser',
  'remoteUrl',
  'localKey',
  'remoteKey',
  'passive',
  'alternativeBaseUrl',
  'projectId',
  'issueTypeIds',
  'jql',
  'events',
  'direction',
  'policy',
  'internalComments',
  'onRemoteDelete',
  'screenDefaults',
  'statusField',
  'keyField',
] satisfies (keyof ConnectionDraft | keyof ContractDraft)[];

function badRequest(issue: z.core.$ZodIssue): ApiError {
  const field = issue.path.find((part) => DRAFT_FIELDS.includes(String(part)));
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return {
    ...(field === undefined ? {} : { field: field as keyof ConnectionDraft | keyof ContractDraft }),
    code: 'bad-request',
    message: `${where}${issue.message}`,
  };
}
