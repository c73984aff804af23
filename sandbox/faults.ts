/** Faults on demand, per site: `POST /_sandbox/faults` and tests set them, the platform services obey. */
import { z } from 'zod';
import { ruleSchema } from './fault-rules';

/** A year: beyond some point dates end. */
const MAX_MS = 365 * 86_400_000;

export const faultsSchema = z.strictObject({
  /**
   * How the app is shared. `none`: only its contributors (here: the site's admin) can be impersonated;
   * `link`: anybody with access (Forge: "Impersonation").
   */
  distribution: z.enum(['none', 'link']).default('link'),
  /** How far key-value *queries* are behind the writes, in ms; reads by key never are. */
  lagMs: z.number().int().min(0).max(MAX_MS).default(0),
  /** How far searches of Jira are behind the changes, in ms; `lagMs` if not said. */
  searchLagMs: z.number().int().min(0).max(MAX_MS).optional(),
  /** Added once to the next invocation of each kind, in ms, as on a cold start (up to 5 s on Forge). */
  coldStartMs: z.number().int().min(0).max(MAX_MS).default(0),
  /** How far this site's clock is off, in ms; positive is ahead. */
  skewMs: z.number().int().min(-MAX_MS).max(MAX_MS).default(0),
  /** Added to each platform call, in ms. */
  latencyMs: z.number().int().min(0).max(MAX_MS).default(0),
  /**
   * Kills the invocation that makes the n-th platform call from now on (1 is the next one), before the
   * call has its effect or after it; the caller never sees an answer. Fires once.
   */
  kill: z
    .strictObject({ call: z.number().int().min(1), when: z.enum(['before', 'after']) })
    .optional(),
  /** The app is not installed here any more: its web triggers answer 424 (Forge: web triggers, [2nd]). */
  uninstalled: z.boolean().default(false),
  /**
   * What the app sees of an allowed host that nobody answers at: a fetch error, or a 503 of the platform's
   * egress proxy with its `x-squid-error` header. Apps have seen the second ([2nd]); which one comes when
   * is UNVERIFIED.
   */
  deadHost: z.enum(['error', 'proxy-status']).default('error'),
  /**
   * Whether a consumer or trigger that throws is called again with back-off. Atlassian's page on async events
   * says so of "app level errors" in a recent state ([2nd]), the SDK knows no reason for it: by default the
   * event is lost, so that nothing relies on it.
   */
  retryThrown: z.boolean().default(false),
  /** Whether changes by `asUser(accountId)` count as the app's own (`selfGenerated`): UNVERIFIED. */
  impersonatedIsSelf: z.boolean().default(false),
  /** How late an event of Jira reaches the app at most, in ms; up to 3 minutes on Forge (trigger module). */
  eventLagMs: z.number().int().min(0).max(180_000).default(0),
  /** Jira's REST API answers every request of the app with this status (503: Jira is down). */
  jiraStatus: z.number().int().min(400).max(599).optional(),
  /** Faults of single calls and deliveries; `sandbox/fault-rules.ts`. */
  rules: z.array(ruleSchema).default([]),
  /** `false` lifts the platform's budgets: rates, quotas and Jira's points. */
  budgets: z.boolean().default(true),
});

export type Faults = z.infer<typeof faultsSchema>;

type FaultInput = z.input<typeof faultsSchema>;

/** What is left out stays; `undefined` is back to what the site was started with. */
export type FaultChanges = { [Name in keyof FaultInput]?: FaultInput[Name] | undefined };

/** No fault at all. */
export const noFaults = (): Faults => faultsSchema.parse({});
