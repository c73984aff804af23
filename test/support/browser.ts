/** Tests in a real browser: finds a Chromium, and watches what a page does that it must not. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** One process, no sandbox of its own, and nothing that talks to Chromium's makers. */
const ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** The program of `$CHROMIUM`, or the first Chromium on the path. */
function findChromium(): string | undefined {
  const chosen = process.env.CHROMIUM;
  if (chosen) return chosen;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}

/** A headless Chromium; `undefined` where there is none. The caller closes it. */
async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = findChromium();
  return executablePath === undefined
    ? undefined
    : chromium.launch({ executablePath, args: ARGUMENTS });
}

/** What a browser test works with. */
export interface BrowserTools {
  /**
   * Opens an address in a new tab. The tabs of one test share their cookies, as those of one user do; all
   * are closed after the test.
   */
  openPage: (url: string) => Promise<OpenedPage>;
}

export interface OpenedPage {
  page: Page;
  /** Pages elsewhere that the user was sent to in new tabs. They are not loaded. */
  opened: string[];
  /**
   * What went wrong so far: errors on the console, uncaught errors, requests to elsewhere, and what the
   * sandbox's page lists in `__stats.violations`.
   */
  problems: () => Promise<string[]>;
  /** @throws with all problems, when there are any */
  assertClean: () => Promise<void>;
}

/**
 * `describe` with a browser. Where no Chromium is found there is one skipped test that says how to get
 * one; with `REQUIRE_ALL=1` it fails instead.
 */
export function describeWithBrowser(name: string, tests: (tools: BrowserTools) => void): void {
  describe(name, () => {
    if (findChromium() === undefined) {
      const run = process.env.REQUIRE_ALL === '1' ? test : test.skip;
      run('needs Chromium: apt-get install chromium, or set CHROMIUM to its path', () => {
        throw new Error('There is no Chromium here.');
      });
      return;
    }
    let browser: Browser | undefined;
    let session: Session | undefined;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterEach(async () => {
      await session?.context.close();
      session = undefined;
    });
    afterAll(() => browser?.close());
    tests({
      openPage: async (url) => {
        if (!browser) throw new Error('The browser has not started.');
        session ??= await startSession(browser);
        return openPage(session, url);
      },
    });
  });
}

/** The tabs of one test, and what they did. */
interface Session {
  context: BrowserContext;
  problems: Map<Page, string[]>;
  opened: string[];
}

async function startSession(browser: Browser): Promise<Session> {
  // Animations would be caught half way.
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US' });
  // Shorter than jest's, so that a failure says what was waited for.
  context.setDefaultTimeout(10_000);
  const session: Session = { context, problems: new Map(), opened: [] };
  await context.route(isElsewhere, (route) => {
    const request = route.request();
    const page = pageOf(request);
    const problems = page && session.problems.get(page);
    if (problems) problems.push(`request to elsewhere: ${request.url()}`);
    else session.opened.push(request.url());
    return route.abort();
  });
  return session;
}

/** The tab that a request comes from; `undefined` for the one that a new tab begins with. */
function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    return undefined;
  }
}

async function openPage(session: Session, url: string): Promise<OpenedPage> {
  const page = await session.context.newPage();
  const seen: string[] = [];
  session.problems.set(page, seen);
  page.on('pageerror', (error) => seen.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // The browser's own remark on an HTTP status: an answer like any other to whoever asked.
    const isStatus = /^Failed to load resource: the server responded/.test(message.text());
    if (message.type() === 'error' && !isStatus) seen.push(`console: ${message.text()}`);
  });
  await page.goto(url);
  const problems = async () => [...seen, ...(await violationsOf(page))];
  return {
    page,
    opened: session.opened,
    problems,
    assertClean: async () => {
      const found = await problems();
      if (found.length > 0) throw new Error(`The page is not clean:\n${found.join('\n')}`);
    },
  };
}

const isElsewhere = (url: URL) =>
  /^(https?|wss?):$/.test(url.protocol) && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);

function violationsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { __stats: stats } = window as { __stats?: { violations: string[] } };
    return stats?.violations ?? [];
  });
}
