/** A page as somebody uses it who has no mouse. */
import { type Page } from 'playwright-core';

/** What a screen reader would call the element that has the focus: its label, or its text. */
export function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null;
    if (!element || element === document.body) return 'nothing';
    const labelledBy = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
    const labels = [...(element.labels ?? []), ...(labelledBy ? [labelledBy] : [])];
    const named =
      labels.map(({ textContent }) => textContent).join('') ||
      element.getAttribute('aria-label') ||
      element.textContent ||
      '';
    // What is required has an asterisk.
    return named.replace(/\*$/, '').trim();
  });
}

/** Pixels around an element that an outline of the focus may take. */
const MARGIN = 6;

/** More presses of Tab than any page here takes. */
const MAX_PRESSES = 60;

/**
 * The names of all that Tab stops at in the first `selector`, from its beginning to its end. The whole page must
 * be in the viewport.
 *
 * @throws where the order is none of reading (from the top down, in a line from left to right), or where nothing is
 * seen of the focus
 */
export async function tabThrough(page: Page, selector: string): Promise<string[]> {
  await page
    .locator(selector)
    .first()
    .evaluate((container: HTMLElement) => {
      container.tabIndex = -1;
      container.focus();
    });
  const stops: Stop[] = [];
  for (let presses = 0; presses < MAX_PRESSES; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await stopIn(page, selector);
    const before = stops.at(-1);
    if (before && (await pixels(page, before.box)).equals(before.picture)) {
      throw new Error(`Nothing is seen of the focus on ${before.name}`);
    }
    if (!stop || stop.index === stops[0]?.index) return stops.map(({ name }) => name);
    if (before && !(stop.index > before.index && isAfter(stop.box, before.box))) {
      throw new Error(`Tab goes from ${before.name} to ${stop.name}`);
    }
    stops.push({ ...stop, picture: await pixels(page, stop.box) });
  }
  throw new Error(`Tab does not come to an end: ${stops.map(({ name }) => name).join(', ')}`);
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Stop {
  name: string;
  box: Box;
  /** Its place in the document. */
  index: number;
  picture: Buffer;
}

/** Where the focus is; `undefined` outside of the container. */
async function stopIn(page: Page, selector: string): Promise<Omit<Stop, 'picture'> | undefined> {
  const found = await page
    .locator(selector)
    .first()
    .evaluate((container) => {
      const focused = document.activeElement;
      const index = focused ? [...container.querySelectorAll('*')].indexOf(focused) : -1;
      if (!focused || index < 0) return undefined;
      // The input of a select is as wide as what is typed: what is seen is the field around it.
      let seen = focused;
      while (seen.getBoundingClientRect().width < 8 && seen.parentElement)
        seen = seen.parentElement;
      const { x, y, width, height } = seen.getBoundingClientRect();
      return { index, box: { x, y, width, height } };
    });
  return found && { ...found, name: await focusedName(page) };
}

/** Below, or in the same line and to the right, or inside. */
function isAfter(one: Box, before: Box): boolean {
  const isInside =
    one.x >= before.x &&
    one.x + one.width <= before.x + before.width &&
    one.y >= before.y &&
    one.y + one.height <= before.y + before.height;
  if (isInside) return true;
  const shared = Math.min(one.y + one.height, before.y + before.height) - Math.max(one.y, before.y);
  const isSameLine = shared > Math.min(one.height, before.height) / 2;
  return isSameLine ? one.x > before.x : one.y > before.y;
}

function pixels(page: Page, { x, y, width, height }: Box): Promise<Buffer> {
  return page.screenshot({
    clip: {
      x: Math.max(0, x - MARGIN),
      y: Math.max(0, y - MARGIN),
      width: width + 2 * MARGIN,
      height: height + 2 * MARGIN,
    },
  });
}
