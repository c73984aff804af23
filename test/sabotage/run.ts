/**
 * `npm run sabotage [-- WORDS]`: makes the sandbox kinder than the platform, or breaks a rule of the app, in one
 * way at a time, and fails if the case that is named for it does not notice. WORDS chooses the sabotages whose name
 * or file has them.
 */
import { runCases, type Outcome } from './run-cases';
import { SABOTAGES, type Sabotage } from './sabotages';
import { ScratchCopy } from './scratch-copy';

/** Why the sabotage was not found; `undefined`: it was. */
function survival(outcome: Outcome | undefined): string | undefined {
  if (outcome?.kind === 'failed') return undefined;
  return outcome?.kind === 'broken'
    ? `its case did not fail by an assertion:\n${outcome.why}`
    : 'its case passes all the same';
}

/** What is wrong with the cases before anything is changed. */
function unfit(copy: ScratchCopy, sabotages: readonly Sabotage[]): string[] {
  return runCases(copy, sabotages).flatMap((outcome, index) => {
    const { test = '', title = '' } = sabotages[index] ?? {};
    if (outcome.kind === 'passed') return [];
    return `${test}: ${title}: ${outcome.kind === 'broken' ? outcome.why : 'fails'}`;
  });
}

/** One after the other. Returns whether each was found. */
function tryAll(copy: ScratchCopy, sabotages: readonly Sabotage[]): boolean[] {
  return sabotages.map((sabotage, index) => {
    const start = performance.now();
    const [outcome] = copy.whileSabotaged(sabotage, () => runCases(copy, [sabotage]));
    const survived = survival(outcome);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const count = `${index + 1}/${sabotages.length}`;
    const word = survived === undefined ? 'found' : 'SURVIVES';
    console.log(`${count} ${word} (${seconds} s): ${sabotage.name}`);
    if (survived !== undefined) console.log(`${sabotage.test}: ${sabotage.title}: ${survived}`);
    return survived === undefined;
  });
}

function report(sabotages: readonly Sabotage[], found: readonly boolean[]): void {
  const width = Math.max(...sabotages.map(({ name }) => name.length));
  console.log();
  for (const [index, { name, test, title }] of sabotages.entries()) {
    console.log(`${found[index] ? 'ok  ' : 'FAIL'} ${name.padEnd(width)}  ${test}: ${title}`);
  }
  const passed = found.filter(Boolean).length;
  console.log(`\n${passed} passed, ${found.length - passed} failed`);
}

function main(words: string): void {
  const sabotages = SABOTAGES.filter(({ name, file }) => `${file} ${name}`.includes(words));
  if (sabotages.length === 0) throw new Error(`No sabotage has such a name or file: ${words}`);
  const copy = new ScratchCopy();
  try {
    const problems = unfit(copy, sabotages);
    if (problems.length > 0) {
      throw new Error(`Without sabotage these cases do not pass:\n${problems.join('\n')}`);
    }
    const found = tryAll(copy, sabotages);
    report(sabotages, found);
    if (!found.every(Boolean)) process.exitCode = 1;
  } finally {
    copy.remove();
  }
}

main(process.argv.slice(2).join(' '));
