/** Jira's search, kinder than Atlassian's. */
import type { Sabotage } from './sabotage';

/** The group of what no page says. */
const APART = 'cases that rest on [2nd] or UNVERIFIED notes';

const SEARCH = 'conformance/jira-search.test.ts';
const JQL = 'conformance/jira-jql.test.ts';
const PARSE = 'conformance/jira-jql-parse.test.ts';

const LAG = 'searches are behind the changes (Jira: Search and reconcile)';

export const sabotagesOfSearches: Sabotage[] = [
  {
    name: 'searches of everything',
    file: 'jira/search-routes.ts',
    replace: 'if (query.isBounded) return query;',
    by: 'return query;',
    test: SEARCH,
    title: `${APART} an unbounded query is told in these words [2nd]`,
  },
  {
    name: 'searches that find what the caller may not browse',
    file: 'jira/search-routes.ts',
    replace: 'canSeeIssue(call, issue) && (!now || canSeeIssue(call, now)) && query.matches(issue)',
    by: 'query.matches(issue)',
    test: SEARCH,
    title:
      'POST search/jql has the issues that the caller may browse, and sees by their security level',
  },
  {
    name: 'searches that give all fields',
    file: 'jira/search-parts.ts',
    replace: 'if (parts.isIdOnly) return { id: issue.id };',
    by: '',
    test: SEARCH,
    title: 'POST search/jql gives ids only, if nothing else is asked for',
  },
  {
    name: 'pages of any length of issues with fields',
    file: 'jira/search-routes.ts',
    replace: 'Math.min(maxResults, MAX_WITH_FIELDS)',
    by: 'maxResults',
    test: SEARCH,
    title: `${APART} a page with fields has 100 issues at most, one of ids 5,000 [2nd]`,
  },
  {
    name: 'page tokens that last',
    file: 'jira/search-token.ts',
    replace: 'now - parsed.data.at <= LIFETIME_MS',
    by: 'true',
    test: SEARCH,
    title: 'POST search/jql a token lasts 7 days',
  },
  {
    name: 'searches that are never behind',
    file: 'jira/issue-store.ts',
    replace: 'this.late?.seen(entries) ?? new Map(entries)',
    by: 'new Map(entries)',
    test: SEARCH,
    title: `${LAG} what was created, changed or deleted shows later`,
  },
  {
    name: 'counts that are never behind',
    file: 'jira/search-routes.ts',
    replace: "found(call, readBounded(call, jql ?? ''))",
    by: "found(call, readBounded(call, jql ?? ''), new Set(call.store.issues.all().map(({ id }) => id)))",
    test: SEARCH,
    title: `${LAG} the count is behind too`,
  },
  {
    name: 'one issue reconciled for all',
    file: 'jira/issue-store.ts',
    replace: 'for (const id of upToDate) {',
    by: 'if (upToDate.size > 0) return this.all();\n    for (const id of upToDate) {',
    test: SEARCH,
    title: `${LAG} reconcileIssues makes the named issues consistent, and no others`,
  },
  {
    name: 'fields of JQL that are not there',
    file: 'jira/jql-query.ts',
    replace: 'this.faults.push(error);',
    by: '',
    test: JQL,
    title: 'what is not there is an error (Jira: Parse JQL query) universe = 42',
  },
  {
    name: 'JQL that is not modelled, and finds nothing',
    file: 'jira/jql-fields.ts',
    replace: "if (UNMODELLED.has(wanted)) throw new NotModelled(`the field '${name}' in JQL`);",
    by: 'if (UNMODELLED.has(wanted)) return labelsField(() => undefined);',
    test: JQL,
    title: 'what Jira has and this one does not is no answer (Sandbox: PARITY.md) sprint is EMPTY',
  },
  {
    name: 'JQL that finds empty fields by what they are not',
    file: 'jira/jql-conditions.ts',
    replace: 'return own.length > 0 && !own.some',
    by: 'return !own.some',
    test: JQL,
    title: 'operators (Jira: JQL operators) what is not a value is found only where there is one',
  },
  {
    name: 'JQL that looks for words within words',
    file: 'jira/jql-text.ts',
    replace: ': word === wanted;',
    by: ': word?.includes(wanted) === true;',
    test: JQL,
    title: 'text (Jira: Search syntax for text fields) summary ~ win',
  },
  {
    name: 'JQL in one time zone for all',
    file: 'jira/jql-query.ts',
    replace: "view.caller?.timeZone ?? 'Etc/UTC'",
    by: "'Etc/UTC'",
    test: JQL,
    title: 'dates (Jira: JQL fields, Created; JQL functions) are in the time zone of whoever asks',
  },
  {
    name: 'JQL that is read, and never validated',
    file: 'jira/jql-routes.ts',
    replace: "mode === 'none' ? undefined : validate(call, query)",
    by: 'mode ? undefined : validate(call, query)',
    test: PARSE,
    title: 'POST jql/parse strict: all errors, each once, and no structure',
  },
  {
    name: 'JQL that is validated though nobody asks for it',
    file: 'jira/jql-routes.ts',
    replace: "mode === 'none' ? undefined : validate(call, query)",
    by: 'validate(call, query)',
    test: PARSE,
    title: 'POST jql/parse none: nothing is validated',
  },
  {
    name: 'values of JQL that are not there, and only warned of',
    file: 'jira/jql-routes.ts',
    replace: "if (mode === 'strict') return { errors: unique(fault.messages) };",
    by: '',
    test: PARSE,
    title: `${APART} a value that is not there is an error where all are told [2nd], elsewhere a warning as in the example`,
  },
];
