/** A home for Forge's tools that lasts as long as they run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` with a new folder as home, as folder of settings and for temporary files, and removes it.
 * Forge's tools keep a cache in the home, so what they say would depend on what they were asked before.
 * They look for it when they are loaded: `work` imports them, nobody before it.
 */
export async function inScratchHome<T>(work: (home: string) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'forge-tools-'));
  for (const name of ['HOME', 'XDG_CONFIG_HOME', 'TMPDIR']) process.env[name] = home;
  try {
    return await work(home);
  } finally {
    rmSync(home, { recursive: true });
  }
}
