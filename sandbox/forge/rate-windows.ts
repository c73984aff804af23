/** How much has been used of a limit: in windows that are fixed on the clock, or that roll with it. */

/** What a budget is made of. Times are milliseconds since the epoch, by the sandbox's clock. */
export interface RateWindow {
  readonly limit: number;
  /** Whether so much is still free. */
  fits(now: number, amount?: number): boolean;
  /** Uses it, whether it fits or not. */
  add(now: number, amount?: number): void;
  remaining(now: number): number;
  /** When so much will be free, if nothing more is used. */
  freeAt(now: number, amount?: number): number;
}

/** Begins anew at each multiple of its length since the epoch, so at the full minute or hour of UTC. */
export class FixedWindow implements RateWindow {
  private window = 0;
  private used = 0;

  constructor(
    readonly limit: number,
    private readonly lengthMs: number,
  ) {}

  fits(now: number, amount = 1): boolean {
    return amount <= this.remaining(now);
  }

  add(now: number, amount = 1): void {
    this.turn(now);
    this.used += amount;
  }

  remaining(now: number): number {
    this.turn(now);
    return Math.max(0, this.limit - this.used);
  }

  freeAt(now: number): number {
    return (Math.floor(now / this.lengthMs) + 1) * this.lengthMs;
  }

  private turn(now: number): void {
    const window = Math.floor(now / this.lengthMs);
    if (window === this.window) return;
    this.window = window;
    this.used = 0;
  }
}

/** The last `lengthMs`, whenever that is: it refuses whatever any fixed window or token bucket would. */
export class RollingWindow implements RateWindow {
  private readonly uses: { at: number; amount: number }[] = [];
  private used = 0;

  constructor(
    readonly limit: number,
    private readonly lengthMs: number,
  ) {}

  fits(now: number, amount = 1): boolean {
    return amount <= this.remaining(now);
  }

  add(now: number, amount = 1): void {
    this.forget(now);
    this.used += amount;
    const last = this.uses.at(-1);
    if (last?.at === now) last.amount += amount;
    else this.uses.push({ at: now, amount });
  }

  remaining(now: number): number {
    this.forget(now);
    return Math.max(0, this.limit - this.used);
  }

  freeAt(now: number, amount = 1): number {
    this.forget(now);
    let used = this.used;
    for (const use of this.uses) {
      if (used + amount <= this.limit) return now;
      used -= use.amount;
      if (used + amount <= this.limit) return use.at + this.lengthMs;
    }
    return now;
  }

  /** Whether all that was used is so long ago that nothing is left of it. */
  isIdle(now: number): boolean {
    this.forget(now);
    return this.uses.length === 0;
  }

  private forget(now: number): void {
    let gone = 0;
    for (const { at, amount } of this.uses) {
      if (at + this.lengthMs > now) break;
      this.used -= amount;
      gone += 1;
    }
    this.uses.splice(0, gone);
  }
}

/** A window for each key, as long as it matters: there may be more keys than memory over the days. */
export class KeyedWindows {
  private readonly windows = new Map<string, RollingWindow>();
  private sweptAt = 0;

  constructor(private readonly lengthMs: number) {}

  of(key: string, limit: number, now: number): RollingWindow {
    this.sweep(now);
    let window = this.windows.get(key);
    if (!window) {
      window = new RollingWindow(limit, this.lengthMs);
      this.windows.set(key, window);
    }
    return window;
  }

  private sweep(now: number): void {
    if (now - this.sweptAt < this.lengthMs) return;
    this.sweptAt = now;
    for (const [key, window] of this.windows) if (window.isIdle(now)) this.windows.delete(key);
  }
}
