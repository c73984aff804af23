/** What the app's iframe loads: its document, `index.html`, and the scripts beside it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle, scriptOf } from './bundle';
import { framePage } from './site-pages';

/** The file of that name; `undefined` if there is none. */
export type AppFiles = (name: string) => Promise<string | undefined>;

const SCRIPT = 'page.js';

/** Built here, from the resource's entry file, from now on. */
export function builtFiles(entry: string): AppFiles {
  // A failure is told to the page that asks for the script.
  bundle(entry).catch(() => undefined);
  return async (name) => {
    if (name === 'index.html') return framePage(SCRIPT);
    return name === SCRIPT ? scriptOf(entry) : undefined;
  };
}

/** As Forge's bundler has built them in `folder`: the same files, with the bridge before them. */
export function officialFiles(folder: string): AppFiles {
  return async (name) => {
    const content = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    return name === 'index.html' ? content && withBridge(content) : content;
  };
}

/** `crossorigin`: as in the sandbox's own document. */
function withBridge(document: string): string {
  return document
    .replaceAll('<script ', '<script crossorigin="anonymous" ')
    .replace(
      '<head>',
      '<head><script crossorigin="anonymous" src="/_host/bridge-frame.js"></script>',
    );
}
