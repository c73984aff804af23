/**
 * Jira has no conditional write, so a user's change can come between our reading and our writing. Jira's
 * answer, and its changelog later on, say what a write has replaced: what nobody had read counts as made
 * before the write, is merged with it, and is written back where it should have stayed.
 */
import {
  observeAlias,
  receiveAlias,
  writtenAlias,
  type Alias,
  type AliasWrite,
  type ObservedAlias,
  type ValueAlias,
} from './alias';
import type { SyncContext } from './context';
import { keepLoser } from './history';
import type { LinkRecord } from './records';

type ObservedValue<Value> = Extract<ObservedAlias<Value>, { kind: 'value' }>;

/** A value that a write of ours has replaced without having read it. */
export interface Unseen<Value> {
  alias: string;
  /** As we had read it. */
  before: ValueAlias;
  /** As it is after the write. */
  after: ValueAlias;
  was: ObservedValue<Value>;
  now: ObservedValue<Value>;
  /** Whether nobody has changed it since the write. */
  isOurs: boolean;
}

/** None where the write has replaced what was read. Writes by element replace nothing. */
export function unseenBy<Value>(
  alias: string,
  before: Alias | undefined,
  after: Alias,
  was: ObservedAlias<Value> | undefined,
  now: ObservedAlias<Value> | undefined,
  isOurs: boolean,
): Unseen<Value>[] {
  if (before?.kind !== 'value' || after.kind !== 'value') return [];
  if (was?.kind !== 'value' || now?.kind !== 'value' || was.hash === before.mine) return [];
  return [{ alias, before, after, was, now, isOurs }];
}

export interface Restored<Value> {
  link: LinkRecord;
  /** What has to be written back. */
  writes: Readonly<Record<string, AliasWrite<Value>>>;
}

/** Merges each with what has replaced it, and keeps what loses. */
export async function restoreUnseen<Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
  unseen: readonly Unseen<Value>[],
): Promise<Restored<Value>> {
  const aliases: Record<string, Alias> = { ...link.aliases };
  const writes: Record<string, AliasWrite<Value>> = {};
  for (const { alias, before, after, was, now, isOurs } of unseen) {
    const made = observeAlias(before, was, context.site);
    if (made.kind !== 'value') continue;
    const merged = receiveAlias(made, { ...after, value: now.value }, context.policy);
    const stays = merged.outcome !== 'applied' && isOurs;
    if (stays) {
      // Until it is written back, Jira has what we have written.
      aliases[alias] = writtenAlias(merged.alias, { ...now, hash: after.mine });
      writes[alias] = { kind: 'value', value: was.value };
    } else if (isOurs) {
      aliases[alias] = writtenAlias(merged.alias, { ...now, hash: after.mine });
    }
    // A value of ours that was being written back is one that whoever was faster has not seen either.
    const isOwnLost = stays && after.dot.site === context.site;
    if (merged.lost || !isOurs || isOwnLost) {
      const [loser, winner] = stays
        ? [{ dot: after.dot, value: now.value }, made]
        : [{ dot: made.dot, value: was.value }, after];
      await keepLoser(context, { issue: link.issue, alias, loser, winner });
    }
  }
  return { link: { ...link, aliases }, writes };
}
