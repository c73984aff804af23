/** Queues, product events and scheduled triggers, kinder than Forge's. */
import type { Sabotage } from './sabotage';

const PUSH = 'conformance/queue-push.test.ts';
const DELIVERY = 'conformance/queue-delivery.test.ts';
const PRODUCT_EVENTS = 'conformance/product-events.test.ts';
const QUEUE_LIMITS = 'forge/queue-limits.ts';

const APART = 'cases that rest on [2nd] or UNVERIFIED notes';
const RETRY = 'Forge: Async events API: retry';

export const sabotagesOfDeliveries: Sabotage[] = [
  {
    name: 'the consumer inside the push',
    file: 'forge/queue-delivery.ts',
    replace: '    this.deliver({ event, dueAt, enqueuedAt, counts: true, setbacks: 0 });',
    by: `    const delivery = { event, dueAt, enqueuedAt, counts: true, setbacks: 0 };
    const consumer = this.site.manifest.consumers.find(({ queue }) => queue === event.queueName);
    if (consumer) void this.process(event.eventId, delivery, consumer);`,
    test: DELIVERY,
    title: 'Forge: Async events API: event consumer never runs inside the push',
  },
  {
    name: 'the order of the push kept',
    file: 'forge/pending.ts',
    replace: 'order: random()',
    by: 'order: 0',
    test: DELIVERY,
    title:
      'Forge: Async events API: event consumer has no order: the same seed repeats one, and it is not that of the push',
  },
  {
    name: '51 events in a push',
    file: QUEUE_LIMITS,
    replace: 'MAX_EVENTS_PER_REQUEST = 50',
    by: 'MAX_EVENTS_PER_REQUEST = 51',
    test: PUSH,
    title:
      'Forge: Async events limits: event per request 51 are not, by the SDK and by the platform',
  },
  {
    name: 'a push of over 200 KB',
    file: QUEUE_LIMITS,
    replace: 'MAX_REQUEST_KB = 200',
    by: 'MAX_REQUEST_KB = 201',
    test: PUSH,
    title:
      'Forge: Async events limits: payload size a byte more is not, by the SDK and, with 413, by the platform',
  },
  {
    name: 'events of over 100 KB for a long-running consumer',
    file: QUEUE_LIMITS,
    replace: 'MAX_LONG_RUNNING_EVENT_KB = 100',
    by: 'MAX_LONG_RUNNING_EVENT_KB = 200',
    test: PUSH,
    title:
      'Forge: Async events limits: payload size one event of over 100 KB is refused where its consumer may run longer than 55 s',
  },
  {
    name: 'any number of events a minute',
    file: QUEUE_LIMITS,
    replace: 'MAX_EVENTS_PER_MINUTE = 500',
    by: 'MAX_EVENTS_PER_MINUTE = Infinity',
    test: PUSH,
    title:
      'Forge: Async events limits: event per minute 500, then a RateLimitError until a minute has passed, for this installation',
  },
  {
    name: 'chains of pushes without an end',
    file: QUEUE_LIMITS,
    replace: 'MAX_REQUESTS_PER_CHAIN = 1_000',
    by: 'MAX_REQUESTS_PER_CHAIN = Infinity',
    test: PUSH,
    title:
      'Forge: Async events limits: cyclic invocation limit 1,000 push requests of all handlers that one invocation has set off, then an error',
  },
  {
    name: 'pushes to a queue that nobody consumes',
    file: 'forge/queue.ts',
    replace: 'if (!consumer) return failure(400, `No consumer for queue ${request.queueName}`);',
    by: 'if (!consumer) return new Response(null, { status: 201 });',
    test: PUSH,
    title: `${APART} a queue without a consumer: 400, an InternalServerError`,
  },
  {
    name: 'delays ignored',
    file: 'forge/queue-delivery.ts',
    replace: '(event.delayInSeconds ?? 0) * 1_000',
    by: '0',
    test: PUSH,
    title: 'Forge: Async events API: delayInSeconds 900 is taken, and the event comes so late',
  },
  {
    name: 'concurrency ignored',
    file: 'forge/queue-delivery.ts',
    replace: '>= concurrency.limit',
    by: '>= Infinity',
    test: DELIVERY,
    title: 'Forge: Async events API: concurrency no more than 1 with the same key',
  },
  {
    name: 'a retry where the app throws',
    file: 'forge/deliveries.ts',
    replace: 'backOffCode(error.reason, site.faults.retryThrown)',
    by: 'backOffCode(error.reason, true)',
    test: DELIVERY,
    title: `${APART} a consumer that throws is not called again, and its event is failed`,
  },
  {
    name: 'a retry at any time',
    file: 'forge/retry.ts',
    replace: 'RETRY_AFTER_SECONDS = { min: 1, max: 900 }',
    by: 'RETRY_AFTER_SECONDS = { min: 0, max: Infinity }',
    test: DELIVERY,
    title: `${RETRY} retryAfter is lowered to 900 s, and raised to one`,
  },
  {
    name: 'retry data of any size',
    file: 'forge/retry.ts',
    replace: 'RETRY_DATA_MAX_BYTES = 4 * 1024',
    by: 'RETRY_DATA_MAX_BYTES = Infinity',
    test: DELIVERY,
    title: `${APART} a request for a retry with more than 4 KB of data is none`,
  },
  {
    name: 'retries for ever',
    file: QUEUE_LIMITS,
    replace: 'RETENTION_MS = 24 * 3_600_000',
    by: 'RETENTION_MS = Infinity',
    test: DELIVERY,
    title: `${RETRY} for 24 hours, then the event is dropped`,
  },
  {
    name: 'consumers without a time limit',
    file: 'forge/limits.ts',
    replace: 'ASYNC_TIME_LIMIT_MS = 55_000',
    by: 'ASYNC_TIME_LIMIT_MS = 900_000',
    test: DELIVERY,
    title:
      'Forge: Invocation limits: consumers then it is ended, what it still does has no effect, and it is called again with back-off',
  },
  {
    name: 'product events inside the change',
    file: 'forge/product-events.ts',
    replace:
      '      this.deliver({ triggerKey: trigger.key, event: { ...event, selfGenerated }, dueAt });',
    by: "      void this.run('', { triggerKey: trigger.key, event: { ...event, selfGenerated }, dueAt });",
    test: PRODUCT_EVENTS,
    title: 'Forge: Events, delivery it is not called before the change has been made',
  },
  {
    name: 'ignoreSelf ignored',
    file: 'forge/product-events.ts',
    replace: '(trigger.ignoreSelf && selfGenerated)',
    by: 'false',
    test: PRODUCT_EVENTS,
    title:
      'Forge: Events, selfGenerated and ignoreSelf a change by the app itself says so, and ignoreSelf leaves it out',
  },
  {
    name: 'product events without their scope',
    file: 'forge/manifest-events.ts',
    replace: 'if (!hasScope(PRODUCT_EVENT_SCOPE)) {',
    by: 'if (false) {',
    test: 'unit/sandbox-manifest.test.ts',
    title: 'read:jira-work changed to write:jira-work is told',
  },
  {
    name: 'product events of any size',
    file: 'forge/product-events.ts',
    replace: 'MAX_EVENT_BYTES = 200_000',
    by: 'MAX_EVENT_BYTES = Infinity',
    test: PRODUCT_EVENTS,
    title: `${APART} events of more than 200 kB are not delivered`,
  },
  {
    name: 'a fifth retry of a product event',
    file: 'forge/product-events.ts',
    replace: 'MAX_RETRIES = 4',
    by: 'MAX_RETRIES = 5',
    test: PRODUCT_EVENTS,
    title: 'Forge: Events, retry a returned InvocationError is a retry, at most four times',
  },
  {
    name: 'a scheduled trigger tried again after a failure',
    file: 'forge/schedule.ts',
    replace: '    await attempt(this.site, handler, payload, {',
    by: `    await attempt(this.site, handler, payload, {
      moduleType: 'scheduledTrigger',
      moduleKey: key,
    });
    await attempt(this.site, handler, payload, {`,
    test: 'conformance/schedule.test.ts',
    title:
      'Forge: Scheduled trigger module one that throws is not tried again, and runs at the next interval',
  },
];
