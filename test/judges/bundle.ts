/** `npm run bundle [-- DIR]`: Forge's official bundles of the app, into `.sandbox/bundle` or DIR. */
import { resolve } from 'node:path';
import { bundleApp } from './bundle-app';
import { inScratchHome } from './scratch-home';

async function main(): Promise<void> {
  const target = resolve(process.argv[2] ?? '.sandbox/bundle');
  const warnings = await inScratchHome((home) => bundleApp(target, home));
  for (const warning of warnings) console.error(warning);
  console.log(`Bundled into ${target}: ${warnings.length} warnings.`);
  if (warnings.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
