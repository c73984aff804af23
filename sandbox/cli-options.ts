/** The command line of `npm start`. */
import { parseArgs } from 'node:util';

export interface CliOptions {
  /** Keep nothing. */
  memory: boolean;
  /** The first site's port. */
  port: number;
  sites: string[];
  /** Whether each site is connected with the next, and their `DEMO` is kept in step. */
  paired: boolean;
  /** Added to each platform call, in ms. */
  latencyMs: number;
  /** The folder that the sites are kept in. */
  store: string;
  /** The folder of the official bundles to run on; on the sources if not said. */
  bundle: string | undefined;
}

/** What is wrong with the command line, for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `npm start -- [options]

  --help          this
  --memory        keep nothing when it ends
  --store DIR     where the sites are kept (default .sandbox)
  --port N        first port, each further site the next (default 7101)
  --sites a,b,c   names of the sites (default north,south)
  --paired        each site connected with the next, DEMO kept in step
  --latency MS    added to each platform call (default 0)
  --bundle DIR    run on the official bundles that "npm run bundle" has built`;

const DEFAULT_STORE = '.sandbox';
const DEFAULT_PORT = 7101;
const MAX_PORT = 65_535;

/** More is a typing error, and would only look like a sandbox that hangs. */
const MAX_LATENCY_MS = 60_000;

/** The names are in hosts, mail addresses and file names. */
const SITE_NAME = /^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/;

/** @throws UsageError */
export function parseOptions(args: string[]): CliOptions {
  const values = rawOptions(args);
  const sites = (values.sites ?? 'north,south').split(',');
  for (const name of sites) {
    if (!SITE_NAME.test(name)) {
      throw new UsageError(
        `--sites: "${name}" is no name of a site: use a-z, 0-9 and -, beginning with a letter`,
      );
    }
  }
  if (new Set(sites).size < sites.length) throw new UsageError('--sites: a name is there twice');
  const { memory = false, paired = false, bundle } = values;
  if (paired && sites.length < 2) throw new UsageError('--paired: it takes two sites or more');
  const port = integer('--port', values.port, DEFAULT_PORT, 1, MAX_PORT - sites.length + 1);
  const latencyMs = integer('--latency', values.latency, 0, 0, MAX_LATENCY_MS);
  const store = values.store ?? DEFAULT_STORE;
  return { memory, port, sites, paired, latencyMs, store, bundle };
}

function rawOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        memory: { type: 'boolean' },
        store: { type: 'string' },
        port: { type: 'string' },
        sites: { type: 'string' },
        paired: { type: 'boolean' },
        latency: { type: 'string' },
        bundle: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function integer(
  option: string,
  text: string | undefined,
  fallback: number,
  min: number,
  max: number,
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${option}: "${text}" is no whole number from ${min} to ${max}`);
  }
  return value;
}
