/** Two admins pair their sites, each on their own admin page. */
import type { AdminPage, Handover } from './admin-in-browser';

export const TECHNICAL_USER = 'IssueSYNC Technical User';

export interface Pairing {
  /** What each admin handed to the other. */
  handovers: { north: Handover; south: Handover };
  /** What each test reported, as `check: status`, in the order in which they were run. */
  reports: {
    /** Of north's form, before anything is stored. */
    draft: string[];
    /** In north's list, before south has added its connection. */
    alone: string[];
    south: string[];
    north: string[];
  };
}

/**
 * Generate on each, exchange URL and key, test, add: north first, then south. North's connection is
 * *Southern office*, south's *Northern office*.
 *
 * @param whenFilledIn sees north's form when all is filled in
 */
export async function pairInBrowser(
  north: AdminPage,
  south: AdminPage,
  whenFilledIn: () => Promise<void> = async () => undefined,
): Promise<Pairing> {
  const handovers = { north: await north.startConnection(), south: await south.startConnection() };
  await north.fill({
    name: 'Southern office',
    localUser: TECHNICAL_USER,
    remoteUrl: handovers.south.url,
    remoteKey: handovers.south.key,
  });
  await whenFilledIn();
  const draft = await north.testForm();
  await north.add();
  const alone = await north.testListed('Southern office');

  await south.fill({
    name: 'Northern office',
    localUser: TECHNICAL_USER,
    remoteUrl: handovers.north.url,
    remoteKey: handovers.north.key,
  });
  await south.add();
  const reports = {
    draft,
    alone,
    south: await south.testListed('Northern office'),
    north: await north.testListed('Southern office'),
  };
  return { handovers, reports };
}

/** The statuses of a report, each once. */
export const statuses = (report: string[]): string[] => [
  ...new Set(report.map((check) => check.replace(/^.*: /, ''))),
];
