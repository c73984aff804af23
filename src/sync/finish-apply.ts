/** Writing what has come about an issue, under a lease of its link that is up to date with it. */
import { changeOf, receiveAlias, type Alias, type ReceivedAlias, type SentAlias } from './alias';
import { applyComments } from './apply-comments';
import type { SyncContext } from './context';
import { keepLoser } from './history';
import { commitLink } from './lease';
import type { AliasResult, IssueMessage, IssueResult } from './messages';
import type { Snapshot, WriteRefusal } from './ports';
import type { LinkRecord } from './records';
import { showing, showingRefusal, standingTold, twinFields, withShown, withTold } from './standing';
import { writeIssue, type WrittenIssue } from './write-issue';

/**
 * Writes what is new in the message, and commits.
 *
 * @param before the link, under a lease and up to date with the issue
 */
export async function finishApply<Value>(
  context: SyncContext<Value>,
  before: LinkRecord,
  snapshot: Snapshot<Value>,
  message: IssueMessage<Value>,
): Promise<IssueResult> {
  const received = receiveAll(context, before, message);
  // Before anything is overwritten: a function that ends in between has lost nothing.
  await keepLosers(context, before, snapshot, message, received);
  const shows = showing(context, before, message.standing);
  const written = await writeIssue(
    context,
    before,
    { ...before, aliases: { ...before.aliases, ...mapValues(received, ({ alias }) => alias) } },
    {
      ...Object.fromEntries(
        Object.entries(received).flatMap(([name, { write }]) => (write ? [[name, write]] : [])),
      ),
      ...shows,
    },
  );
  const { link, results: comments } = await applyComments(context, written.link, message);
  // The result of our create may have been lost: whoever tells us of its twin has it.
  const linked: LinkRecord = { ...link, remote: message.issue, state: 'linked' };
  const showsNow = withShown(linked, message.standing, shows);
  // The answer tells where our issue stands: whoever shows it shows that.
  const told = message.shown && (standingTold(context, link.issue) ?? message.shown);
  const after = withTold(showsNow, told);
  const showsNot = showingRefusal(shows, written.refused);
  const isDone = await commitLink(context, withPartly(after, written, received));
  if (!isDone) return { outcome: 'deferred', reason: 'busy' };
  return {
    outcome: 'done',
    twin: after.issue,
    aliases: mapValues(message.aliases, (sent, name) =>
      context.rules.takes(name)
        ? resultOf(sent, after.aliases[name], received[name], written, name)
        : { outcome: 'ignored', version: sent.version },
    ),
    ...(comments ? { comments } : {}),
    ...(showsNot ? { showingRefusal: showsNot } : {}),
    ...twinFields(context, after),
  };
}

function resultOf<Value>(
  sent: SentAlias<Value>,
  ours: Alias | undefined,
  received: ReceivedAlias<Value> | undefined,
  { refused, partly }: WrittenIssue,
  name: string,
): AliasResult {
  if (ours && ours.kind !== sent.kind) {
    const { version } = ours;
    return { outcome: 'refused', version, of: changeOf(sent), refusal: KINDS_DIFFER };
  }
  // It is mapped, and Jira has not told it, or told what cannot be read.
  if (!ours || !received) {
    if (isEmpty(sent)) return { outcome: 'unchanged', version: sent.version };
    const version = ours?.version ?? {};
    return { outcome: 'refused', version, of: changeOf(sent), refusal: unreadable(name) };
  }
  const refusal = refused[name] ?? partly[name];
  return {
    outcome: refused[name] ? 'refused' : received.outcome,
    version: ours.version,
    ...(refusal ? { of: changeOf(sent), refusal } : {}),
  };
}

const isEmpty = (sent: SentAlias<unknown>): boolean =>
  sent.kind === 'value' ? sent.value === null : Object.keys(sent.elements).length === 0;

const unreadable = (name: string): WriteRefusal => ({
  code: 'unreadable-field',
  reason: `Jira on the other site does not show the field “${name}” of its issue, or not as the app can read it: look at the field there, and save the contract again.`,
});

/** The two contracts map fields of different kinds to one alias. */
const KINDS_DIFFER: WriteRefusal = {
  code: 'type-clash',
  reason: 'One site has several values in this field and the other has one: map other fields.',
};

/** Which sets have elements that our Jira did not take: with each message about them they are tried again. */
function withPartly<Value>(
  link: LinkRecord,
  { partly }: WrittenIssue,
  received: AllReceived<Value>,
): LinkRecord {
  const untried = (link.partly ?? []).filter((name) => received[name] === undefined);
  const names = [...untried, ...Object.keys(partly)];
  const { partly: _before, ...rest } = link;
  return names.length > 0 ? { ...rest, partly: names } : rest;
}

type AllReceived<Value> = Record<string, ReceivedAlias<Value>>;

/** An alias that we do not have or do not take is left where it is. */
function receiveAll<Value>(
  { policy, rules }: SyncContext<Value>,
  { aliases, partly = [] }: LinkRecord,
  message: IssueMessage<Value>,
): AllReceived<Value> {
  return Object.fromEntries(
    Object.entries(message.aliases).flatMap(([name, theirs]) => {
      const ours = aliases[name];
      if (!ours || !rules.takes(name) || ours.kind !== theirs.kind) return [];
      const received = receiveAlias(ours, theirs, policy);
      return [[name, partly.includes(name) ? withAllElements(received) : received] as const];
    }),
  );
}

/** Adding what is there already does nothing. */
function withAllElements<Value>(received: ReceivedAlias<Value>): ReceivedAlias<Value> {
  const { alias, write } = received;
  if (alias.kind !== 'set') return received;
  const remove = write?.kind === 'set' ? write.remove : [];
  return { ...received, write: { kind: 'set', add: Object.keys(alias.elements), remove } };
}

async function keepLosers<Value>(
  context: SyncContext<Value>,
  { aliases, issue }: LinkRecord,
  snapshot: Snapshot<Value>,
  message: IssueMessage<Value>,
  received: AllReceived<Value>,
): Promise<void> {
  for (const [alias, { lost }] of Object.entries(received)) {
    const ours = aliases[alias];
    const here = snapshot.aliases[alias];
    const theirs = message.aliases[alias];
    if (lost === undefined || theirs?.kind !== 'value') continue;
    if (ours?.kind !== 'value' || here?.kind !== 'value') continue;
    const [loser, winner] =
      lost === 'ours' ? [{ dot: ours.dot, value: here.value }, theirs] : [theirs, ours];
    await keepLoser(context, { issue, alias, loser, winner });
  }
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, map(value, name)]),
  );
}
