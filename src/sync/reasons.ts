/** Why something waits, in words for an admin. */
import type { Deferral, Rejection } from './messages';

export const DEFERRED: Readonly<Record<Deferral, string>> = {
  busy: 'The other site is working on this issue.',
  creating: 'The other site is creating this issue.',
  unreadable: 'The Local User of the other site cannot see its issue: look at its permissions.',
  unavailable: 'Jira on the other site does not answer.',
  'local-user':
    'The app may not act as the Local User of the other site: test the connection there.',
  'no-contract':
    'The other site has no enabled contract of this name that takes changes: add or enable it there.',
  'bound-elsewhere':
    'The contract of this name on the other site belongs to a contract that was here before: open the contracts on the site that is not passive to bind it anew.',
  policy:
    'The two contracts do not say the same about conflicts: choose the same winner on both sites.',
  mapping:
    'One of the two contracts was changed, and the sites have not compared them since: it goes on by itself once they have.',
  error: 'Something unexpected happened on the other site: its log has the details.',
};

export const REJECTED: Readonly<Record<Rejection, string>> = {
  cycle: 'The issue came from the other site.',
  present: 'The other site has this issue by another connection.',
  'unknown-twin': 'The other site does not know that these two issues belong together.',
  gone: 'The twin was deleted.',
};

/** What this side waits for. */
export const HERE = {
  busy: 'A change of the other site is being written to this issue.',
  creating: 'The twin is not finished: its original has not been heard of since.',
  unreadable: 'The Local User cannot see this issue: look at its permissions.',
  outside: 'The JQL of the contract does not match this issue any more.',
  recovered: 'A write that was ended half way was put in order.',
  'no-result': 'The other site has said nothing of this issue.',
  'not-all-seen': 'The other site has not seen all changes yet.',
  unavailable: 'The other site cannot be reached.',
  offered: 'The other site has collected it and has not answered yet.',
} as const;
