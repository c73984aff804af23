/** The app's scheduled triggers (Forge: scheduled trigger module). */
import { randomUUID } from 'node:crypto';
import type { CancelTimer } from '../clock';
import { attempt, type DeliverySite } from './deliveries';
import type { Interval, ScheduleModule } from './manifest-events';

/** "About 5 minutes after app deployment": the start of the sandbox counts as one. */
const FIRST_RUN_MS = 5 * 60_000;

const INTERVAL_MS: Record<Interval, number> = {
  fiveMinute: 5 * 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

export class Schedule {
  private readonly timers = new Map<object, CancelTimer>();

  constructor(private readonly site: DeliverySite) {
    for (const module of site.manifest.schedules) this.arm(module, FIRST_RUN_MS);
  }

  stop(): void {
    for (const cancel of this.timers.values()) cancel();
    this.timers.clear();
  }

  private arm(module: ScheduleModule, delayMs: number): void {
    this.after(delayMs, () => {
      this.arm(module, INTERVAL_MS[module.interval]);
      for (const extraMs of this.site.deliveries('schedule', module.key)) {
        if (extraMs > 0) this.after(extraMs, () => void this.run(module));
        else void this.run(module);
      }
    });
  }

  private after(delayMs: number, run: () => void): void {
    const owner = {};
    const cancel = this.site.clock.after(delayMs, () => {
      this.timers.delete(owner);
      run();
    });
    this.timers.set(owner, cancel);
  }

  /** Without a user, and without a second attempt: what it returns or throws is only logged. */
  private async run({ key, function: handler }: ScheduleModule): Promise<void> {
    if (this.site.faults.uninstalled) return;
    const payload = {
      context: { cloudId: this.site.identity.cloudId, moduleKey: key },
      // Opaque; its form is UNVERIFIED.
      contextToken: randomUUID(),
    };
    await attempt(this.site, handler, payload, {
      moduleType: 'scheduledTrigger',
      moduleKey: key,
    });
  }
}
