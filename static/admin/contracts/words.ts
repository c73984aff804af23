/** What the choices of a contract are called, and what they mean. */
import type { ContractDraft } from '../../../src/entry/admin/api';

export type EventKind = ContractDraft['events'][number];
export type Direction = ContractDraft['direction'];
export type Policy = ContractDraft['policy'];
export type OnRemoteDelete = ContractDraft['onRemoteDelete'];

/** `short`: in the list. In the order of the form. */
export const EVENTS: Readonly<Record<EventKind, { label: string; short: string }>> = {
  create: { label: 'New issues: each gets a twin on the other site', short: 'New issues' },
  'manual-only': {
    label: 'New issues on request only: somebody asks for the twin on the issue',
    short: 'New issues on request',
  },
  update: { label: 'Updates: fields that change', short: 'Updates' },
  comment: { label: 'Comments: new, edited and deleted ones', short: 'Comments' },
  status: { label: 'Status: issues that move through their workflow', short: 'Status' },
  delete: { label: 'Deletions: the other site is told of them', short: 'Deletions' },
};

export const DIRECTIONS: Readonly<Record<Direction, { label: string; help: string }>> = {
  both: {
    label: 'Send and receive',
    help: 'A change on either site reaches the other one.',
  },
  send: {
    label: 'Send only',
    help: 'Changes here reach the other site. What it sends back is refused.',
  },
  receive: {
    label: 'Receive only',
    help: 'Changes there reach this site. Nothing is sent from here.',
  },
};

export const POLICIES: Readonly<Record<Policy, string>> = {
  newest: 'The newest change wins',
  here: 'This site wins',
  there: 'The other site wins',
};

export const ON_REMOTE_DELETE: Readonly<Record<OnRemoteDelete, string>> = {
  keep: 'Keep the twin: it is a plain issue from then on',
  delete: 'Delete the twin, if IssueSYNC has created it',
};

/** The keys of a table of words, in its order. */
export function keysOf<Key extends string>(words: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(words) as Key[];
}

/** Whether this can be chosen: a field hands over what the host gave it. */
export function isKeyOf<Key extends string>(
  words: Readonly<Record<Key, unknown>>,
  chosen: unknown,
): chosen is Key {
  return typeof chosen === 'string' && Object.hasOwn(words, chosen);
}
