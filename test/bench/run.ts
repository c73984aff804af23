/**
 * `npm run bench`: how long `npm start` takes, and a site in a test. The aims are in docs/sandbox.md; the
 * numbers depend on the machine and on what else it does, so nothing here fails on them.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeNpmStart } from './npm-start';
import type { SiteStarts } from './site-start';
import { summary } from './stopwatch';

const START_RUNS = 5;
const SITE_RUNS = 7;

async function main(): Promise<void> {
  const [load = 0] = loadavg();
  console.log(`${cpus().length} cores, load ${load.toFixed(1)}, Node ${process.version}\n`);

  const starts: number[] = [];
  for (let run = 0; run < START_RUNS; run += 1) starts.push(await timeNpmStart());
  tell(`npm start, empty store, until ready (aim: 10,000), ${START_RUNS} runs`, starts);

  const sites = Array.from({ length: SITE_RUNS }, measureInJest);
  const fresh = sites.map((site) => site.fresh);
  const warm = sites.flatMap((site) => site.warm);
  const what = 'Sandbox.start and the first resolver call';
  tell(`\n${what}, in a fresh test file (aim: 300), ${SITE_RUNS} runs`, wall(fresh));
  tell(
    '  of that, work of the process',
    fresh.map(({ cpu }) => cpu),
  );
  tell(`${what}, again in the same file, ${warm.length} runs`, wall(warm));
  tell(
    '  of that, work of the process',
    warm.map(({ cpu }) => cpu),
  );
}

const wall = (laps: { wall: number }[]): number[] => laps.map((lap) => lap.wall);

const tell = (what: string, milliseconds: number[]): void =>
  console.log(`${what}\n    ${summary(milliseconds)}`);

/** One jest of its own, so that no module is loaded yet. */
function measureInJest(): SiteStarts {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const output = join(folder, 'site.json');
  try {
    const jest = require.resolve('jest/bin/jest');
    execFileSync(process.execPath, [jest, '--testMatch', '**/*.bench.ts', '--silent'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, BENCH_OUTPUT: output },
    });
    return JSON.parse(readFileSync(output, 'utf8')) as SiteStarts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
