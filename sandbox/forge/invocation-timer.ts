/** A timer that the app has set: it runs on the sandbox's clock and ends with its invocation. */
import type { CancelTimer, Clock } from '../clock';

export class InvocationTimer {
  private cancelCurrent: CancelTimer = () => undefined;
  private active = true;

  constructor(
    private readonly clock: Clock,
    private readonly run: () => void,
    private readonly delayMs: number,
    private readonly repeats: boolean,
    private readonly onEnd: (timer: InvocationTimer) => void,
  ) {
    this.start();
  }

  cancel(): void {
    if (!this.active) return;
    this.active = false;
    this.cancelCurrent();
    this.onEnd(this);
  }

  /** As Node's timers have it; the sandbox keeps the process alive, so there is nothing to change. */
  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return this.active;
  }

  private start(): void {
    this.cancelCurrent = this.clock.after(this.delayMs, () => this.fire());
  }

  private fire(): void {
    if (this.repeats) this.start();
    else {
      this.active = false;
      this.onEnd(this);
    }
    this.run();
  }
}
