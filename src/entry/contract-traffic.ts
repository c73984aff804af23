/** What of a connection's contracts waits or has failed. */
import type { ContractTraffic } from '../contract/ports';

/** Nothing is sent yet, so nothing waits. */
export const noTraffic: ContractTraffic = {
  of: async () => [],
  retry: async () => undefined,
};
