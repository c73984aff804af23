/** What axe-core finds on a page, contrast of colours included. */
import axe from 'axe-core';
import { type Page } from 'playwright-core';

/** What keeps people from using a page, as `rule: markup`; empty when nothing does. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<axe.AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
