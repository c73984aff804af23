/** What `npm run prove` is asked for. */
export interface ProveOptions {
  engine: number;
  sites: number;
  first: number;
  /** A seed of whole sites to make smaller. */
  shrink?: number;
}

const USAGE = 'npm run prove -- [SEEDS] [--sites SEEDS] [--first SEED] | --shrink SEED';

/** @throws Error for what it does not understand */
export function parseOptions(args: readonly string[]): ProveOptions {
  const options: ProveOptions = { engine: 2_000, sites: 0, first: 1 };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--sites') options.sites = numberOf(rest.shift());
    else if (arg === '--first') options.first = numberOf(rest.shift());
    else if (arg === '--shrink') options.shrink = numberOf(rest.shift());
    else options.engine = numberOf(arg);
  }
  return options;
}

function numberOf(text: string | undefined): number {
  const number = Number(text);
  if (text === undefined || !Number.isInteger(number) || number < 0) throw new Error(USAGE);
  return number;
}
