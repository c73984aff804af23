/** How often an app may be invoked (Forge: invocation limits), and impersonate (Forge: Impersonation). */
import {
  IMPERSONATIONS_PER_MINUTE,
  INSTALLATION_INVOCATIONS_PER_MINUTE,
  INSTALLATION_INVOCATIONS_PER_SECOND,
  USER_INVOCATIONS_PER_MINUTE,
} from './limits';
import { FixedWindow, RollingWindow, type RateWindow } from './rate-windows';

const MINUTE_MS = 60_000;

/** The tokens of an app, over all its installations; which window it is counted in is UNVERIFIED. */
export const impersonations = (): RateWindow =>
  new RollingWindow(IMPERSONATIONS_PER_MINUTE, MINUTE_MS);

/** A limit that an invocation did not fit into. */
export interface FullWindow {
  limit: number;
  /** When it may come again, in ms since the epoch. */
  resetAt: number;
}

/** The invocations of one installation. */
export class InvocationBudgets {
  private readonly installation: RateWindow[] = [
    new FixedWindow(INSTALLATION_INVOCATIONS_PER_MINUTE, MINUTE_MS),
    // Rolling: which second is meant is UNVERIFIED.
    new RollingWindow(INSTALLATION_INVOCATIONS_PER_SECOND, 1_000),
  ];
  private readonly users = new Map<string, FixedWindow>();

  /** @param isEnforced whether what does not fit is refused */
  constructor(
    private readonly now: () => number,
    private readonly isEnforced: () => boolean,
  ) {}

  /**
   * Takes an invocation into account.
   *
   * @param accountId the user who is there, if there is one
   * @returns the limit that it does not fit into, if there is one
   */
  take(accountId: string | undefined): FullWindow | undefined {
    const now = this.now();
    const windows = [
      ...(accountId === undefined ? [] : [this.ofUser(accountId)]),
      ...this.installation,
    ];
    const full = windows.find((window) => !window.fits(now));
    if (full && this.isEnforced()) return { limit: full.limit, resetAt: full.freeAt(now) };
    for (const window of windows) window.add(now);
    return undefined;
  }

  private ofUser(accountId: string): FixedWindow {
    let window = this.users.get(accountId);
    if (!window) {
      window = new FixedWindow(USER_INVOCATIONS_PER_MINUTE, MINUTE_MS);
      this.users.set(accountId, window);
    }
    return window;
  }
}
