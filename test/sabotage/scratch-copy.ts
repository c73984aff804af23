/** A copy of the project in a scratch folder, which can be damaged. */
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { committableFiles, projectRoot } from '../static/source-files';
import type { Sabotage } from './sabotage';

export class ScratchCopy {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'sabotage-')));
  /** The project's root in the copy. */
  readonly root = join(this.folder, 'project');
  /** Where jest keeps what it has compiled. */
  readonly cache = join(this.folder, 'cache');

  /** Copies what is, or would be, committed; the packages are those of the project. */
  constructor() {
    for (const path of committableFiles()) cpSync(join(projectRoot, path), join(this.root, path));
    symlinkSync(join(projectRoot, 'node_modules'), join(this.root, 'node_modules'));
  }

  /** Runs `check` on the copy as the sabotage leaves it, and repairs it. */
  async whileSabotaged<T>({ file, replace, by }: Sabotage, check: () => Promise<T>): Promise<T> {
    const path = join(this.root, file);
    const text = readFileSync(path, 'utf8');
    // A function, because `$` in a text would stand for something else.
    writeFileSync(
      path,
      text.replace(replace, () => by),
    );
    try {
      return await check();
    } finally {
      writeFileSync(path, text);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
