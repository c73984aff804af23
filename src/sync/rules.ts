/** What a contract says, as the engine asks it. */
import type { Direction } from '../contract/mapping';
import type { Contract } from '../contract/records';
import type { EventKind } from '../contract/truth-table';
import type { Rules } from './context';
import type { ConflictPolicy } from './merge-value';

/** The two ends of a connection, by their site ids. */
export interface Ends {
  site: string;
  remoteSite: string;
}

const sends = (direction: Direction): boolean => direction !== 'receive';
const takes = (direction: Direction): boolean => direction !== 'send';

export function rulesOf(contract: Contract, ends: Ends): Rules {
  const { id, name, direction, mapping, internalComments, onRemoteDelete } = contract;
  const entries = new Map(mapping.map((entry) => [entry.alias, entry]));
  const isSent = (kind: EventKind) => sends(direction) && contract.events.includes(kind);
  const isTaken = takes(direction);
  return {
    contract: { id, name },
    policyName: policyName(contract, ends),
    ...(contract.pair === undefined ? {} : { pair: contract.pair.hash }),
    sends: (alias, isNew) => {
      const entry = entries.get(alias);
      if (!entry || !sends(direction) || !sends(entry.direction)) return false;
      return isNew || isSent(entry.kind === 'status' ? 'status' : 'update');
    },
    takes: (alias) => {
      const entry = entries.get(alias);
      return entry !== undefined && isTaken && takes(entry.direction);
    },
    createsTwins: isSent('create'),
    sendsComments: isSent('comment'),
    sendsInternalComments: internalComments,
    takesComments: isTaken,
    sendsDeletions: isSent('delete'),
    tellsStanding: sends(direction),
    tellsStatus: isSent('status'),
    takesStanding: isTaken,
    deletesTwins: isTaken && onRemoteDelete === 'delete',
  };
}

/** Who wins, in words that mean the same on both sides. */
export const policyName = ({ policy }: Contract, { site, remoteSite }: Ends): string =>
  policy === 'newest' ? policy : policy === 'here' ? site : remoteSite;

export function policyOf(contract: Contract, ends: Ends): ConflictPolicy {
  const winner = policyName(contract, ends);
  return contract.policy === 'newest' ? { kind: 'newest' } : { kind: 'site', site: winner };
}
