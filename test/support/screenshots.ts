/** The pictures in README.md and docs/: taken by the tests, kept when `UPDATE_SCREENSHOTS=1`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures that no document shows: for whoever wants to see what a test saw. */
const KEPT_FOLDER =
  process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'issuesync-screenshots-'));
const FOLDER =
  process.env.UPDATE_SCREENSHOTS === '1' ? join(__dirname, '../../docs/images') : KEPT_FOLDER;

/** High enough for every page, and for a report in its dialog, to be there without scrolling. */
const VIEWPORT = { width: 1280, height: 2400 };

/** Below what there is to see, and the least height of a picture: in pixels. */
const MARGIN = 32;
const MIN_HEIGHT = 400;

/** Takes `<name>.png` of the page down to the end of what is drawn. */
export const screenshot = (page: Page, name: string): Promise<void> =>
  picture(page, join(FOLDER, `${name}.png`));

/** As `screenshot`, of what no document shows: kept in the folder `$SCREENSHOTS`. */
export const look = (page: Page, name: string): Promise<void> =>
  picture(page, join(KEPT_FOLDER, `${name}.png`));

async function picture(page: Page, path: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(VIEWPORT);
  const bottom = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('main, [role=dialog]')].map(
        (part) => part.getBoundingClientRect().bottom,
      ),
    ),
  );
  const height = Math.min(VIEWPORT.height, Math.max(MIN_HEIGHT, Math.ceil(bottom) + MARGIN));
  await page.screenshot({
    path,
    clip: { x: 0, y: 0, width: VIEWPORT.width, height },
  });
  if (before) await page.setViewportSize(before);
}
