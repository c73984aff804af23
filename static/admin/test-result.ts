/** What a test report comes to. */
import type { Check, CheckStatus, ConnectionView, TestReport } from '../../src/entry/admin/api';

export type TestResult = NonNullable<ConnectionView['lastTest']>['result'];

/** The worst of all checks; those that were skipped do not count. */
export function resultOf(report: TestReport): TestResult {
  if (count(report, 'failed') > 0) return 'failed';
  return count(report, 'warning') > 0 ? 'warning' : 'passed';
}

/** For the top of the report, such as “2 checks failed, 1 warning”. */
export function summaryOf(report: TestReport): string {
  const failed = count(report, 'failed');
  const warnings = count(report, 'warning');
  const skipped = count(report, 'skipped');
  const skippedToo = skipped === 0 ? '' : ` (${skipped} skipped)`;
  if (failed === 0 && warnings === 0) {
    return skipped === 0 ? 'All checks passed' : `All checks that ran passed${skippedToo}`;
  }
  const parts = [
    ...(failed === 0 ? [] : [failed === 1 ? '1 check failed' : `${failed} checks failed`]),
    ...(warnings === 0 ? [] : [warnings === 1 ? '1 warning' : `${warnings} warnings`]),
  ];
  return `${parts.join(', ')}${skippedToo}`;
}

/** The titles of the checks that failed, then of those that warn. */
export function titlesToMend(report: TestReport): string[] {
  const checks: Check[] = [...report.internal, ...report.remote];
  return (['failed', 'warning'] as const).flatMap((status) =>
    checks.filter((check) => check.status === status).map(({ title }) => title),
  );
}

function count(report: TestReport, status: CheckStatus): number {
  const checks: Check[] = [...report.internal, ...report.remote];
  return checks.filter((check) => check.status === status).length;
}
