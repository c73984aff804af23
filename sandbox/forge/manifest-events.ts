/** The modules of `manifest.yml` that nobody waits for: queues, product events, schedules. */
import { z } from 'zod';
import {
  isProductEventName,
  nearestEventName,
  PRODUCT_EVENT_SCOPE,
  type ProductEventName,
} from './product-event-names';

/** What takes the events of one queue. */
export interface ConsumerModule {
  key: string;
  queue: string;
  /** Key of the function behind it. */
  function: string;
}

/** One event that a trigger module wants. */
export interface TriggerModule {
  key: string;
  /** Key of the function behind it. */
  function: string;
  eventType: ProductEventName;
  /** Whether changes by the app itself are left out. */
  ignoreSelf: boolean;
}

export interface ScheduleModule {
  key: string;
  /** Key of the function behind it. */
  function: string;
  interval: Interval;
}

export interface EventModules {
  consumers: ConsumerModule[];
  triggers: TriggerModule[];
  schedules: ScheduleModule[];
}

const INTERVALS = ['fiveMinute', 'hour', 'day', 'week'] as const;

/** How often a scheduled trigger runs. */
export type Interval = (typeof INTERVALS)[number];

/** Forge: scheduled trigger limits. */
const MAX_SCHEDULES = 5;
const MAX_FIVE_MINUTE_SCHEDULES = 1;

/** Says by name what the sandbox does not know, where zod would say "unrecognized key". */
const known = {
  error: (issue: { code?: string | undefined; keys?: unknown }): string | undefined =>
    issue.code === 'unrecognized_keys'
      ? `the sandbox does not know ${(issue.keys as string[]).join(', ')} here`
      : undefined,
};

const eventNameSchema = z.string().transform((name, context): ProductEventName => {
  if (isProductEventName(name)) return name;
  context.addIssue({
    code: 'custom',
    message: `no event ${name}: nothing would be delivered. Is it ${nearestEventName(name)}?`,
  });
  return z.NEVER;
});

/** `expression`, `onError` and `appIsLicensed` are not modelled, so they are refused. */
const filterSchema = z.strictObject({ ignoreSelf: z.boolean() }, known);

/** A trigger module's `events` are names, or names with a filter each (Forge: trigger module). */
const eventSchema = z.preprocess(
  (event) => (typeof event === 'string' ? { eventType: event } : event),
  z.strictObject({ eventType: eventNameSchema, filter: filterSchema.optional() }, known),
);

export const eventModuleSchemas = {
  consumer: z
    .array(
      // `resolver` is that of @forge/events 1; `endpoint` is a remote's.
      z.strictObject(
        {
          key: z.string(),
          queue: z
            .string()
            .max(36)
            .regex(/^[a-zA-Z0-9-_]+$/),
          function: z.string(),
        },
        known,
      ),
    )
    .default([]),
  trigger: z
    .array(
      z.strictObject(
        {
          key: z.string(),
          function: z.string(),
          events: z.array(eventSchema).min(1),
          filter: filterSchema.optional(),
        },
        known,
      ),
    )
    .default([]),
  scheduledTrigger: z
    .array(
      z.strictObject({ key: z.string(), function: z.string(), interval: z.enum(INTERVALS) }, known),
    )
    .default([]),
  // In the manifest's schema, but not shipped ([2nd]).
  fifoConsumer: z.never({ error: 'the platform has no FIFO queues' }).optional(),
};

type Parsed = z.output<z.ZodObject<typeof eventModuleSchemas>>;

/**
 * @param hasScope whether the manifest asks for a scope
 * @throws Error for more than the platform takes, and for events that the app's scopes do not cover
 */
export function eventModulesOf(
  modules: Parsed,
  hasScope: (scope: string) => boolean,
): EventModules {
  const { consumer: consumers, scheduledTrigger: schedules } = modules;
  const triggers = modules.trigger.flatMap(({ key, function: handler, events, filter }) =>
    events.map((event) => ({
      key,
      function: handler,
      eventType: event.eventType,
      ignoreSelf: (event.filter ?? filter)?.ignoreSelf ?? false,
    })),
  );
  if (schedules.length > MAX_SCHEDULES) {
    refuse(`an app has at most ${MAX_SCHEDULES} scheduledTrigger modules`);
  }
  const fiveMinute = schedules.filter(({ interval }) => interval === 'fiveMinute');
  if (fiveMinute.length > MAX_FIVE_MINUTE_SCHEDULES) {
    refuse('only one scheduledTrigger module may have the interval fiveMinute');
  }
  for (const [index, { queue }] of consumers.entries()) {
    // What the platform does with two is not documented: each event to one of them, or to both.
    if (consumers.findIndex((other) => other.queue === queue) !== index) {
      refuse(`queue ${queue} has more than one consumer`);
    }
  }
  for (const { key, eventType } of triggers) {
    if (!hasScope(PRODUCT_EVENT_SCOPE)) {
      refuse(`trigger ${key}: ${eventType} needs the scope ${PRODUCT_EVENT_SCOPE}`);
    }
  }
  return { consumers, triggers, schedules };
}

function refuse(message: string): never {
  throw new Error(`manifest.yml: ${message}`);
}
