/** The platform's budgets, wider than they are or not there. */
import type { Sabotage } from './sabotage';

const BUDGETS = 'conformance/budgets.test.ts';
const JIRA = 'conformance/jira-budgets.test.ts';

const APART = 'cases that rest on [2nd] or UNVERIFIED notes';
const KVS = 'key-value store (Forge: KVS and Custom Entity Store limits)';
const RATES = 'requests of Jira’s REST API (Jira: Rate limiting)';

export const sabotagesOfBudgets: Sabotage[] = [
  {
    name: 'any number of invocations of a user',
    file: 'forge/invocation-budgets.ts',
    replace: 'accountId === undefined ? []',
    by: 'accountId ? []',
    test: BUDGETS,
    title: 'invocations (Forge: Invocation limits) 1,200 a minute of a user, to the full minute',
  },
  {
    name: 'any number of invocations in a second',
    file: 'forge/limits.ts',
    replace: 'INSTALLATION_INVOCATIONS_PER_SECOND = 300',
    by: 'INSTALLATION_INVOCATIONS_PER_SECOND = Infinity',
    test: BUDGETS,
    title: `${APART} 300 a second of an installation, whoever calls`,
  },
  {
    name: 'any number of requests of the store',
    file: 'forge/kvs-budgets.ts',
    replace: 'this.requests.add(now);',
    by: '',
    test: BUDGETS,
    title: `${KVS} 1,000 requests a second of an installation`,
  },
  {
    name: 'large writes as cheap as small ones',
    file: 'forge/kvs-budgets.ts',
    replace: "this.takeUnits(path, 'write', bytes);",
    by: "this.takeUnits(path, 'write', 1);",
    test: BUDGETS,
    title: `${KVS} 4,000 units written a minute, of 10 KB of a request`,
  },
  {
    name: 'reads that find nothing for free',
    file: 'forge/kvs-budgets.ts',
    replace: 'Math.max(1, Math.ceil(bytes / UNIT_BYTES))',
    by: 'Math.ceil(bytes / UNIT_BYTES)',
    test: BUDGETS,
    title: `${KVS} 4,000 units read a minute, of 10 KB of an answer, one for nothing`,
  },
  {
    name: 'any amount read from the store',
    file: 'forge/kvs-limits.ts',
    replace: 'READ_UNITS_PER_MINUTE = 4_000',
    by: 'READ_UNITS_PER_MINUTE = Infinity',
    test: BUDGETS,
    title: `${KVS} 4,000 units read a minute, of 10 KB of an answer, one for nothing`,
  },
  {
    name: 'any number of bytes written to one key',
    file: 'forge/kvs-limits.ts',
    replace: 'WRITE_BYTES_PER_SECOND = 1_000_000',
    by: 'WRITE_BYTES_PER_SECOND = Infinity',
    test: BUDGETS,
    title: `${APART} 1 MB a second written of one key`,
  },
  {
    name: 'any number of points',
    file: 'forge/jira-budgets.ts',
    replace: 'if (this.points.remaining(now) === 0) {',
    by: 'if (false) {',
    test: JIRA,
    title: `${RATES} 65,000 points an hour, of all sites together, to the full hour`,
  },
  {
    name: 'points for each site of its own',
    file: 'forge/budgets.ts',
    replace: 'new JiraBudgets(app.points,',
    by: 'new JiraBudgets(jiraPoints(),',
    test: JIRA,
    title: `${RATES} 65,000 points an hour, of all sites together, to the full hour`,
  },
  {
    name: 'a bulk of issues for one point',
    file: 'forge/jira-points.ts',
    replace: "method === 'POST' && BULK_CREATE.test(path)",
    by: 'false',
    test: JIRA,
    title: `${RATES} a bulk costs a point for each issue that it creates, another write one`,
  },
  {
    name: 'any number of requests to one endpoint',
    file: 'forge/jira-budgets.ts',
    replace: 'if (!burst.fits(now))',
    by: 'if (false)',
    test: JIRA,
    title: `${RATES} each endpoint, method and site for itself; every issue has the same endpoint`,
  },
  {
    name: 'any number of writes of one issue',
    file: 'forge/jira-budgets.ts',
    replace: 'writes.find((window) => !window.fits(now))',
    by: 'writes.find(() => false)',
    test: JIRA,
    title: `${RATES} writes of one issue 20 in 2 seconds`,
  },
  {
    name: 'any number of impersonations',
    file: 'forge/product-api.ts',
    replace: 'impersonations.add(clock.now());',
    by: '',
    test: BUDGETS,
    title: `${APART} 1,000 impersonations a minute of the app, on all its sites together`,
  },
];
