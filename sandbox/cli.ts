/** `npm start`: the sandbox for people. */
import { join, resolve } from 'node:path';
import { parseOptions, USAGE, UsageError, type CliOptions } from './cli-options';
import { native } from './forge/native';
import { Sandbox } from './index';
import { pairSites, type PairedSites } from './pair-sites';
import { MemoryStorage, openPersistentStorage } from './storage';

/** How far queries are behind the writes, and events behind Jira, at most: enough to meet it, too little to wait for it. */
const LAG_MS = 300;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(USAGE);
    return;
  }
  const options = parseOptions(args);
  const sandbox = await start(options);
  process.on('unhandledRejection', (error) => {
    // On the platform this ends one invocation, not the sites.
    console.error('A promise of the app failed and nobody waited for it:', error);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      sandbox.dispose().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
  const width = Math.max(...options.sites.map((name) => name.length));
  for (const { identity, url } of sandbox.sites) {
    console.log(`${identity.name.padEnd(width)}  ${url}/admin`);
  }
  await sandbox.warmUp();
  if (options.paired) {
    for (const pair of await pairSites(sandbox.sites)) console.log(pairText(pair));
  }
  console.log('ready');
}

/** A line for the pair, and one a side: its issues, and where what keeps them in step is set up. */
function pairText({ sides, isNew }: PairedSites): string {
  const names = sides.map(({ site }) => site.identity.name).join(' and ');
  return [
    isNew ? `paired ${names}` : `${names} are paired, as they were`,
    ...sides.map(({ site, contract: { name, enabled } }) => {
      const state = `contract ${name} is ${enabled ? 'enabled' : 'disabled'}`;
      return `  ${site.url}/?project=DEMO  ${site.url}/admin  ${state}`;
    }),
  ].join('\n');
}

async function start(options: CliOptions): Promise<Sandbox> {
  const { memory, port, sites, latencyMs, store, bundle } = options;
  const projectRoot = join(__dirname, '..');
  const storage = memory
    ? new MemoryStorage()
    : await openPersistentStorage(resolve(projectRoot, store));
  return Sandbox.start({
    sites,
    clock: 'real',
    storage,
    firstPort: port,
    latencyMs,
    lagMs: LAG_MS,
    eventLagMs: LAG_MS,
    projectRoot,
    bundle: bundle === undefined ? undefined : resolve(projectRoot, bundle),
    log: (line) => native.console.log(line),
  });
}

function fail(error: unknown): never {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
  if (isPortTaken(error)) {
    console.error(`Port ${error.port} is taken. Choose others with: npm start -- --port N`);
    process.exit(1);
  }
  console.error(error);
  process.exit(1);
}

function isPortTaken(error: unknown): error is Error & { port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

main().catch(fail);
