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
import { useLocalTime } from './local-time';
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

/** A time in what a check has seen, as the server writes it. */
const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;

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
      <Part title="This site (internal part)" checks={report.internal} />
      <Part title="The other site (remote part)" checks={report.remote} />
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
      {linesOf(checks).map(([check, ...alike]) =>
        alike.length === 0 ? (
          <CheckLine key={check.id} check={check} />
        ) : (
          <SkippedLine key={check.id} checks={[check, ...alike]} detail={check.detail} />
        ),
      )}
    </Stack>
  );
}

/** Checks that were skipped one after the other for the same reason share a line. */
function linesOf(checks: readonly Check[]): [Check, ...Check[]][] {
  const lines: [Check, ...Check[]][] = [];
  for (const check of checks) {
    const line = lines.at(-1);
    if (
      line?.[0].status === 'skipped' &&
      check.status === 'skipped' &&
      line[0].detail === check.detail
    ) {
      line.push(check);
    } else lines.push([check]);
  }
  return lines;
}

function CheckLine({ check: { id, title, status, detail, fix, help } }: { check: Check }) {
  const formatTime = useLocalTime();
  return (
    <Line status={status} testId={`check-${id}`}>
      <Text weight="bold">{title}</Text>
      <Text>{detail.replace(ISO_TIME, formatTime)}</Text>
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
    </Line>
  );
}

function SkippedLine({ checks, detail }: { checks: readonly Check[]; detail: string }) {
  return (
    <Line status="skipped" testId="checks-skipped">
      <Text weight="bold">
        {checks.map(({ id, title }, index) => (
          <React.Fragment key={id}>
            {index > 0 && ' · '}
            <Text testId={`check-${id}`}>{title}</Text>
          </React.Fragment>
        ))}
      </Text>
      <Text>{detail}</Text>
    </Line>
  );
}

interface LineProps {
  status: CheckStatus;
  testId: string;
  children: React.ReactNode;
}

function Line({ status, testId, children }: LineProps) {
  const { appearance, word } = LOZENGES[status];
  return (
    <Inline space="space.100" alignBlock="start" testId={testId}>
      <Box xcss={statusColumn}>
        <Lozenge appearance={appearance}>{word}</Lozenge>
      </Box>
      <Stack space="space.050" grow="fill">
        {children}
      </Stack>
    </Inline>
  );
}

function seconds(durationMs: number): string {
  return durationMs < 1000 ? 'less than a second' : `${Math.round(durationMs / 1000)} s`;
}
