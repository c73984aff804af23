/** What a test pays for a site: starting it, and the first call of a resolver, which loads the app. */
import { Sandbox } from '../../sandbox';
import { Stopwatch, type Lap } from './stopwatch';

export interface SiteStarts {
  /** The first in this process: nothing of the app is loaded yet. */
  fresh: Lap;
  /** The next ones. */
  warm: Lap[];
}

const WARM_STARTS = 5;

export async function measureSiteStarts(): Promise<SiteStarts> {
  const fresh = await startAndCall();
  const warm: Lap[] = [];
  for (let count = 0; count < WARM_STARTS; count += 1) warm.push(await startAndCall());
  return { fresh, warm };
}

async function startAndCall(): Promise<Lap> {
  const watch = new Stopwatch();
  const sandbox = await Sandbox.start({ sites: ['north'] });
  await sandbox.site('north').invoke('connections/list', {});
  const lap = watch.lap();
  await sandbox.dispose();
  return lap;
}
