/**
 * From a queue to its consumer: at least once, in no order, as many at a time as the events allow, again when
 * the app asks for it or has failed, for 24 hours (Forge: Async events API).
 */
import { randomUUID } from 'node:crypto';
import type { Random } from '../random';
import type { SandboxStorage } from '../storage';
import { attempt, type DeliverySite } from './deliveries';
import { sizeOf } from './json-size';
import type { ConsumerModule } from './manifest-events';
import { Pending } from './pending';
import { MAX_REQUEST_KB, RETENTION_MS } from './queue-limits';
import type { PushedEvent } from './queue-requests';
import { backOffMs, type RetryContext } from './retry';

/** Where the outcome of a job's events is counted. */
export interface QueueJobs {
  count(jobId: string, outcome: 'success' | 'failed'): void;
  isCancelled(jobId: string): boolean;
}

export interface QueuedEvent extends PushedEvent {
  queueName: string;
  jobId: string;
  eventId: string;
  chain: string;
}

interface Delivery {
  event: QueuedEvent;
  dueAt: number;
  enqueuedAt: number;
  /** Whether the job's counts are about it: they are about the first copy of an event. */
  counts: boolean;
  /** How often it has come to nothing in a row: that lengthens the next wait. */
  setbacks: number;
  retry?: RetryContext;
}

export class QueueDeliveries {
  private readonly pending: Pending<Delivery>;
  /** For each concurrency key how many events are being processed, over all queues of the installation. */
  private readonly running = new Map<string, number>();
  private stopped = false;

  constructor(
    private readonly site: DeliverySite,
    private readonly jobs: QueueJobs,
    storage: SandboxStorage,
    private readonly random: Random,
  ) {
    this.pending = new Pending({
      table: storage.table('queue-events'),
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

  enqueue(event: QueuedEvent): void {
    const enqueuedAt = this.site.clock.now();
    const dueAt = enqueuedAt + (event.delayInSeconds ?? 0) * 1_000;
    this.deliver({ event, dueAt, enqueuedAt, counts: true, setbacks: 0 });
  }

  /** How many events of a job have neither succeeded nor failed. */
  unfinished(jobId: string): number {
    return this.pending.entries(`${jobId}/`).filter(([, { counts }]) => counts).length;
  }

  cancel(jobId: string): void {
    for (const [id] of this.pending.entries(`${jobId}/`)) {
      if (this.pending.isWaiting(id)) this.pending.remove(id);
    }
  }

  /** What runs now is delivered again after a restart. */
  stop(): void {
    this.stopped = true;
    this.pending.stop();
  }

  /** As many copies, as late, as the site says. */
  private deliver(delivery: Delivery): void {
    const { jobId, eventId, queueName } = delivery.event;
    for (const [copy, delayMs] of this.site.deliveries('queue', queueName).entries()) {
      this.pending.put(`${jobId}/${eventId}/${randomUUID()}`, {
        ...delivery,
        dueAt: delivery.dueAt + delayMs,
        counts: delivery.counts && copy === 0,
      });
    }
  }

  private async run(id: string, delivery: Delivery): Promise<void> {
    const { event } = delivery;
    const consumer = this.site.manifest.consumers.find(({ queue }) => queue === event.queueName);
    const isOver = this.site.clock.now() >= delivery.enqueuedAt + RETENTION_MS;
    if (!consumer || isOver || this.site.faults.uninstalled) {
      this.drop(id, delivery, isOver ? 'its retention window is over' : 'nobody takes it');
    } else if (this.isFull(event)) {
      this.postpone(id, delivery);
    } else {
      await this.process(id, delivery, consumer);
    }
  }

  private async process(id: string, delivery: Delivery, consumer: ConsumerModule): Promise<void> {
    const { event } = delivery;
    this.countRunning(event, 1);
    const outcome = await attempt(this.site, consumer.function, this.payloadOf(delivery), {
      moduleType: 'consumer',
      moduleKey: consumer.key,
      chain: event.chain,
    });
    this.countRunning(event, -1);
    if (this.stopped) return;
    if (outcome.kind === 'delivered') {
      this.finish(id, delivery, 'success');
    } else if (outcome.kind === 'failed' && outcome.code === undefined) {
      this.drop(id, delivery, 'the consumer failed');
    } else if (this.jobs.isCancelled(event.jobId)) {
      this.pending.remove(id);
    } else if (outcome.kind === 'retry-requested') {
      const { afterMs, reason, data } = outcome.request;
      if (sizeOf(event) + sizeOf(data) > MAX_REQUEST_KB * 1024) {
        // Atlassian's ECO-759: such an event "may not be retried".
        this.drop(id, delivery, 'its payload and retryData exceed 200 KB together');
      } else {
        this.repeat(id, { ...delivery, setbacks: 0 }, afterMs, reason, data);
      }
    } else {
      const setbacks = delivery.setbacks + 1;
      const code = outcome.code ?? '';
      this.repeat(id, { ...delivery, setbacks }, backOffMs(setbacks, this.random), code);
    }
  }

  private repeat(
    id: string,
    delivery: Delivery,
    afterMs: number,
    retryReason: string,
    retryData?: unknown,
  ): void {
    this.deliver({
      ...delivery,
      dueAt: this.site.clock.now() + afterMs,
      retry: {
        retryCount: (delivery.retry?.retryCount ?? 0) + 1,
        retryReason,
        ...(retryData === undefined ? {} : { retryData }),
      },
    });
    // Not before: a crash in between delivers twice, and loses nothing.
    this.pending.remove(id);
  }

  /** [2nd], by Atlassian's staff: what cannot start for its concurrency limit is retried with back-off. */
  private postpone(id: string, delivery: Delivery): void {
    const setbacks = delivery.setbacks + 1;
    const dueAt = this.site.clock.now() + backOffMs(setbacks, this.random);
    this.pending.put(id, { ...delivery, setbacks, dueAt });
  }

  private payloadOf({ event, enqueuedAt, retry }: Delivery): object {
    const { queueName, jobId, eventId, body, delayInSeconds, concurrency } = event;
    const retentionWindow = {
      startTime: new Date(enqueuedAt).toISOString(),
      remainingTimeMs: enqueuedAt + RETENTION_MS - this.site.clock.now(),
    };
    return {
      queueName,
      jobId,
      eventId,
      body,
      ...(delayInSeconds === undefined ? {} : { delayInSeconds }),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(retry === undefined ? {} : { retryContext: { ...retry, retentionWindow } }),
    };
  }

  private isFull({ concurrency }: QueuedEvent): boolean {
    return (
      concurrency !== undefined && (this.running.get(concurrency.key) ?? 0) >= concurrency.limit
    );
  }

  private countRunning({ concurrency }: QueuedEvent, change: number): void {
    if (concurrency === undefined) return;
    this.running.set(concurrency.key, (this.running.get(concurrency.key) ?? 0) + change);
  }

  private drop(id: string, delivery: Delivery, why: string): void {
    this.site.log(`event ${delivery.event.eventId} of queue ${delivery.event.queueName}: ${why}`);
    this.finish(id, delivery, 'failed');
  }

  private finish(id: string, delivery: Delivery, outcome: 'success' | 'failed'): void {
    this.pending.remove(id);
    if (delivery.counts) this.jobs.count(delivery.event.jobId, outcome);
  }
}
