import type { Rules } from '../../src/sync/context';

/** Of a contract that sends and takes everything, and deletes nothing. */
export const EVERYTHING: Rules = {
  contract: { id: 'contract', name: 'All' },
  policyName: 'newest',
  sends: () => true,
  takes: () => true,
  createsTwins: true,
  sendsComments: true,
  sendsInternalComments: false,
  takesComments: true,
  sendsDeletions: true,
  deletesTwins: false,
  tellsStanding: true,
  tellsStatus: true,
  takesStanding: true,
};
