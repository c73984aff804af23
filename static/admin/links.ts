/** Where the page sends people. */

/** What each failed check means and how to mend it. */
export const TROUBLESHOOTING_URL =
  'https://github.com/issuesync-for-jira/issuesync-for-jira/blob/main/docs/troubleshooting.md';
