/** Showing where the twin stands, once the remote's result has told it. */
import { look } from './apply';
import type { SyncContext } from './context';
import { commitLink, underLease } from './lease';
import { isNews, showing, SHOWN_HERE, showingRefusal, withShown } from './standing';
import type { LinkRecord } from './records';
import type { Standing } from './messages';
import { writeIssue } from './write-issue';

/**
 * Writes our fields that show the twin, under a lease of the link. What Jira refuses is in the link, and holds
 * nothing back.
 *
 * @param link as it is stored: until the fields are written it must not look as if all were told, or a failure would
 *   end what the remote has told
 * @param told brings a link up to date with the remote's result
 * @returns the link as it is stored then; `undefined`: somebody is at it just now
 * @throws JiraError
 */
export async function showTwin<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
  told: (link: LinkRecord) => LinkRecord,
  standing: Standing | undefined,
): Promise<LinkRecord | undefined> {
  const after = told(link);
  if (!isNews(context, after, standing)) return after;
  const stored = await underLease(context, link, async (leased) => {
    const found = await look(context, leased);
    if (!found) return undefined;
    const before = told(found.before);
    const writes = showing(context, before, standing);
    const written = await writeIssue(context, before, before, writes);
    const refusal = showingRefusal(writes, written.refused);
    const shown = withShown(written.link, standing, writes);
    const refusals = refusal && { ...shown.refusals, [SHOWN_HERE]: { ...refusal, of: '' } };
    return commitLink(context, { ...shown, ...(refusals ? { refusals } : {}) });
  });
  return stored && 'outcome' in stored ? undefined : stored;
}
