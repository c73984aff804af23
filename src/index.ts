/** The functions that `manifest.yml` names, by module type. */

// jira:adminPage
export { adminResolver } from './entry/admin/resolver';

// webtrigger
export { syncEndpoint } from './entry/sync-endpoint';
