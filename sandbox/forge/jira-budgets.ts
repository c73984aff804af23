/**
 * Jira's three limits on an app (Jira: Rate limiting): points an hour over all tenants, requests a second
 * per tenant and endpoint, writes per issue. What a call costs in points is for `jira-points.ts`.
 */
import type { JiraLimitReason } from '../fault-rules';
import {
  ISSUE_WRITE_WINDOWS,
  JIRA_POINTS_PER_HOUR,
  JIRA_REQUESTS_PER_SECOND,
  JIRA_REQUESTS_PER_SECOND_OF,
  JIRA_REQUESTS_PER_SECOND_OF_OTHERS,
} from './limits';
import { FixedWindow, KeyedWindows, type RateWindow } from './rate-windows';

/** The points of an app: all its tenants share them. */
export const jiraPoints = (): RateWindow => new FixedWindow(JIRA_POINTS_PER_HOUR, 3_600_000);

/** What the app may ask of one site's Jira. */
export class JiraBudgets {
  private readonly endpoints = new KeyedWindows(1_000);
  private readonly issueWrites = ISSUE_WRITE_WINDOWS.map(({ limit, lengthMs }) => ({
    limit,
    windows: new KeyedWindows(lengthMs),
  }));

  /** @param isEnforced whether what does not fit is refused */
  constructor(
    private readonly points: RateWindow,
    private readonly now: () => number,
    private readonly isEnforced: () => boolean,
  ) {}

  /**
   * Takes a call into account.
   *
   * @param endpoint the path, with its parameters in braces
   * @param issueId the issue that it names
   * @returns the 429 that it gets instead, `undefined` where it fits
   */
  take(method: string, endpoint: string, issueId: string | undefined): Response | undefined {
    const now = this.now();
    const burst = this.burstOf(method, endpoint, now);
    const writes = method === 'GET' || issueId === undefined ? [] : this.writesOf(issueId, now);
    const refusal = this.isEnforced() ? this.refusalOf(burst, writes, now) : undefined;
    if (refusal) return refusal;
    for (const window of [burst, ...writes]) window.add(now);
    return undefined;
  }

  /** What a call has cost. The one that goes beyond the quota still passes; the next one does not. */
  spend(points: number): void {
    this.points.add(this.now(), points);
  }

  /** Headers of every answer: what is left of the second, and whether the hour's points come to an end. */
  headersOf(method: string, endpoint: string): Record<string, string> {
    const now = this.now();
    const burst = this.burstOf(method, endpoint, now);
    const isNear = this.points.remaining(now) < this.points.limit * 0.2;
    return {
      'x-ratelimit-limit': String(burst.limit),
      'x-ratelimit-remaining': String(burst.remaining(now)),
      ...(isNear ? { 'x-ratelimit-nearlimit': 'true' } : {}),
    };
  }

  private refusalOf(burst: RateWindow, writes: RateWindow[], now: number): Response | undefined {
    if (this.points.remaining(now) === 0) {
      const resetAt = this.points.freeAt(now);
      return limitedByJira('jira-quota-global-based', now, resetAt, this.points.limit);
    }
    if (!burst.fits(now)) {
      return limitedByJira('jira-burst-based', now, burst.freeAt(now), burst.limit);
    }
    const full = writes.find((window) => !window.fits(now));
    return full && limitedByJira('jira-per-issue-on-write', now, full.freeAt(now), full.limit);
  }

  private burstOf(method: string, endpoint: string, now: number): RateWindow {
    const limit =
      JIRA_REQUESTS_PER_SECOND_OF[`${method} ${endpoint}`] ??
      JIRA_REQUESTS_PER_SECOND[method] ??
      JIRA_REQUESTS_PER_SECOND_OF_OTHERS;
    return this.endpoints.of(`${method} ${endpoint}`, limit, now);
  }

  private writesOf(issueId: string, now: number): RateWindow[] {
    return this.issueWrites.map(({ limit, windows }) => windows.of(issueId, limit, now));
  }
}

/** Limits that a fault may name without any having been reached. */
const LIMITS: Record<JiraLimitReason, number> = {
  'jira-quota-global-based': JIRA_POINTS_PER_HOUR,
  'jira-quota-tenant-based': JIRA_POINTS_PER_HOUR,
  'jira-burst-based': 100,
  'jira-per-issue-on-write': ISSUE_WRITE_WINDOWS[0].limit,
};

/**
 * Jira's 429, with all that the page lists; the body is UNVERIFIED.
 *
 * @param resetAt when the app may come again, in ms since the epoch
 */
export function limitedByJira(
  reason: JiraLimitReason,
  now: number,
  resetAt: number,
  limit = LIMITS[reason],
): Response {
  const headers = {
    'retry-after': String(Math.max(1, Math.ceil((resetAt - now) / 1000))),
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': new Date(Math.ceil(resetAt / 1000) * 1000)
      .toISOString()
      .replace('.000Z', 'Z'),
    'ratelimit-reason': reason,
    // "Not used for request rate limiting."
    ...(reason.startsWith('jira-quota') ? { 'x-ratelimit-nearlimit': 'true' } : {}),
  };
  return Response.json(
    { errorMessages: ['Rate limit exceeded'], errors: {} },
    { status: 429, headers },
  );
}
