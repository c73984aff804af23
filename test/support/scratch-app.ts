/** A copy of the app for a test to break. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';

const ROOT = resolve(__dirname, '../..');

/** All that Forge's tools read. */
const APP = ['manifest.yml', 'package.json', 'tsconfig.json', 'src', 'static'];

/** What our own tests need beside it. */
const TESTS = ['jest.config.js', 'sandbox', 'test'];

type Module = { key: string } & Record<string, unknown>;

export interface Manifest {
  modules: Record<string, Module[]>;
  permissions: { scopes: Record<string, unknown> };
}

export interface Run {
  exitCode: number | null;
  /** Both streams. */
  output: string;
}

export class ScratchApp {
  readonly folder = mkdtempSync(join(tmpdir(), 'issuesync-scratch-'));

  constructor() {
    this.copy(APP);
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
  }

  changeManifest(change: (manifest: Manifest) => void): void {
    const file = join(this.folder, 'manifest.yml');
    const manifest = parse(readFileSync(file, 'utf8')) as Manifest;
    change(manifest);
    writeFileSync(file, stringify(manifest));
  }

  append(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text, { flag: 'a' });
  }

  /** Runs `npm run lint:forge` on the copy. */
  lint(env: NodeJS.ProcessEnv = {}): Promise<Run> {
    return this.run(['--import', 'tsx', join(ROOT, 'test/judges/lint-forge.ts')], env);
  }

  /** Runs our own tests whose file names match `pattern`. */
  test(pattern: string): Promise<Run> {
    this.copy(TESTS);
    return this.run(['node_modules/.bin/jest', pattern]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private copy(parts: string[]): void {
    for (const part of parts) {
      cpSync(join(ROOT, part), join(this.folder, part), { recursive: true });
    }
  }

  /** Runs Node in the copy, with `env` added to the variables of this process. */
  private async run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (output += String(chunk)));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return { exitCode, output };
  }
}
