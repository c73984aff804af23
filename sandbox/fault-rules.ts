/**
 * What a fault rule says: which calls or deliveries it means, when it fires, what happens then. Each service
 * has the faults that it can have; a rule that could never fire is refused.
 */
import { z } from 'zod';

/** Each call of the key-value service, by the end of its path. */
const KVS_OPERATIONS = [
  'get',
  'set',
  'delete',
  'query',
  'secret/get',
  'secret/set',
  'secret/delete',
  'entity/get',
  'entity/set',
  'entity/delete',
  'entity/query',
  'batch/get',
  'batch/set',
  'batch/delete',
  'transaction',
] as const;

/** Why Jira refuses (Jira: Rate limiting, RateLimit-Reason). */
export const JIRA_LIMIT_REASONS = [
  'jira-quota-global-based',
  'jira-quota-tenant-based',
  'jira-burst-based',
  'jira-per-issue-on-write',
] as const;
export type JiraLimitReason = (typeof JIRA_LIMIT_REASONS)[number];

const pattern = z.string().refine(isPattern, 'Not a regular expression');
const whenSchema = z.enum(['before', 'after']);
/** At most a year, and a day. */
const milliseconds = z
  .number()
  .int()
  .min(1)
  .max(365 * 86_400_000);
const seconds = z.number().int().min(1).max(86_400);

/** What every call of a service can meet. `before` and `after` are before and after the call's effect. */
const CALL_FAULTS = [
  z.strictObject({
    kind: z.literal('fail'),
    when: whenSchema.default('before'),
    status: z.number().int().min(500).max(599).default(500),
    /** "Some transient 5xx responses may also include a Retry-After" (Jira: Rate limiting). */
    retryAfterS: seconds.optional(),
  }),
  /** The call has its effect, and the connection breaks before the answer is there. */
  z.strictObject({ kind: z.literal('lost-answer') }),
  /** The call never answers: the app's own time-out ends the wait, or 180 s, or the end of the invocation. */
  z.strictObject({ kind: z.literal('hang'), when: whenSchema.default('before') }),
  z.strictObject({ kind: z.literal('delay'), ms: milliseconds }),
  /** Kills the invocation that calls. A call of the app's page has none, and is left alone. */
  z.strictObject({ kind: z.literal('kill'), when: whenSchema.default('before') }),
] as const;

const kvsLimit = z.strictObject({
  kind: z.literal('rate-limit'),
  code: z
    .enum(['RATE_LIMIT_EXCEEDED', 'TOO_MANY_REQUESTS', 'REQUEST_THROTTLED'])
    .default('RATE_LIMIT_EXCEEDED'),
});

/** Somebody else has written meanwhile: the answer of a condition that does not hold, and no effect. */
const kvsConflict = z.strictObject({ kind: z.literal('conflict') });

const jiraLimit = z.strictObject({
  kind: z.literal('rate-limit'),
  reason: z.enum(JIRA_LIMIT_REASONS).default('jira-burst-based'),
  retryAfterS: seconds.default(1),
});

const plainLimit = z.strictObject({
  kind: z.literal('rate-limit'),
  retryAfterS: seconds.optional(),
});

/** When a rule fires: among the calls or deliveries that it means. */
const timing = {
  /** Names the rule in the log and the counts. */
  name: z.string().min(1).optional(),
  /** So many pass first. */
  after: z.number().int().min(0).default(0),
  /** It fires no more often; always, if not said. */
  times: z.number().int().min(1).optional(),
  /** Drawn for each, from the seed. */
  probability: z.number().gt(0).max(1).default(1),
};

/** Patterns are regular expressions; a call is meant where each that is given is found in it. */
const requestMatch = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']).optional(),
  /** In path and query; for egress in the whole address. */
  path: pattern.optional(),
  body: pattern.optional(),
});

const deliveryRule = <S extends string>(service: S) =>
  z.strictObject({
    service: z.literal(service),
    ...timing,
    /** In the name of the queue, the event's type, the schedule's key. */
    match: z.strictObject({ name: pattern.optional() }).optional(),
    fault: oneOf(service, [
      z.strictObject({ kind: z.literal('lose') }),
      z.strictObject({ kind: z.literal('delay'), ms: milliseconds }),
      /** Delayed by up to that much, drawn for each: what comes later may overtake it. */
      z.strictObject({ kind: z.literal('reorder'), withinMs: milliseconds }),
      z.strictObject({ kind: z.literal('duplicate'), afterMs: z.number().int().min(0).default(0) }),
    ]),
  });

export const ruleSchema = z.discriminatedUnion(
  'service',
  [
    z
      .strictObject({
        service: z.literal('kvs'),
        ...timing,
        match: z
          .strictObject({ operation: z.enum(KVS_OPERATIONS).optional(), body: pattern.optional() })
          .optional(),
        fault: oneOf('kvs', [...CALL_FAULTS, kvsLimit, kvsConflict]),
      })
      .refine(
        ({ fault, match }) => fault.kind !== 'conflict' || match?.operation === 'transaction',
        'Only a transaction meets a conflict: match its operation',
      ),
    z.strictObject({
      service: z.literal('jira'),
      ...timing,
      match: requestMatch.optional(),
      fault: oneOf('jira', [...CALL_FAULTS, jiraLimit]),
    }),
    z.strictObject({
      service: z.literal('egress'),
      ...timing,
      match: requestMatch.optional(),
      fault: oneOf('egress', [...CALL_FAULTS, plainLimit]),
    }),
    /** Web trigger URLs and queues: `/graphql`, `/webhook/queue/…`. */
    z.strictObject({
      service: z.literal('stargate'),
      ...timing,
      match: requestMatch.omit({ method: true }).optional(),
      fault: oneOf('stargate', [...CALL_FAULTS, plainLimit]),
    }),
    deliveryRule('queue'),
    deliveryRule('product-event'),
    deliveryRule('schedule'),
  ],
  {
    error: ({ input }) =>
      `No service ${textOf(input, 'service')}: calls are kvs, jira, egress, stargate, deliveries are queue, product-event, schedule`,
  },
);

export type FaultRule = z.infer<typeof ruleSchema>;
export type DeliveryKind = 'queue' | 'product-event' | 'schedule';
export type DeliveryRule = Extract<FaultRule, { service: DeliveryKind }>;
export type CallRule = Exclude<FaultRule, { service: DeliveryKind }>;
export type CallService = CallRule['service'];
export type CallFault = CallRule['fault'];
/** A fault that ends a call; a delay does not. */
export type CallEnd = Exclude<CallFault, { kind: 'delay' }>;

/** The faults of one service, with a message that names them for every other. */
function oneOf<const Options extends readonly [FaultSchema, ...FaultSchema[]]>(
  service: string,
  options: Options,
) {
  const kinds = options.map(({ shape }) => shape.kind.value).join(', ');
  return z.discriminatedUnion('kind', options, {
    error: ({ input }) => `No fault ${textOf(input, 'kind')} of ${service}: it has ${kinds}`,
  });
}

type FaultSchema = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

function textOf(input: unknown, property: string): string {
  const value = z.record(z.string(), z.unknown()).safeParse(input).data?.[property];
  return value === undefined ? '' : JSON.stringify(value);
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
