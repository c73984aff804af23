/** Where Atlassian's OpenAPI description of Jira has the scopes of an operation wrong. */

/** `METHOD path`, with the classic scopes that the operation needs. */
export const SCOPE_EXCEPTIONS: Readonly<Record<string, string[]>> = {
  // Listed without any scope, but its own notice demands this one from June 15, 2024 on.
  'POST /rest/api/3/permissions/check': ['read:jira-work'],
};
