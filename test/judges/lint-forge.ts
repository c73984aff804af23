/** `npm run lint:forge`: an error fails it, and so does a warning. */
import { readFileSync } from 'node:fs';
import { operations } from '../../src/jira/operations';
import { GET_DESCRIPTION } from '../support/openapi';
import { lintApp } from './lint-app';
import { inScratchHome } from './scratch-home';

async function main(): Promise<void> {
  const { JIRA_OPENAPI: description = '' } = process.env;
  const unusable = problemOf(description);
  if (unusable !== undefined) {
    console.error(
      `${unusable}: the linter cannot know which scopes our calls of Jira need.\n${GET_DESCRIPTION}`,
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

/** The linter finds nothing in a description that has nothing: it must have every call that we make. */
function problemOf(file: string): string | undefined {
  let paths: Partial<Record<string, Partial<Record<string, unknown>>>>;
  try {
    ({ paths = {} } = JSON.parse(readFileSync(file, 'utf8')) as { paths?: typeof paths });
  } catch {
    return 'JIRA_OPENAPI names no file with JSON';
  }
  const missing = Object.values(operations).find(
    ({ method, path }) => paths[path]?.[method.toLowerCase()] === undefined,
  );
  return missing && `JIRA_OPENAPI’s file does not know ${missing.method} ${missing.path}`;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
