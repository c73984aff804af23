/** The app's functions, found through the manifest: the sandbox imports nothing of the app by itself. */
import { createRequire } from 'node:module';
import { runOutside } from './current-invocation';
import { installGlobals } from './globals';
import type { AppManifest } from './manifest';

export type Handler = (payload: unknown, context: unknown) => unknown;

export class AppHandlers {
  constructor(private readonly manifest: AppManifest) {}

  /**
   * The function that the manifest names by `functionKey`. Its module is loaded when it is first asked
   * for, once per process, as in a warm runtime: what the app keeps in a module is there for every
   * invocation of every site.
   *
   * @throws Error if the manifest has no such function, or its module does not export it
   */
  load(functionKey: string): Handler {
    const place = this.manifest.functions.get(functionKey);
    if (!place) throw new Error(`manifest.yml has no function "${functionKey}"`);
    const handler = runOutside(() => exportsOf(place.file))[place.exportName];
    if (typeof handler !== 'function') {
      throw new Error(`${place.file} exports no function "${place.exportName}"`);
    }
    return handler as Handler;
  }

  /** Loads every function, so that a mistake shows at the start. */
  loadAll(): void {
    for (const key of this.manifest.functions.keys()) this.load(key);
  }
}

function exportsOf(file: string): Record<string, unknown> {
  installGlobals();
  return createRequire(file)(file) as Record<string, unknown>;
}
