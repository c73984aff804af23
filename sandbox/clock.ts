/**
 * The sandbox's time. Under `npm start` it runs on (`real`); in tests it stands still until a test
 * advances it (`virtual`). Everything in the sandbox, and the app's own `Date` and timers (through
 * `sandbox/forge/globals.ts`), take their time from here.
 */

// Taken before anything replaces them: the app's globals are patched, the sandbox's own time is not.
const nativeNow = Date.now.bind(Date);
const nativeSetTimeout = globalThis.setTimeout;
const nativeClearTimeout = globalThis.clearTimeout;
const nativeSetImmediate = globalThis.setImmediate;

/** Where virtual time starts: any fixed instant will do, this one is a Monday morning. */
const VIRTUAL_START = Date.UTC(2026, 0, 5, 9, 0, 0);

/** A longer delay is none to Node (2^31 - 1 ms). */
const LONGEST_NATIVE_DELAY_MS = 2 ** 31 - 1;

export type CancelTimer = () => void;

interface Timer {
  dueAt: number;
  order: number;
  run: () => void;
  native: NodeJS.Timeout | undefined;
}

export class Clock {
  private offsetMs = 0;
  private virtualNow = VIRTUAL_START;
  private order = 0;
  private readonly timers = new Set<Timer>();
  /** What `after` is about to run. */
  private readonly soon = new Set<NodeJS.Timeout>();

  constructor(readonly kind: 'real' | 'virtual') {}

  /** Milliseconds since the epoch. */
  now(): number {
    return this.kind === 'virtual' ? this.virtualNow : nativeNow() + this.offsetMs;
  }

  /** Runs `run` once, `delayMs` from now. Returns how to cancel it. */
  setTimeout(run: () => void, delayMs: number): CancelTimer {
    const timer: Timer = {
      dueAt: this.now() + Math.max(0, delayMs),
      order: this.order++,
      run,
      native: undefined,
    };
    this.timers.add(timer);
    this.arm(timer);
    return () => this.forget(timer);
  }

  /** As `setTimeout`, but what has no delay runs soon, although a virtual clock stands still. */
  after(delayMs: number, run: () => void): CancelTimer {
    if (delayMs > 0) return this.setTimeout(run, delayMs);
    const timer = nativeSetTimeout(() => {
      this.soon.delete(timer);
      run();
    }, 0);
    this.soon.add(timer);
    return () => {
      this.soon.delete(timer);
      nativeClearTimeout(timer);
    };
  }

  /** Whether nothing is about to run although the clock stands still. */
  get isStill(): boolean {
    return this.soon.size === 0;
  }

  sleep(ms: number): Promise<void> {
    return ms <= 0
      ? Promise.resolve()
      : new Promise((resolve) => this.setTimeout(() => resolve(), ms));
  }

  /** Moves time forward; timers that fall due fire in order, each followed by what it set off. */
  async advance(ms: number): Promise<void> {
    const target = this.now() + ms;
    for (let next = this.nextDue(target); next; next = this.nextDue(target)) {
      this.moveTo(Math.max(next.dueAt, this.now()));
      this.fire(next);
      await settle();
    }
    this.moveTo(target);
    await settle();
  }

  /** When (ms since the epoch) the next timer is due, if that is not after `latest`. */
  nextDueAt(latest: number): number | undefined {
    return this.nextDue(latest)?.dueAt;
  }

  /** Drops all timers, so that a disposed sandbox leaves nothing behind. */
  dispose(): void {
    for (const timer of [...this.timers]) this.forget(timer);
  }

  private nextDue(target: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.timers) {
      if (timer.dueAt > target) continue;
      if (
        !next ||
        timer.dueAt < next.dueAt ||
        (timer.dueAt === next.dueAt && timer.order < next.order)
      ) {
        next = timer;
      }
    }
    return next;
  }

  /** Never back: two who advance at once go on from where the other has come to. */
  private moveTo(instant: number): void {
    if (this.kind === 'virtual') {
      this.virtualNow = Math.max(this.virtualNow, instant);
      return;
    }
    this.offsetMs += Math.max(0, instant - this.now());
    // What was to come later comes that much sooner.
    for (const timer of this.timers) this.arm(timer);
  }

  /** Under real time the machine wakes us, if not at once then in turns: its timers end at 24 days. */
  private arm(timer: Timer): void {
    if (this.kind === 'virtual') return;
    if (timer.native) nativeClearTimeout(timer.native);
    const delayMs = Math.min(Math.max(0, timer.dueAt - this.now()), LONGEST_NATIVE_DELAY_MS);
    timer.native = nativeSetTimeout(() => this.wake(timer), delayMs);
  }

  private wake(timer: Timer): void {
    if (timer.dueAt > this.now()) this.arm(timer);
    else this.fire(timer);
  }

  private fire(timer: Timer): void {
    if (!this.timers.has(timer)) return;
    this.forget(timer);
    timer.run();
  }

  private forget(timer: Timer): void {
    this.timers.delete(timer);
    if (timer.native) nativeClearTimeout(timer.native);
  }
}

/** Lets promises and I/O callbacks that are ready now run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise<void>((resolve) => nativeSetImmediate(resolve));
  }
}
