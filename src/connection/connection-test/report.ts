/** What Test answers: an ordered list of checks, each with what was seen and how to mend it. */

export type CheckStatus = 'passed' | 'warning' | 'failed' | 'skipped';

/** One line of a test report. */
export interface Check {
  /** Stable; `docs/troubleshooting.md` has a section of this name. */
  id: CheckId;
  title: string;
  status: CheckStatus;
  /** What was seen. */
  detail: string;
  /** How to mend it. */
  fix?: string;
  /** Where to read more: an https URL. */
  help?: string;
}

export interface TestReport {
  /** ISO 8601. */
  startedAt: string;
  durationMs: number;
  internal: Check[];
  remote: Check[];
}

/** Every check with its title, in the order in which they are shown. */
export const INTERNAL_CHECKS = {
  'local-user-exists': 'The Local User exists',
  'local-user-active': 'The Local User is active',
  'local-user-not-you': 'The Local User is not you',
  'local-user-dedicated': 'The Local User is dedicated',
  'local-user-impersonation': 'The app can act as the Local User',
  'local-user-permissions': 'The Local User can browse, create and edit issues',
  'local-user-more-permissions': 'The Local User can comment, attach and transition',
  'own-endpoint': 'This site reaches its own endpoint',
} as const;

export const REMOTE_CHECKS = {
  'remote-passive': 'The other side makes all requests',
  'remote-reachable': 'The remote endpoint answers',
  'remote-key': 'The remote accepts our key',
  'remote-signature': 'The answer is signed by the remote',
  'remote-local-user': 'The remote’s Local User is in order',
  'remote-site': 'The remote is the site that it was',
  'remote-running': 'The connection is not paused there',
  'remote-clock': 'The clocks agree',
  'remote-protocol': 'Both sides speak the same protocol',
} as const;

export type InternalCheckId = keyof typeof INTERNAL_CHECKS;
export type RemoteCheckId = keyof typeof REMOTE_CHECKS;
export type CheckId = InternalCheckId | RemoteCheckId;

const TITLES: Record<CheckId, string> = { ...INTERNAL_CHECKS, ...REMOTE_CHECKS };

const HELP =
  'https://github.com/issuesync-for-jira/issuesync-for-jira/blob/main/docs/troubleshooting.md';

export const passed = (id: CheckId, detail: string): Check => check(id, 'passed', detail);

export const skipped = (id: CheckId, detail: string): Check => check(id, 'skipped', detail);

export const warning = (id: CheckId, detail: string, fix: string): Check =>
  check(id, 'warning', detail, fix);

export const failed = (id: CheckId, detail: string, fix: string): Check =>
  check(id, 'failed', detail, fix);

/** The worst of all checks; those that were skipped do not count. */
export function resultOf(report: TestReport): 'passed' | 'warning' | 'failed' {
  const statuses = [...report.internal, ...report.remote].map(({ status }) => status);
  if (statuses.includes('failed')) return 'failed';
  return statuses.includes('warning') ? 'warning' : 'passed';
}

function check(id: CheckId, status: CheckStatus, detail: string, fix?: string): Check {
  return {
    id,
    title: TITLES[id],
    status,
    detail,
    ...(fix === undefined ? {} : { fix, help: `${HELP}#${id}` }),
  };
}
