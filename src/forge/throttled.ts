/** Calls of the key-value store that meet its limit a second. */
import { ForgeKvsAPIError } from '@forge/kvs';

export interface WaitPorts {
  /** Ends after that many milliseconds. */
  wait: (ms: number) => Promise<void>;
  /** From 0 to 1, without 1. */
  random: () => number;
}

/** Together they are longer than the second that the limit counts. */
const WAITS_MS = [200, 400, 800, 1_600];

/**
 * Runs `call`, and again where the platform has refused it for its limit: then nothing of it has happened. Each wait
 * is twice the one before, and by chance longer by up to a half: those who were refused together would meet again.
 *
 * @throws what `call` throws; the last refusal, where none of the waits was enough
 */
export async function untilAllowed<T>(
  call: () => Promise<T>,
  { wait, random }: WaitPorts,
): Promise<T> {
  for (const ms of WAITS_MS) {
    try {
      return await call();
    } catch (error) {
      if (!isThrottled(error)) throw error;
    }
    await wait(ms + Math.floor((random() * ms) / 2));
  }
  return call();
}

/** Its codes differ by what was asked (Forge: KVS error handling, and limits): the status does not. */
const isThrottled = (error: unknown): boolean =>
  error instanceof ForgeKvsAPIError && error.responseDetails.status === 429;
