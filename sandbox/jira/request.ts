/** The parts of a request: where it goes, what it asks, what it brings. */
import { INVALID_PAYLOAD, refusal, unsupportedMediaType } from './errors';
import type { JiraRequest } from './types';

/** The path without the query. */
export const pathOf = ({ path }: Pick<JiraRequest, 'path'>): string => path.replace(/\?.*$/s, '');

export const queryOf = ({ path }: Pick<JiraRequest, 'path'>): URLSearchParams =>
  new URLSearchParams(path.slice(pathOf({ path }).length));

/** @throws JiraRefusal 415, 400 */
export function bodyOf({ headers, body }: JiraRequest): unknown {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw unsupportedMediaType();
  try {
    return JSON.parse(body ?? '');
  } catch {
    throw refusal(400, [INVALID_PAYLOAD]);
  }
}
