/** Forge's own bundler, on the functions and the pages of the app, without a network. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Bundles the app in the working directory, as `forge deploy` does: webpack, and the type check of
 * everything that `tsconfig.json` includes.
 *
 * @param target gets `index.cjs` for `src/index.ts`, and for each resource a folder of its key
 * @param scratch a folder to write to
 * @returns the bundler's warnings
 * @throws Error with what does not compile
 */
export async function bundleApp(target: string, scratch: string): Promise<string[]> {
  process.env.FORGE_RUNTIME_PATH = runtimeStub(scratch);
  const { ConfigFile, FileSystemReader, FileSystemWriter, NullLogger } =
    await import('@forge/cli-shared');
  const { getEntryPoints, getNodeBundler, getWrapperProvider, NativeUIBundler } =
    await import('@forge/bundler');
  const warnings: string[] = [];
  const logger = { ...NullLogger, warn: (message: string) => void warnings.push(message) };
  const fileSystemReader = new FileSystemReader();
  const config = new ConfigFile(fileSystemReader, new FileSystemWriter());

  const wrapper = getWrapperProvider({ fileSystemReader });
  const functions = await getNodeBundler(logger, wrapper, config).bundle({
    appDirectory: process.cwd(),
    entryPoints: getEntryPoints(await config.getAppHandlers()),
  });
  cpSync(functions.outputDir, target, { recursive: true });

  const resources = await config.getResources(['nativeUI']);
  const pages = await new NativeUIBundler(logger).bundleResources(resources);
  for (const { key, path } of pages.nativeUiBundlesDetails) {
    cpSync(path, join(target, key), { recursive: true });
  }
  return warnings;
}

/**
 * The bundler packs the platform's runtime with the functions, and would download it. The bundles are the
 * same without; the sandbox stands in for the runtime.
 */
function runtimeStub(scratch: string): string {
  const folder = join(scratch, 'runtime');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  for (const name of ['wrapper.js', 'loader.js']) {
    writeFileSync(join(folder, 'dist', name), '// Not the platform’s.\n');
  }
  return folder;
}
