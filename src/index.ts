/** The functions that `manifest.yml` names, by module type. */

// jira:adminPage
export { adminResolver } from './entry/admin/resolver';

// consumer
export { queueConsumer } from './entry/queue-consumer';

// trigger
export { jiraEvents } from './entry/jira-events';

// scheduledTrigger
export { tick } from './entry/tick';

// webtrigger
export { syncEndpoint } from './entry/sync-endpoint';
