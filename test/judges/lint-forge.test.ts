/**
 * `npm run lint:forge` on a broken copy of the app: what Forge's tools find, and what they do not, which
 * then our own static tests must. Beside the tools that it judges, and not in `test/static`: it runs them
 * whole, as a process, and takes its time.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operations } from '../../src/jira/operations';
import { HOW_TO_GET_DESCRIPTION, jiraDescription } from '../support/openapi';
import { type Run, ScratchApp } from '../support/scratch-app';

const skipped = !process.env.JIRA_OPENAPI && !process.env.REQUIRE_ALL;
const describeDescribed = skipped ? describe.skip : describe;
if (skipped) console.warn(HOW_TO_GET_DESCRIPTION);

let app: ScratchApp;

beforeEach(() => {
  app = new ScratchApp();
});

afterEach(() => app.remove());

/** The calls of Jira that need a scope, as the description has it, and as the linter words it. */
function scopedCalls(): string[] {
  return Object.values(operations).flatMap(({ method, path }) => {
    const scopes = jiraDescription()
      ?.operation(method, path)
      ?.security.flatMap(({ OAuth2 = [] }) => OAuth2);
    return (scopes ?? []).map(
      (scope) => `Jira endpoint: ${method} ${path} requires "${scope}" scope`,
    );
  });
}

/** The last part of each line that begins with a file. */
const messages = ({ output }: Run, level: 'error' | 'warning'): string[] =>
  output.split('\n').flatMap((line) => line.split(`: ${level}: `)[1] ?? []);

/** The names of the tests that a run of jest says have failed. */
const failedTests = ({ output }: Run): string[] =>
  [...output.matchAll(/^ {2}● (?:.* › )?(.+)$/gm)].flatMap(([, name]) => name ?? []);

describeDescribed('Forge’s tools on a broken copy of the app', () => {
  test('each fault is found, whatever else there is, and fails the lint', async () => {
    app.changeManifest(({ modules, permissions }) => {
      delete permissions.scopes['read:jira-work'];
      delete permissions.scopes['read:jira-user'];
      delete permissions.scopes['write:jira-work'];
      modules.function?.push(
        { key: 'shared-fn', handler: 'index.syncEndpoint', timeoutSeconds: 300 },
        { key: 'lost-fn', handler: 'index.lost' },
      );
      modules.consumer = [{ key: 'consumer', queue: 'q', function: 'shared-fn' }];
      modules.webtrigger?.push({
        key: 'shared',
        function: 'shared-fn',
        response: { type: 'dynamic' },
        urlFormat: 'v2',
      });
      modules.scheduledTrigger = [{ key: 'lost', function: 'lost-fn', interval: 'hour' }];
    });
    app.append(
      'src/forge/transport.ts',
      `export const leak = () => fetch('https://elsewhere.example/x');\n`,
    );
    const home = mkdtempSync(join(tmpdir(), 'issuesync-home-'));
    const run = await app.lint({ HOME: home, XDG_CONFIG_HOME: home });

    expect(run.exitCode).toBe(1);
    const errors = messages(run, 'error');
    const warnings = messages(run, 'warning');
    expect(scopedCalls()).not.toEqual([]);
    expect(errors.filter((error) => error.startsWith('Jira endpoint')).sort()).toEqual(
      scopedCalls().sort(),
    );
    expect([...errors, ...warnings]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/The domain https:\/\/elsewhere.example\/x is not included/),
        expect.stringMatching(/Function "shared-fn" is used by a consumer and webtrigger "shared"/),
        expect.stringMatching(/Cannot find exported function "lost"/),
      ]),
    );
    // Nothing is kept that a later run could take for an answer.
    expect(readdirSync(home)).toEqual([]);
    rmSync(home, { recursive: true });
  }, 300_000);

  test('a warning is enough; what they do not find, our static tests do', async () => {
    app.changeManifest(({ modules, permissions }) => {
      modules.function?.push(
        { key: 'lost-fn', handler: 'index.lost' },
        { key: 'old-page-fn', handler: 'index.adminResolver' },
      );
      modules.scheduledTrigger = [{ key: 'lost', function: 'lost-fn', interval: 'hour' }];
      modules['jira:globalPage'] = [
        { key: 'old-page', title: 'UI Kit 1', function: 'old-page-fn' },
      ];
      delete permissions.scopes['storage:app'];
    });
    const linted = await app.lint();
    expect(linted.exitCode).toBe(1);
    expect(messages(linted, 'error')).toEqual([]);
    expect(messages(linted, 'warning')).toEqual([
      expect.stringMatching(/exported function "lost"/),
    ]);

    const tested = await app.test('test/static/(manifest|scopes)');
    expect(failedTests(tested)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^the manifest grants what the calls need/),
        expect.stringMatching(/^no page is of UI Kit 1/),
        expect.stringMatching(/^src\/index.ts only re-exports, and exactly the handlers/),
      ]),
    );
  }, 300_000);
});

test.each([
  ['nothing', ''],
  ['a folder', '.'],
  ['a file that is no description', 'package.json'],
  ['a file that is no JSON', 'manifest.yml'],
])(
  'without a description of Jira, but with %s, it fails and says where to get it',
  async (_, file) => {
    const { exitCode, output } = await app.lint({ JIRA_OPENAPI: file });
    expect(exitCode).toBe(1);
    expect(output).toContain(
      'https://developer.atlassian.com/cloud/jira/platform/swagger-v3.v3.json',
    );
  },
);
