/**
 * `npm run sabotage [-- WORDS]`: makes the sandbox kinder than the platform, or breaks a rule of the app, in one
 * way at a time, and fails if the case that is named for it does not notice. WORDS chooses the sabotages whose name
 * or file has them.
 */
import { availableParallelism } from 'node:os';
import { runCases, type Outcome } from './run-cases';
import { SABOTAGES, type Sabotage } from './sabotages';
import { ScratchCopy } from './scratch-copy';

/** One for each core: each has a project and a cache of its own. */
const COPIES = availableParallelism();

/** Why the sabotage was not found; `undefined`: it was. */
function survival(outcome: Outcome | undefined): string | undefined {
  if (outcome?.kind === 'failed') return undefined;
  return outcome?.kind === 'broken'
    ? `its case did not fail by an assertion:\n${outcome.why}`
    : 'its case passes all the same';
}

/** What is wrong with the cases before anything is changed. */
async function unfit(copy: ScratchCopy, sabotages: readonly Sabotage[]): Promise<string[]> {
  const outcomes = await runCases(copy, sabotages);
  return outcomes.flatMap((outcome, index) => {
    const { test = '', title = '' } = sabotages[index] ?? {};
    if (outcome.kind === 'passed') return [];
    return `${test}: ${title}: ${outcome.kind === 'broken' ? outcome.why : 'fails'}`;
  });
}

/** As many at a time as there are copies. Returns whether each was found. */
async function tryAll(
  copies: readonly ScratchCopy[],
  sabotages: readonly Sabotage[],
): Promise<boolean[]> {
  const found: boolean[] = [];
  const left = sabotages.entries();
  let done = 0;
  const work = async (copy: ScratchCopy): Promise<void> => {
    // All take from the same list.
    for (const [index, sabotage] of left) {
      const start = performance.now();
      const [outcome] = await copy.whileSabotaged(sabotage, () => runCases(copy, [sabotage]));
      const survived = survival(outcome);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      done += 1;
      const word = survived === undefined ? 'found' : 'SURVIVES';
      console.log(`${done}/${sabotages.length} ${word} (${seconds} s): ${sabotage.name}`);
      if (survived !== undefined) console.log(`${sabotage.test}: ${sabotage.title}: ${survived}`);
      found[index] = survived === undefined;
    }
  };
  await Promise.all(copies.map(work));
  return found;
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

async function main(words: string): Promise<void> {
  const sabotages = SABOTAGES.filter(({ name, file }) => `${file} ${name}`.includes(words));
  if (sabotages.length === 0) throw new Error(`No sabotage has such a name or file: ${words}`);
  const copies = Array.from(
    { length: Math.min(COPIES, sabotages.length) },
    () => new ScratchCopy(),
  );
  try {
    const [first] = copies;
    const problems = first ? await unfit(first, sabotages) : [];
    if (problems.length > 0) {
      throw new Error(`Without sabotage these cases do not pass:\n${problems.join('\n')}`);
    }
    const found = await tryAll(copies, sabotages);
    report(sabotages, found);
    if (!found.every(Boolean)) process.exitCode = 1;
  } finally {
    for (const copy of copies) copy.remove();
  }
}

main(process.argv.slice(2).join(' ')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
