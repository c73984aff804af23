/** Runs single cases of the tests, each by its full title, in a jest of their own. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sabotage } from './sabotage';
import type { ScratchCopy } from './scratch-copy';

export type Case = Pick<Sabotage, 'test' | 'title'>;

/** `failed`: by an assertion. `broken`: in another way, as by code that does not compile; `why` says how. */
export type Outcome = { kind: 'passed' | 'failed' } | { kind: 'broken'; why: string };

const resultsSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
});

type FileResult = z.output<typeof resultsSchema>['testResults'][number];

/** The outcome of each case, in their order. */
export async function runCases(copy: ScratchCopy, cases: readonly Case[]): Promise<Outcome[]> {
  const output = join(copy.root, 'sabotage.json');
  rmSync(output, { force: true });
  const files = [...new Set(cases.map(({ test }) => join('test', test)))];
  const titles = [...new Set(cases.map(({ title }) => escaped(title)))];
  const stderr = await stderrOf(
    [
      join(copy.root, 'node_modules/jest/bin/jest.js'),
      '--runInBand',
      '--json',
      `--outputFile=${output}`,
      `--cacheDirectory=${copy.cache}`,
      `--testNamePattern=^(${titles.join('|')})$`,
      '--runTestsByPath',
      ...files,
    ],
    copy.root,
  );
  const results = readResults(output);
  if (!results) return cases.map(() => ({ kind: 'broken', why: stderr }));
  return cases.map(({ test, title }) =>
    outcomeOf(
      results.find(({ name }) => name === join(copy.root, 'test', test)),
      title,
    ),
  );
}

/** Runs Node; how it ends is seen by what it has written. */
function stderrOf(args: readonly string[], cwd: string): Promise<string> {
  // What fails is read as text; what a case needs and is not there fails, and says what it is.
  const env = { ...process.env, FORCE_COLOR: '0', REQUIRE_ALL: '1' };
  const options = { cwd, env, maxBuffer: Infinity };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (_error, _stdout, stderr) => resolve(stderr));
  });
}

function readResults(output: string): FileResult[] | undefined {
  try {
    return resultsSchema.parse(JSON.parse(readFileSync(output, 'utf8'))).testResults;
  } catch {
    return undefined;
  }
}

function outcomeOf(file: FileResult | undefined, title: string): Outcome {
  const found = file?.assertionResults.filter(
    ({ fullName, status }) => fullName === title && status !== 'pending',
  );
  const [only] = found ?? [];
  if (!only || found?.length !== 1) {
    return { kind: 'broken', why: file?.message || `${found?.length ?? 0} such cases` };
  }
  if (only.status === 'passed') return { kind: 'passed' };
  const { failureMessages } = only;
  return failureMessages.some(isAssertion)
    ? { kind: 'failed' }
    : { kind: 'broken', why: failureMessages.join('\n') };
}

/**
 * Each of jest's matchers begins with what was expected: `expect(received).toBe(expected)`. A model says which of
 * its seeds does not hold, fast-check that its property failed.
 */
const isAssertion = (message: string): boolean =>
  /^(\w*Error: )?(expect\(|Seed \d+ \(|Property failed after )/.test(message);

/** For a regular expression that means the text itself. */
export const escaped = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
