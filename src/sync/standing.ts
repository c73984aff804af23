/**
 * Where an issue stands: its key and its status, for fields of the twin that show them to people. Outside of every
 * alias: nothing is merged, and what a field shows is never a change of its own site.
 */
import type { SyncContext } from './context';
import { joinedRefusal } from './joined-refusal';
import type { Shown, Standing, TwinFields } from './messages';
import type { AliasWrites, WriteRefusal } from './ports';
import type { LinkRecord } from './records';

/** What the contract lets the remote know of our issue, as it was last read. */
export function standingTold<Value>(
  { issues, rules }: SyncContext<Value>,
  issue: string,
): Standing | undefined {
  const standing = rules.tellsStanding ? issues.standing(issue) : undefined;
  if (!standing || rules.tellsStatus) return standing;
  const { status: _untold, ...rest } = standing;
  return rest;
}

/** The part of a message or a result that is about such fields, on either side. */
export function twinFields<Value>(
  context: SyncContext<Value>,
  { issue, shown }: Pick<LinkRecord, 'issue' | 'shown'>,
): TwinFields {
  const standing = standingTold(context, issue);
  return {
    ...(standing ? { standing } : {}),
    ...(context.issues.showsTwin ? { shown: asShown(shown ?? {}) } : {}),
  };
}

/** Whether fields of the remote show something else of our issue than they should. */
export function isShownOld<Value>(context: SyncContext<Value>, link: LinkRecord): boolean {
  const standing = link.told && standingTold(context, link.issue);
  return standing !== undefined && !isSame(asShown(standing), link.told ?? {});
}

/** What is to be written for it: none where no field shows it, or where something newer is shown. */
export function showing<Value>(
  { issues, rules }: SyncContext<Value>,
  { shown }: Pick<LinkRecord, 'shown'>,
  standing: Standing | undefined,
): AliasWrites<Value> {
  const isLate = standing !== undefined && shown !== undefined && standing.at < shown.at;
  return standing && rules.takesStanding && !isLate ? issues.showing(standing) : {};
}

/** Whether our fields have to be looked at. */
export const isNews = <Value>(
  context: SyncContext<Value>,
  link: LinkRecord,
  standing: Standing | undefined,
): boolean =>
  standing !== undefined &&
  !isSame(asShown(standing), asShown(link.shown ?? {})) &&
  Object.keys(showing(context, link, standing)).length > 0;

/** The link once our fields show it, or have refused to. */
export function withShown(
  link: LinkRecord,
  standing: Standing | undefined,
  writes: AliasWrites<unknown>,
): LinkRecord {
  if (!standing || Object.keys(writes).length === 0) return link;
  const { refusals, ...rest } = link;
  const { [SHOWN_HERE]: _before, ...others } = refusals ?? {};
  return {
    ...rest,
    shown: standing,
    ...(Object.keys(others).length > 0 ? { refusals: others } : {}),
  };
}

/** The link with what the remote's fields show of our issue; `undefined`: it has none. */
export function withTold(
  { told: _before, ...link }: LinkRecord,
  told: Shown | undefined,
): LinkRecord {
  return told === undefined ? link : { ...link, told: asShown(told) };
}

/** What our Jira has refused of `writes`, in one. */
export function showingRefusal(
  writes: AliasWrites<unknown>,
  refused: Readonly<Record<string, WriteRefusal>>,
): WriteRefusal | undefined {
  return joinedRefusal(Object.keys(writes).flatMap((name) => refused[name] ?? []));
}

/** Where refusals of such fields stand in a link: those of the remote, and our own. No alias is called so. */
export const SHOWN_THERE = 'shown:there';
export const SHOWN_HERE = 'shown:here';

const asShown = ({ key, status }: Shown | Standing): Shown => ({
  ...(key === undefined ? {} : { key }),
  ...(status === undefined ? {} : { status }),
});

const isSame = (one: Shown, other: Shown): boolean =>
  one.key === other.key && one.status === other.status;
