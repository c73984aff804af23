/** Where an issue is from. Its property only says where to look: who may edit the issue may write there. */
import type { SyncContext } from './context';
import type { Snapshot } from './ports';
import { originKey, type IssueOrigin, type LinkRecord } from './records';

export interface Birth {
  origin: IssueOrigin;
  path: readonly string[];
  /** A connection of this site is about to know that it has created it. */
  isCreating: boolean;
}

/**
 * An issue that has no link with the remote of this connection yet. That it is a copy counts where the record of its
 * creation names it; where there is none (the app was installed anew), where our account has created it, which
 * nobody can forge. Everything else is an issue of this site.
 */
export async function birthOf<Value>(
  { store, site }: SyncContext<Value>,
  issue: string,
  { passed }: Snapshot<Value>,
): Promise<Birth> {
  const here: Birth = { origin: { site, issue }, path: [site], isCreating: false };
  if (!passed) return here;
  const { origin, nonce, isByUs } = passed;
  const record = await store.find('origin', originKey(origin));
  if (!record) return isByUs ? { origin, path: passed.path, isCreating: false } : here;
  // A record of an older version does not say the path.
  const { path = passed.path } = record;
  const isCreating = record.issue === undefined && record.nonce === nonce;
  return isCreating || record.issue === issue ? { origin, path, isCreating } : here;
}

/** Whether the app has created the issue here for this connection, as its remote has sent it. */
export const isCopy = <Value>(
  { remoteSite }: Pick<SyncContext<Value>, 'remoteSite'>,
  { path }: Pick<LinkRecord, 'path'>,
): boolean => path.at(-2) === remoteSite;
