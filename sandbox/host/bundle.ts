/** Builds what the browser runs: the app's UI Kit resource as Forge's bundler would, and the host page. */
import { build, type BuildFailure, type BuildOptions } from 'esbuild';
import { basename, extname, join } from 'node:path';
import { sortAtomicRules } from './atomic-css';
import { isRecord, messageOf } from './messages';

/** Built files by name, as `page.js` and `page.css`. */
export type Bundle = ReadonlyMap<string, string>;

/** One build for all sites and tests of this process. */
const bundles = new Map<string, Promise<Bundle>>();

/**
 * The bundle of an entry file, built once. A build that failed is tried again when it is next asked for.
 *
 * @throws BundleError with the compiler's messages
 */
export function bundle(entry: string): Promise<Bundle> {
  const known = bundles.get(entry);
  if (known) return known;
  const building = buildBundle(entry);
  bundles.set(entry, building);
  building.catch(() => bundles.delete(entry));
  return building;
}

/** The entry does not compile. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** The script of an entry; for one that does not compile, a script that fails with the reasons. */
export async function scriptOf(entry: string): Promise<string> {
  try {
    const files = await bundle(entry);
    return [...files].find(([name]) => name.endsWith('.js'))?.[1] ?? '';
  } catch (error) {
    return `throw new Error(${JSON.stringify(messageOf(error))});`;
  }
}

/** The entries of what the site's pages load, beside this file. */
export const hostEntry = join(__dirname, 'host.tsx');
export const bridgeFrameEntry = join(__dirname, 'bridge-frame.ts');
export const watchEntry = join(__dirname, 'watch.ts');

const OPTIONS = {
  bundle: true,
  write: false,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  // The classic pragma, as Forge's bundler has it: a file without `import React` fails here too.
  jsx: 'transform',
  legalComments: 'none',
  logLevel: 'silent',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env': '{}',
    global: 'globalThis',
  },
} as const satisfies BuildOptions;

async function buildBundle(entry: string): Promise<Bundle> {
  try {
    const { outputFiles } = await build({ ...OPTIONS, entryPoints: [entry], outdir: '/bundle' });
    return new Map(
      outputFiles.map(({ path, text }) => [
        basename(path),
        extname(path) === '.css' ? sortAtomicRules(text) : text,
      ]),
    );
  } catch (error) {
    throw new BundleError(isBuildFailure(error) ? describe(error) : String(error));
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && isRecord(error) && Array.isArray(error.errors);
}

function describe({ errors }: BuildFailure): string {
  return errors
    .map(({ text, location }) =>
      location ? `${location.file}:${location.line}:${location.column}: ${text}` : text,
    )
    .join('\n');
}
