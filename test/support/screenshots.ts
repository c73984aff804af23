/** The pictures in README.md and docs/: taken by the tests, kept when `UPDATE_SCREENSHOTS=1`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER =
  process.env.UPDATE_SCREENSHOTS === '1'
    ? join(__dirname, '../../docs/images')
    : mkdtempSync(join(tmpdir(), 'issuesync-screenshots-'));

/** High enough for a report in its dialog. */
const VIEWPORT = { width: 1280, height: 1240 };

/** Takes `<name>.png` of the whole page. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.setViewportSize(VIEWPORT);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
}
