/** One run of one of the app's functions: its context, its clock, its limits, its end. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { Faults } from '../faults';
import type { SiteIdentity } from '../site';
import { runInside, runOutside } from './current-invocation';
import type { Handler } from './app-handlers';
import type { SiteBudgets } from './budgets';
import type { FullWindow } from './invocation-budgets';
import { InvocationTimer } from './invocation-timer';
import { PAYLOAD_MAX_BYTES } from './limits';
import { never } from './never';
import { withinOutboundLimit } from './outbound-limit';
import { LogLimits } from './log-limits';
import type { AppManifest } from './manifest';
import { contextAri, forgeRuntime } from './runtime-object';

/** What an invocation needs of its site. */
export interface InvocationSite {
  readonly identity: SiteIdentity;
  readonly manifest: AppManifest;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Milliseconds since the epoch, as this site's clock shows them. */
  now(): number;
  log(line: string): void;
  /** Records what no function can do on the platform, and throws. */
  violation(text: string): never;
  handler(functionKey: string): Handler;
  /** How long this invocation has to wait for a cold start, in ms. */
  coldStartMs(functionKey: string): number;
  /** Whether the platform call that is made now kills its invocation, and when. */
  killOfThisCall(): 'before' | 'after' | undefined;
  readonly budgets: Pick<SiteBudgets, 'invocations'>;
  started(invocation: Invocation): void;
  ended(invocation: Invocation): void;
  callPlatform(
    invocation: Invocation,
    meta: unknown,
    path: string,
    init: RequestInit | undefined,
  ): Promise<Response>;
  fetchOut(
    invocation: Invocation,
    input: RequestInfo | URL,
    init: RequestInit | undefined,
  ): Promise<Response>;
}

export interface InvocationOptions {
  moduleType: string;
  moduleKey: string;
  /** The user who is there, if there is one. */
  accountId?: string | undefined;
  /** The initial invocation that has set this one off by a queue; itself if there is none. */
  chain?: string;
}

/** Why an invocation has no result. Its message is what the platform lets the caller see. */
export class InvocationFailed extends Error {
  constructor(
    readonly reason: 'threw' | 'timed-out' | 'killed' | 'too-large' | 'rate-limited',
    message: string,
  ) {
    super(message);
    this.name = 'InvocationFailed';
  }
}

/** The app is invoked too often (Forge: invocation limits, "rate limited (429)"). */
export class InvocationRateLimited extends InvocationFailed {
  constructor(readonly window: FullWindow) {
    super('rate-limited', 'Too many requests.');
  }
}

/**
 * Runs the function that the manifest names by `functionKey`.
 *
 * @returns what it returned, after a JSON round trip; `undefined` stays `undefined`
 * @throws InvocationFailed
 */
export async function invoke(
  site: InvocationSite,
  functionKey: string,
  payload: unknown,
  options: InvocationOptions,
): Promise<unknown> {
  const handler = site.handler(functionKey);
  const sent = roundTrip(payload, 'request');
  const full = site.budgets.invocations.take(options.accountId);
  if (full) throw new InvocationRateLimited(full);
  const invocation = new Invocation(site, functionKey, options);
  site.started(invocation);
  try {
    return await invocation.run(handler, sent);
  } finally {
    invocation.end();
    site.ended(invocation);
  }
}

export class Invocation {
  readonly id = randomUUID();
  readonly runtime: unknown;
  /** How long it may run, in ms. */
  readonly timeLimitMs: number;
  /** When the platform ends it, by the sandbox's clock, in ms since the epoch. */
  readonly deadline: number;
  egressCalls = 0;
  private readonly logLimits: LogLimits;
  private readonly timers = new Set<InvocationTimer>();
  private readonly controller = new AbortController();
  private readonly killed: Promise<never>;
  private rejectKilled: (error: InvocationFailed) => void = () => undefined;
  private hasEnded = false;

  constructor(
    private readonly site: InvocationSite,
    readonly functionKey: string,
    readonly options: InvocationOptions,
  ) {
    const timeLimitMs = site.manifest.timeLimits.get(functionKey);
    if (timeLimitMs === undefined) throw new Error(`No module uses the function ${functionKey}`);
    this.timeLimitMs = timeLimitMs;
    this.logLimits = new LogLimits(timeLimitMs);
    this.deadline = site.clock.now() + timeLimitMs;
    this.runtime = forgeRuntime(this, site);
    this.killed = new Promise<never>((_resolve, reject) => {
      this.rejectKilled = reject;
    });
    this.killed.catch(() => undefined);
  }

  get accountId(): string | undefined {
    return this.options.accountId;
  }

  /** Which chain of queue events its own belong to: the id of the initial invocation. */
  get chain(): string {
    return this.options.chain ?? this.id;
  }

  /** Aborted when the invocation has ended, however it has. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** As the app's `Date` shows it, in ms since the epoch. */
  now(): number {
    return this.site.now();
  }

  log(line: string): void {
    this.site.log(`${this.functionKey} ${line}`);
  }

  /** What the app itself logs; what is too much is lost. */
  logOfApp(line: string): void {
    if (this.logLimits.take(line)) this.log(line);
  }

  /** @throws Error always: no function can do that on the platform */
  violation(text: string): never {
    return this.site.violation(`${this.functionKey}: ${text}`);
  }

  async run(handler: Handler, payload: unknown): Promise<unknown> {
    const { timeLimitMs } = this;
    const cancelLimit = this.site.clock.setTimeout(
      () => this.kill('timed-out', `Function timed out after ${timeLimitMs / 1000} seconds.`),
      timeLimitMs,
    );
    try {
      return await Promise.race([this.killed, this.start(handler, payload)]);
    } finally {
      cancelLimit();
    }
  }

  /**
   * Ends it as the platform does: at once, without a word to the app. What the app is waiting for never
   * comes, and what it still calls has no effect.
   */
  kill(reason: 'timed-out' | 'killed', message: string): void {
    if (this.hasEnded) return;
    this.log(message);
    this.rejectKilled(new InvocationFailed(reason, message));
    this.end();
  }

  /** After its end an invocation is frozen: its timers are gone, its platform calls never answer. */
  end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    for (const timer of [...this.timers]) timer.cancel();
    this.controller.abort();
  }

  callPlatform(meta: unknown, path: string, init: RequestInit | undefined): Promise<Response> {
    const { clock } = this.site;
    return this.guard(path, init?.signal, () =>
      withinOutboundLimit(clock, this.site.callPlatform(this, meta, path, init)),
    );
  }

  fetch(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> {
    const { clock } = this.site;
    return this.guard('fetch', init?.signal, () =>
      withinOutboundLimit(clock, this.site.fetchOut(this, input, init)),
    );
  }

  startTimer(run: () => void, delayMs: number, repeats: boolean): InvocationTimer {
    const inside = (): void =>
      runInside(this, () => {
        try {
          run();
        } catch (error) {
          // An exception that nobody catches ends the runtime's process.
          this.kill('killed', `Uncaught ${describe(error)}`);
        }
      });
    const timer = new InvocationTimer(this.site.clock, inside, delayMs, repeats, (ended) =>
      this.timers.delete(ended),
    );
    this.timers.add(timer);
    if (this.hasEnded) timer.cancel();
    return timer;
  }

  private async start(handler: Handler, payload: unknown): Promise<unknown> {
    await this.site.clock.sleep(this.site.coldStartMs(this.functionKey));
    if (this.isOver()) return never();
    const context = {
      installContext: contextAri(this.site.identity),
      ...(this.accountId === undefined ? {} : { principal: { accountId: this.accountId } }),
    };
    let result: unknown;
    try {
      result = await runInside(this, () => handler(payload, context));
    } catch (error) {
      if (!this.isOver()) this.log(`error: ${describe(error)}`);
      throw new InvocationFailed('threw', error instanceof Error ? error.message : String(error));
    }
    return roundTrip(result, 'response');
  }

  /** A method, because the compiler takes a field for what it was before an `await`. */
  private isOver(): boolean {
    return this.hasEnded;
  }

  /** Every call of the platform goes through here: latency, kills, and the silence after the end. */
  private guard<T>(
    what: string,
    signal: AbortSignal | null | undefined,
    call: () => Promise<T>,
  ): Promise<T> {
    const answer = this.answer(what, call);
    if (!signal) return answer;
    // The caller stops waiting; what was asked for may happen all the same.
    return new Promise<T>((resolve, reject) => {
      const abort = (): void => {
        if (!this.hasEnded) reject(signal.reason as Error);
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }

  private async answer<T>(what: string, call: () => Promise<T>): Promise<T> {
    if (this.isOver()) {
      this.log(`warn: ${what} after the end of the invocation has no effect`);
      return never();
    }
    const kill = this.site.killOfThisCall();
    if (kill === 'before') this.kill('killed', 'Function was killed.');
    await this.site.clock.sleep(this.site.faults.latencyMs);
    if (this.isOver()) return never();
    const [outcome] = await Promise.allSettled([runOutside(call)]);
    if (kill === 'after') this.kill('killed', 'Function was killed.');
    if (this.isOver()) return never();
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }
}

/** What passes between the platform and a function is JSON (Forge: invocation payload limits). */
function roundTrip(value: unknown, what: 'request' | 'response'): unknown {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return undefined;
  if (Buffer.byteLength(text) > PAYLOAD_MAX_BYTES) {
    throw new InvocationFailed('too-large', `The ${what} payload exceeds 5 MB.`);
  }
  return JSON.parse(text) as unknown;
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
