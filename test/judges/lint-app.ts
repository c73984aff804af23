/** Forge's manifest validator and the client-side linters of `@forge/lint`, on the app, without a network. */
import type { StatsigService } from '@forge/cli-shared';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DEPRECATED_RUNTIMES, VALIDATIONS, validateManifest } from './validate-manifest';

export interface Finding {
  level: 'error' | 'warning';
  file: string;
  line: number;
  column: number;
  message: string;
}

export interface Lint {
  findings: Finding[];
  /** How many source files the linters have read. */
  files: number;
}

/** What the linters ask of the CLI's service of feature flags, which is on the network. */
const FLAGS = {
  getDeprecatedRuntimes: async () => DEPRECATED_RUNTIMES,
} as unknown as StatsigService;

/**
 * Judges the app in the working directory.
 *
 * @param jiraDescription Atlassian's OpenAPI description of Jira: which scopes a call needs
 * @param scratch a folder to write to
 * @throws Error where a source file does not compile
 */
export async function lintApp(jiraDescription: string, scratch: string): Promise<Lint> {
  const findings: Finding[] = [];
  for (const type of VALIDATIONS) {
    for (const { level, message, line = 0, column = 0 } of await validateManifest(type)) {
      findings.push({ level, file: 'manifest.yml', line, column, message });
    }
  }
  useLocalDescriptions(resolve(jiraDescription), scratch);
  const { lint, parseSourceFile } = await import('@forge/lint');
  const { ConfigFile, FileSystemReader, FileSystemWriter } = await import('@forge/cli-shared');
  const reader = new FileSystemReader();
  const config = new ConfigFile(reader, new FileSystemWriter());
  // The files that `forge tunnel` lints: the functions' and the pages'.
  const pages = await config.getResources(['nativeUI']);
  const folders = ['./src', ...pages.map(({ path }) => dirname(path))];
  const files = (
    await Promise.all(folders.map((folder) => reader.recursiveReadDir(folder, [])))
  ).flat();
  const unread = new Set(files);
  const results = await lint(
    files,
    await config.readConfig(),
    'development',
    { info: (message) => void findings.push(ofTheLinter(message)) },
    FLAGS,
    {
      linter: { mode: 'client-side' },
      parseFunction: (file, parser) => {
        unread.delete(file);
        return parseSourceFile(file, parser);
      },
    },
  );
  for (const { file, errors, warnings, approvals } of results) {
    for (const { message, line, column } of warnings) {
      findings.push({ level: 'warning', file, line, column, message });
    }
    for (const { message, line, column } of [...errors, ...approvals]) {
      findings.push({ level: 'error', file, line, column, message });
    }
  }
  // It says nothing of files that it leaves out, as it does where tsconfig.json names folders, no globs.
  if (unread.size > 0) findings.push(ofTheLinter(`not read: ${[...unread].sort().join(', ')}`));
  return { findings: withoutRepetitions(findings), files: files.length };
}

/** A linter that throws only logs that it did. Nothing else is logged. */
function ofTheLinter(message: string): Finding {
  return { level: 'error', file: '@forge/lint', line: 0, column: 0, message };
}

/**
 * The linter's own switch for descriptions on the disk instead of downloads. It wants all of them; the app
 * calls no product but Jira's platform.
 */
function useLocalDescriptions(jiraDescription: string, scratch: string): void {
  const empty = join(scratch, 'no-paths.json');
  writeFileSync(empty, '{"paths":{}}');
  process.env.USE_LOCAL_SWAGGER = '1';
  process.env.LOCAL_JIRA_SWAGGER = jiraDescription;
  for (const product of ['JSM', 'JSW', 'CONF', 'CONF_V2', 'BB']) {
    process.env[`LOCAL_${product}_SWAGGER`] = empty;
  }
}

/** The validator is among the linters too. */
function withoutRepetitions(findings: Finding[]): Finding[] {
  return [
    ...new Map(
      findings.map((finding) => [JSON.stringify(Object.values(finding)), finding]),
    ).values(),
  ];
}
