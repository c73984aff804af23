/**
 * The whole story between two sites, in each mode: an issue is created, and everything that becomes of it on
 * either side becomes of its twin.
 */
import { playStory } from '../support/sync-story';
import { endAllowed, startSynced, type Synced } from '../support/synced-sites';

let synced: Synced;
afterEach(() => endAllowed(synced.sandbox));

/** Longer than the poll of an active side takes to collect. */
const COLLECTED = 65;

test.each([
  ['neither side passive, the app’s own account', undefined, 'app'],
  ['neither side passive, picked users', undefined, 'picked'],
  ['the first side passive', 'first', 'picked'],
  ['the second side passive', 'second', 'picked'],
] as const)('%s: both ways', async (_name, passive, localUser) => {
  synced = await startSynced(['north', 'south'], [['north', 'south']], {
    ...(passive ? { passive } : {}),
    localUser,
  });
  const [north, south] = [synced.site('north'), synced.site('south')];
  const wait = () => synced.pass(passive ? COLLECTED : 5);
  await playStory([north, south], wait, 'The export');
  await playStory([south, north], wait, 'The import');
});
