/** Resolver keys `site/*`. */
import { z } from 'zod';
import { siteName } from '../../jira/site-info';
import { getCurrentAccount } from '../../jira/users';
import type { AdminHandlers } from './handler';

export const siteHandlers: AdminHandlers<'site/describe'> = {
  'site/describe': {
    request: z.strictObject({}),
    handle: async (_request, { jira, siteId, endpointUrl }) => {
      const [name, url, app] = await Promise.all([
        siteName(jira),
        endpointUrl(),
        getCurrentAccount(jira, 'app'),
      ]);
      return { name, siteId, endpointUrl: url, appAccountId: app.accountId };
    },
  },
};
