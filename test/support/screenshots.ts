/** The pictures in README.md and docs/: taken by the tests, kept when `UPDATE_SCREENSHOTS=1`. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

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

export interface Frame {
  /** Of the page, in pixels. */
  width?: number;
  /** Where the picture ends; with the end of what is drawn if not said. */
  above?: Locator;
}

/** Takes `<name>.png` of the page down to the end of what is drawn. */
export const screenshot = (page: Page, name: string, frame?: Frame): Promise<void> =>
  picture(page, join(FOLDER, `${name}.png`), frame);

/** As `screenshot`, of what no document shows: kept in the folder `$SCREENSHOTS`. */
export const look = (page: Page, name: string): Promise<void> =>
  picture(page, join(KEPT_FOLDER, `${name}.png`));

async function picture(page: Page, path: string, frame: Frame = {}): Promise<void> {
  const before = page.viewportSize();
  const { width = VIEWPORT.width, above } = frame;
  await page.setViewportSize({ ...VIEWPORT, width });
  await page.evaluate(() => window.scrollTo(0, 0));
  const top = (await above?.boundingBox())?.y;
  const bottom = top ?? (await endOf(page)) + MARGIN;
  const height = Math.min(VIEWPORT.height, Math.max(MIN_HEIGHT, Math.ceil(bottom)));
  await page.screenshot({
    path,
    clip: { x: 0, y: 0, width, height },
  });
  if (before) await page.setViewportSize(before);
}

/** Where what is drawn ends. */
const endOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('main, [role=dialog]')].map(
        (part) => part.getBoundingClientRect().bottom,
      ),
    ),
  );
