/**
 * How the platform learns that a delivery must be repeated, and when it does (Forge: Async events API and
 * Events, "Retry"). The app asks by *returning* an `InvocationError`; one that is thrown is an error like
 * any other.
 */
import { z } from 'zod';
import type { Random } from '../random';
import type { InvocationFailed } from './invocation';
import { sizeOf } from './json-size';

/** Forge: Async events API, retryAfter. Longer is lowered to it; the SDK raises what is not positive to 1 s. */
const RETRY_AFTER_SECONDS = { min: 1, max: 900 };

/** Forge: Async events limits, retry data size. */
const RETRY_DATA_MAX_BYTES = 4 * 1024;

/** Forge: Async events API, "intervals reaching up to approximately 15 minutes". */
const BACK_OFF_MAX_MS = 900_000;

/** The first wait; [2nd]: 4 to 16 s were seen between five events with a concurrency of one. */
const BACK_OFF_FIRST_MS = 4_000;

export interface RetryRequest {
  afterMs: number;
  reason: string;
  data?: unknown;
}

/** As the app is told it of an attempt that is not the first. */
export interface RetryContext {
  retryCount: number;
  retryReason: string;
  retryData?: unknown;
}

const requestSchema = z.object({
  retryOptions: z.object({
    retryAfter: z.number(),
    retryReason: z.enum([
      'FUNCTION_OUT_OF_MEMORY',
      'FUNCTION_TIME_OUT',
      'FUNCTION_PLATFORM_UNKNOWN_ERROR',
      'FUNCTION_PLATFORM_RATE_LIMITED',
      'FUNCTION_UPSTREAM_RATE_LIMITED',
      'FUNCTION_RETRY_REQUEST',
    ]),
    retryData: z.unknown().optional(),
  }),
});

/**
 * What a function's result asks for; `undefined` where it is no `InvocationError`. What the platform does
 * with one that breaks its rules is UNVERIFIED: here it is no retry at all.
 */
export function retryRequestOf(result: unknown): RetryRequest | { refused: string } | undefined {
  const isRequest =
    typeof result === 'object' && result !== null && '_retry' in result && result._retry === true;
  if (!isRequest) return undefined;
  const parsed = requestSchema.safeParse(result);
  if (!parsed.success) return { refused: z.prettifyError(parsed.error) };
  const { retryAfter, retryReason, retryData } = parsed.data.retryOptions;
  if (sizeOf(retryData) > RETRY_DATA_MAX_BYTES) return { refused: 'retryData exceeds 4 KB' };
  const { min, max } = RETRY_AFTER_SECONDS;
  return {
    afterMs: Math.min(max, Math.max(min, retryAfter)) * 1_000,
    reason: retryReason,
    ...(retryData === undefined ? {} : { data: retryData }),
  };
}

/**
 * Why the platform itself repeats an attempt that failed; `undefined`: it does not. A function that was
 * killed ran out of memory or took its process down; "reaching invocation limits" is repeated too ([2nd]). For errors that the app throws see the fault
 * `retryThrown`; their code is UNVERIFIED.
 */
export function backOffCode(
  reason: InvocationFailed['reason'],
  retryThrown: boolean,
): string | undefined {
  if (reason === 'timed-out') return 'FUNCTION_TIME_OUT';
  if (reason === 'killed') return 'FUNCTION_OUT_OF_MEMORY';
  if (reason === 'rate-limited') return 'FUNCTION_PLATFORM_RATE_LIMITED';
  return retryThrown ? 'FUNCTION_PLATFORM_UNKNOWN_ERROR' : undefined;
}

/**
 * The wait before attempt number `attempts` + 1, in ms: exponential, half of it drawn. The platform's own
 * numbers but for the longest are not documented.
 */
export function backOffMs(attempts: number, random: Random): number {
  const whole = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (attempts - 1));
  return Math.round(whole / 2 + (random() * whole) / 2);
}
