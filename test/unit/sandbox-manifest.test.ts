/** What the sandbox reads from `manifest.yml`, and how it says what it cannot run. */
import { mkdtempSync, rmSync, writeFileSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '../../sandbox/forge/manifest';

const FIXTURE = join(__dirname, '../support/fixture-app');

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'manifest-'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/index.ts'), '');
});

afterEach(() => rmSync(root, { recursive: true }));

const change = (from: string, to: string): void => {
  const text = readFileSync(join(FIXTURE, 'manifest.yml'), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(root, 'manifest.yml'), text.replace(from, to));
};

test('an app', () => {
  const manifest = readManifest(FIXTURE);
  expect(manifest).toMatchObject({
    adminPages: [
      { key: 'main-page', resourcePath: 'static/page.tsx', resolver: 'resolver' },
      { key: 'other-page', useAsConfig: true },
    ],
    webTriggers: [
      { key: 'hook', function: 'hook-fn', urlFormat: 'v2' },
      { key: 'old-hook', urlFormat: 'v1' },
    ],
    entities: [],
    egress: ['*.webtrigger.atlassian.app', '*.hello.atlassian-dev.net', 'https://api.example.com'],
  });
  expect(manifest.functions.get('hook-fn')).toEqual({
    file: join(FIXTURE, 'src/index.ts'),
    exportName: 'hook',
  });
  expect(manifest.scopes.get('read:jira-work')).toEqual({ allowImpersonation: true });
  expect(manifest.scopes.get('storage:app')).toEqual({ allowImpersonation: false });
});

test.each([
  ['handler: index.hook', 'handler: other.hook', /file of handler other\.hook/],
  ['resource: page', 'resource: gone', /resource gone of page main-page/],
  ['type: dynamic', 'type: static', /webtrigger/],
  ['id: ari:cloud', 'no-id: ari:cloud', /app\.id/],
])('%s changed to %s is told', (from, to, message) => {
  change(from, to);
  expect(() => readManifest(root)).toThrow(message);
});
