/** `npm run lint:forge`: an error fails it, and so does a warning. */
import { existsSync } from 'node:fs';
import { GET_DESCRIPTION } from '../support/openapi';
import { lintApp } from './lint-app';
import { inScratchHome } from './scratch-home';

async function main(): Promise<void> {
  const { JIRA_OPENAPI: description = '' } = process.env;
  if (!existsSync(description)) {
    console.error(
      `JIRA_OPENAPI names no file: the linter cannot know which scopes our calls of Jira need.\n${GET_DESCRIPTION}`,
    );
    process.exitCode = 1;
    return;
  }
  const { findings, files } = await inScratchHome((home) => lintApp(description, home));
  for (const { level, file, line, column, message } of findings) {
    console.error(`${file}:${line}:${column}: ${level}: ${message}`);
  }
  console.log(`Forge’s linters have read ${files} files: ${findings.length} problems.`);
  if (findings.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
