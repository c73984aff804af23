/** JQL finds the issues that came from elsewhere, as README says. */
import { endAllowed, startSynced, type Synced, type SyncedSite } from '../support/synced-sites';
import { create, theOne } from '../support/twins';

let synced: Synced;
afterEach(() => endAllowed(synced.sandbox));

const found = async ({ rest }: SyncedSite, jql: string): Promise<string[]> => {
  const answer = await rest<{ issues: { id: string }[] }>('POST', 'search/jql', { jql });
  return answer.issues.map(({ id }) => id);
};

test('the issues that came over a connection, and those that have passed a site', async () => {
  synced = await startSynced(['north', 'south'], [['north', 'south']]);
  const [north, south] = [synced.site('north'), synced.site('south')];
  await create(north, { summary: 'From north' });
  await create(south, { summary: 'From south' });
  await synced.pass();
  const { id } = await theOne(south, 'From north');
  const { connection } = south.connections.get('north') ?? {};
  const site = north.site.identity.cloudId;
  for (const jql of [
    'issue.property[issuesync].connection IS NOT EMPTY',
    `issue.property[issuesync].connection = "${connection}"`,
    `issue.property[issuesync].origin.site = "${site}"`,
    `project = DEMO AND issue.property[issuesync].path = "${site}"`,
  ]) {
    expect({ jql, found: await found(south, jql) }).toEqual({ jql, found: [id] });
  }
  const elsewhere = 'issue.property[issuesync].origin.site = "elsewhere"';
  expect(await found(south, elsewhere)).toEqual([]);
});
