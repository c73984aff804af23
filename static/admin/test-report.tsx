import React from 'react';
import {
  Box,
  Heading,
  Inline,
  Link,
  Lozenge,
  SectionMessage,
  Stack,
  Text,
  xcss,
} from '@forge/react';
import type { Check, CheckStatus, TestReport as Report } from '../../src/entry/admin/api';
import { resultOf, summaryOf, titlesToMend, type TestResult } from './test-result';

const LOZENGES = {
  passed: { appearance: 'success', word: 'Passed' },
  warning: { appearance: 'moved', word: 'Warning' },
  failed: { appearance: 'removed', word: 'Failed' },
  skipped: { appearance: 'default', word: 'Skipped' },
} as const satisfies Record<CheckStatus, unknown>;

const APPEARANCES = {
  passed: 'success',
  warning: 'warning',
  failed: 'error',
} as const satisfies Record<TestResult, unknown>;

/** As wide as the widest status, so that the titles stand in a line. */
const statusColumn = xcss({ minWidth: '80px' });

interface TestReportProps {
  report: Report;
  /** Of what stands in the form now. */
  isCurrent?: boolean;
}

/** The report as a checklist: what it comes to, then check by check what was seen and how to mend it. */
export function TestReport({ report, isCurrent = true }: TestReportProps) {
  const toMend = titlesToMend(report);
  return (
    <Stack space="space.200" testId="test-report">
      <SectionMessage
        appearance={APPEARANCES[resultOf(report)]}
        title={summaryOf(report)}
        testId="test-summary"
      >
        <Stack space="space.050">
          {toMend.length > 0 && <Text>Not passed: {toMend.join(' · ')}</Text>}
          <Text>
            {isCurrent
              ? `It took ${seconds(report.durationMs)}.`
              : 'You changed the form since. Test again to see what that does.'}
          </Text>
        </Stack>
      </SectionMessage>
      <Part title="This site" checks={report.internal} />
      <Part title="The other site" checks={report.remote} />
    </Stack>
  );
}

function Part({ title, checks }: { title: string; checks: readonly Check[] }) {
  if (checks.length === 0) return null;
  return (
    <Stack space="space.150">
      <Heading as="h2" size="small">
        {title}
      </Heading>
      {checks.map((check) => (
        <CheckLine key={check.id} check={check} />
      ))}
    </Stack>
  );
}

function CheckLine({ check: { id, title, status, detail, fix, help } }: { check: Check }) {
  const { appearance, word } = LOZENGES[status];
  return (
    <Inline space="space.100" alignBlock="start" testId={`check-${id}`}>
      <Box xcss={statusColumn}>
        <Lozenge appearance={appearance}>{word}</Lozenge>
      </Box>
      <Stack space="space.050" grow="fill">
        <Text weight="bold">{title}</Text>
        <Text>{detail}</Text>
        {fix !== undefined && (
          <Text>
            <Text as="strong">What to do:</Text> {fix}{' '}
            {help !== undefined && (
              <Link href={help} openNewTab>
                Read more
              </Link>
            )}
          </Text>
        )}
      </Stack>
    </Inline>
  );
}

function seconds(durationMs: number): string {
  return durationMs < 1000 ? 'less than a second' : `${Math.round(durationMs / 1000)} s`;
}
