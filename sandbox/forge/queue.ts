/** The queues of one installation, as `@forge/events` asks for them (Forge: Async events API). */
import { randomUUID } from 'node:crypto';
import type { Random } from '../random';
import type { SandboxStorage, Table } from '../storage';
import type { DeliverySite } from './deliveries';
import { QueueDeliveries, type QueueJobs } from './queue-delivery';
import {
  isTooLarge,
  jobRequestSchema,
  pushRequestSchema,
  QUEUE_PATHS,
  sortEvents,
  type PushedEvent,
} from './queue-requests';
import { RollingWindow } from './rate-windows';
import { MAX_EVENTS_PER_MINUTE, MAX_REQUEST_KB, MAX_REQUESTS_PER_CHAIN } from './queue-limits';

/** Who pushes: events that a consumer pushes belong to the chain that has set it off. */
export interface QueueCaller {
  /** The initial invocation's id. */
  chain: string;
}

interface Job {
  queueName: string;
  success: number;
  failed: number;
  cancelled: boolean;
}

export class QueueService implements QueueJobs {
  readonly deliveries: QueueDeliveries;
  private readonly jobs: Table<Job>;
  private readonly pushesOfChain: Table<number>;
  private readonly events = new RollingWindow(MAX_EVENTS_PER_MINUTE, 60_000);

  /** `storage` is the installation's own. */
  constructor(
    private readonly site: DeliverySite,
    storage: SandboxStorage,
    random: Random,
  ) {
    this.jobs = storage.table('queue-jobs');
    this.pushesOfChain = storage.table('queue-chains');
    this.deliveries = new QueueDeliveries(site, this, storage, random);
  }

  /** Answers one request of the SDK; `undefined` for a path that is none of a queue's. */
  handle(path: string, body: string, caller: QueueCaller): Response | undefined {
    switch (path) {
      case QUEUE_PATHS.push:
        return this.push(parseJson(body), caller);
      case QUEUE_PATHS.stats:
        return this.stats(parseJson(body));
      case QUEUE_PATHS.cancel:
        return this.cancel(parseJson(body));
      default:
        return undefined;
    }
  }

  count(jobId: string, outcome: 'success' | 'failed'): void {
    const job = this.jobs.get(jobId);
    if (job) this.jobs.set(jobId, { ...job, [outcome]: job[outcome] + 1 });
  }

  isCancelled(jobId: string): boolean {
    return this.jobs.get(jobId)?.cancelled === true;
  }

  private push(body: unknown, { chain }: QueueCaller): Response {
    const parsed = pushRequestSchema.safeParse(body);
    // Which status a request of the wrong form, or of a queue without a consumer, has is UNVERIFIED.
    if (!parsed.success) return failure(400, 'Invalid request');
    const request = parsed.data;
    const consumer = this.site.manifest.consumers.find(({ queue }) => queue === request.queueName);
    if (!consumer) return failure(400, `No consumer for queue ${request.queueName}`);
    const pushes = (this.pushesOfChain.get(chain) ?? 0) + 1;
    this.pushesOfChain.set(chain, pushes);
    if (pushes > MAX_REQUESTS_PER_CHAIN) return failure(405, 'Cyclic invocation limit reached');
    if (isTooLarge(request)) {
      const errorMessage = `The maximum payload size is ${MAX_REQUEST_KB}KB.`;
      return Response.json({ errorMessage }, { status: 413 });
    }
    // The whole request, not only the events that are too many: the stricter reading.
    if (!this.takeEvents(request.payload.length)) return failure(429, 'Too many requests');
    const timeLimitMs = this.site.manifest.timeLimits.get(consumer.function) ?? 0;
    const { taken, failedEvents } = sortEvents(request, timeLimitMs);
    this.take(taken, request, chain);
    return failedEvents.length === 0
      ? new Response(null, { status: 201 })
      : Response.json({ failedEvents }, { status: 202 });
  }

  /** Whether so many events fit; they are counted then. */
  private takeEvents(count: number): boolean {
    const now = this.site.clock.now();
    const fits = this.events.fits(now, count) || !this.site.faults.budgets;
    if (fits) this.events.add(now, count);
    return fits;
  }

  private take(
    events: PushedEvent[],
    { queueName, jobId }: { queueName: string; jobId: string },
    chain: string,
  ): void {
    const job = this.jobs.get(jobId) ?? { queueName, success: 0, failed: 0, cancelled: false };
    this.jobs.set(jobId, job);
    for (const event of events) {
      this.deliveries.enqueue({ ...event, queueName, jobId, eventId: randomUUID(), chain });
    }
  }

  private stats(body: unknown): Response {
    const found = this.find(body);
    if (found instanceof Response) return found;
    const { success, failed } = found.job;
    return Response.json({ success, failed, inProgress: this.deliveries.unfinished(found.jobId) });
  }

  /** "Any events from that job that have not yet started processing, including retries" (Async events API). */
  private cancel(body: unknown): Response {
    const found = this.find(body);
    if (found instanceof Response) return found;
    this.jobs.set(found.jobId, { ...found.job, cancelled: true });
    this.deliveries.cancel(found.jobId);
    return new Response(null, { status: 204 });
  }

  private find(body: unknown): { jobId: string; job: Job } | Response {
    const parsed = jobRequestSchema.safeParse(body);
    if (!parsed.success) return failure(400, 'Invalid request');
    const { queueName, jobId } = parsed.data;
    const job = this.jobs.get(jobId);
    return job?.queueName === queueName ? { jobId, job } : failure(404, 'Job not found');
  }
}

function failure(status: number, message: string): Response {
  return Response.json({ code: status, message }, { status });
}

/** `undefined`, which no request can be, for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
