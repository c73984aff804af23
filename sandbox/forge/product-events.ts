/**
 * From Jira to the app's triggers (Forge: Events, trigger module): late, perhaps twice, in no order, and
 * nothing says that one was lost.
 */
import { randomUUID } from 'node:crypto';
import type { Random } from '../random';
import type { SandboxStorage } from '../storage';
import { sizeOf } from './json-size';
import { attempt, type DeliverySite } from './deliveries';
import type { TriggerModule } from './manifest-events';
import { Pending } from './pending';
import { checkProductEvent, type ProductEvent } from './product-event-shapes';
import { backOffMs, type RetryContext } from './retry';

/**
 * By whom a change was made: somebody in Jira, the app (`asApp`), or the app on behalf of a user
 * (`asUser(accountId)`).
 */
export type ChangedBy = 'user' | 'app' | 'impersonated';

/** Forge: Events, "You can only retry an event for a maximum of four times". */
const MAX_RETRIES = 4;

/** Forge: trigger limits ([2nd]), "events > 200 kB are not delivered". */
const MAX_EVENT_BYTES = 200_000;

interface Delivery {
  triggerKey: string;
  event: ProductEvent & { selfGenerated: boolean };
  dueAt: number;
  retry?: RetryContext;
}

export class ProductEvents {
  private readonly pending: Pending<Delivery>;
  private stopped = false;

  constructor(
    private readonly site: DeliverySite,
    storage: SandboxStorage,
    private readonly random: Random,
  ) {
    this.pending = new Pending({
      table: storage.table('product-events'),
      clock: site.clock,
      random,
      run: (id, delivery) => void this.run(id, delivery),
    });
  }

  /** Begins to deliver, what a former run has left first. */
  start(): void {
    this.pending.start();
  }

  get isDue(): boolean {
    return this.pending.isDue;
  }

  /**
   * Something has happened in Jira: every trigger that wants to know is told, sooner or later.
   *
   * @throws Error if the event is not one of Jira's
   */
  publish(event: ProductEvent, changedBy: ChangedBy): void {
    checkProductEvent(event);
    // Whether a change on behalf of a user is the app's own is UNVERIFIED: both can be set.
    const selfGenerated =
      changedBy === 'app' || (changedBy === 'impersonated' && this.site.faults.impersonatedIsSelf);
    if (sizeOf(event) > MAX_EVENT_BYTES) {
      this.site.log(`event ${event.eventType} exceeds 200 kB and is not delivered`);
      return;
    }
    for (const trigger of this.site.manifest.triggers) {
      if (trigger.eventType !== event.eventType || (trigger.ignoreSelf && selfGenerated)) continue;
      const dueAt = this.site.clock.now();
      this.deliver({ triggerKey: trigger.key, event: { ...event, selfGenerated }, dueAt });
    }
  }

  /** What waits or runs is delivered after a restart. */
  stop(): void {
    this.stopped = true;
    this.pending.stop();
  }

  /** As many copies, as late, as the site says. */
  private deliver(delivery: Delivery): void {
    for (const delayMs of this.site.deliveries('product-event', delivery.event.eventType)) {
      this.pending.put(randomUUID(), { ...delivery, dueAt: delivery.dueAt + delayMs });
    }
  }

  private async run(id: string, delivery: Delivery): Promise<void> {
    const trigger = this.triggerOf(delivery);
    if (!trigger || this.site.faults.uninstalled) {
      this.pending.remove(id);
      return;
    }
    const { event, retry } = delivery;
    const payload = { ...event, ...(retry === undefined ? {} : { retryContext: retry }) };
    const outcome = await attempt(this.site, trigger.function, payload, {
      moduleType: 'trigger',
      moduleKey: trigger.key,
    });
    if (this.stopped) return;
    if (outcome.kind === 'retry-requested') {
      const { afterMs, reason, data } = outcome.request;
      // Atlassian's ECO-734: data that is no object is not sent.
      this.repeat(delivery, afterMs, reason, isObject(data) ? data : undefined);
    } else if (outcome.kind === 'failed' && outcome.code !== undefined) {
      const attempts = (retry?.retryCount ?? 0) + 1;
      this.repeat(delivery, backOffMs(attempts, this.random), outcome.code);
    }
    // Not before: a crash in between delivers twice, and loses nothing.
    this.pending.remove(id);
  }

  /** The platform's own retries end with the fourth too: the stricter reading, no number is documented. */
  private repeat(
    delivery: Delivery,
    afterMs: number,
    retryReason: string,
    retryData?: object,
  ): void {
    const retryCount = (delivery.retry?.retryCount ?? 0) + 1;
    if (retryCount > MAX_RETRIES) {
      this.site.log(`event ${delivery.event.eventType}: no retry after the fourth`);
      return;
    }
    this.deliver({
      ...delivery,
      dueAt: this.site.clock.now() + afterMs,
      retry: { retryCount, retryReason, ...(retryData === undefined ? {} : { retryData }) },
    });
  }

  private triggerOf({ triggerKey, event }: Delivery): TriggerModule | undefined {
    return this.site.manifest.triggers.find(
      ({ key, eventType }) => key === triggerKey && eventType === event.eventType,
    );
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
