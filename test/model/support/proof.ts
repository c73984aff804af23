import { isNativeError } from 'node:util/types';

/** What a seed has shown. */
export interface Proof {
  /** In which setting it was played. */
  setting: string;
  /** Fault → how often it has happened. */
  injected: Readonly<Record<string, number>>;
  /** What people did → how often. */
  did?: Readonly<Record<string, number>>;
  /** What has happened, in its order, for whoever has to find out why it fails. */
  story: readonly string[];
  /** What should hold at the end and does not. */
  problem?: Error;
}

/** The last lines of a story are mostly the ones that tell. */
const LINES = 60;

/** @throws Error where something does not hold; it says how to see that again */
export function mustHold({ setting, story, problem }: Proof, seed: number): void {
  if (problem === undefined) return;
  const told = story.slice(-LINES).join('\n  ');
  throw new Error(`Seed ${seed} (${setting}): ${problem.message}\n  ${told}`, { cause: problem });
}

/** @returns what `check` throws; `undefined`: it holds */
export async function problemOf(check: () => void | Promise<void>): Promise<Error | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    // Under jest the errors of `node:assert` are of another realm, and no instances of its `Error`.
    return isNativeError(error) ? error : new Error('Not an error', { cause: error });
  }
}
