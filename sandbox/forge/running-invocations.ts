/** Which invocations of a site run now, and what of theirs moves without a clock. */
import type { Invocation } from './invocation';

export class RunningInvocations {
  private readonly running = new Set<Invocation>();
  private readonly waiting: (() => void)[] = [];
  private calls = 0;

  get isEmpty(): boolean {
    return this.running.size === 0;
  }

  /** Whether a service of the platform is at work for one of them. */
  get isCalling(): boolean {
    return this.calls > 0;
  }

  started(invocation: Invocation): void {
    this.running.add(invocation);
  }

  ended(invocation: Invocation): void {
    this.running.delete(invocation);
    if (!this.isEmpty) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Resolves when none runs any more. */
  async none(): Promise<void> {
    if (!this.isEmpty) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async during<T>(call: Promise<T>): Promise<T> {
    this.calls += 1;
    try {
      return await call;
    } finally {
      this.calls -= 1;
    }
  }

  kill(message: string): void {
    for (const invocation of this.running) invocation.kill('killed', message);
  }
}
