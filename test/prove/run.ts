/**
 * `npm run prove -- SEEDS [--sites SEEDS] [--first SEED]`: plays the engine's model for so many seeds, and the
 * model of whole sites; ends with 1 where a seed does not hold. `--shrink SEED`: leaves out of a seed of whole sites
 * that fails what it does not need for that, and tells the story that is left.
 */
import { proveEngine } from '../model/support/engine-story';
import { mustHold, type Proof } from '../model/support/proof';
import { shrinkSites } from '../model/support/site-shrink';
import { proveSites } from '../model/support/site-story';
import { parseOptions } from './options';
import { Tally } from './tally';

/** Then enough is known. */
const MAX_PROBLEMS = 5;

async function proveAll(
  what: string,
  first: number,
  seeds: number,
  prove: (seed: number) => Promise<Proof>,
): Promise<boolean> {
  if (seeds === 0) return true;
  const tally = new Tally();
  const startedAt = Date.now();
  const every = Math.max(1, Math.round(seeds / 20));
  let problems = 0;
  for (let done = 1; done <= seeds && problems < MAX_PROBLEMS; done += 1) {
    const seed = first + done - 1;
    const proof = await prove(seed);
    tally.add(proof);
    try {
      mustHold(proof, seed);
    } catch (problem) {
      problems += 1;
      console.error(`\n${what}: ${(problem as Error).message}\n`);
    }
    if (done % every === 0 || done === seeds) {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      console.log(`${what}: ${done} of ${seeds} seeds, ${problems} do not hold, ${seconds} s`);
    }
  }
  console.log(`\n${tally.table().join('\n')}\n`);
  return problems === 0;
}

async function main(): Promise<boolean> {
  const { engine, sites, first, shrink } = parseOptions(process.argv.slice(2));
  if (shrink !== undefined) {
    const { story, problem } = await shrinkSites(shrink, console.error);
    console.log([...story, problem?.message ?? 'It holds.'].join('\n'));
    return problem === undefined;
  }
  const engineHolds = await proveAll('Engine', first, engine, proveEngine);
  return (await proveAll('Sites', first, sites, proveSites)) && engineHolds;
}

main().then(
  (holds) => process.exit(holds ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
