/**
 * Two admins pair their sites on what Forge's own bundler makes of the app, functions and page: what is
 * deployed, in the place of the sandbox's development build.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { AdminPage } from '../support/admin-in-browser';
import { describeWithBrowser } from '../support/browser';
import { pairInBrowser, statuses } from '../support/pair-in-browser';
import { startTwoSites, type TwoSites } from '../support/sites';

const ROOT = resolve(__dirname, '../..');

/** Bundling takes a minute: CI has just done it, and says where. */
const BUNDLED = process.env.FORGE_BUNDLE;

let built: string | undefined;
let sites: TwoSites;

/** The folder of the bundles. */
function bundle(): string {
  if (BUNDLED !== undefined) return resolve(BUNDLED);
  built = mkdtempSync(join(tmpdir(), 'issuesync-bundle-'));
  execFileSync(process.execPath, ['--import', 'tsx', 'test/judges/bundle.ts', built], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  return built;
}

describeWithBrowser('on the official bundles', ({ openPage }) => {
  beforeAll(async () => {
    sites = await startTwoSites({ clock: 'real', lagMs: 300, bundle: bundle() });
  }, 300_000);

  afterAll(async () => {
    await sites.sandbox.dispose();
    if (built !== undefined) rmSync(built, { recursive: true });
  });

  test('two sites are paired, and both tests are green', async () => {
    const north = new AdminPage(await openPage(`${sites.north.url}/admin`));
    const south = new AdminPage(await openPage(`${sites.south.url}/admin`));
    // Neither is the development build.
    const handlers = [...sites.north.manifest.functions.values()].map(({ file }) => basename(file));
    expect(new Set(handlers)).toEqual(new Set(['index.cjs']));
    await north.page.getByTestId('empty-state').waitFor();
    expect(await scriptsOfTheApp(north)).toContain('admin-page.js');

    const { reports } = await pairInBrowser(north, south);
    expect(reports.alone).toContain('remote-key: warning');
    expect(statuses(reports.north)).toEqual(['passed']);
    expect(statuses(reports.south)).toEqual(['passed']);
    await north.opened.assertClean();
    await south.opened.assertClean();
  });
});

async function scriptsOfTheApp({ page }: AdminPage): Promise<string[]> {
  const [, frame] = page.frames();
  const addresses = await frame?.evaluate(() => [...document.scripts].map(({ src }) => src));
  return (addresses ?? []).map((address) => basename(address));
}
