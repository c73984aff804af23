/** What a route of the REST API is made of, and how its handler reads the request. */
import type { Clock } from '../clock';
import { refusal } from './errors';
import type { Actor, Publish } from './events';
import type { Change } from './issue-changes';
import type { View } from './shapes';

export interface Call extends View {
  clock: Clock;
  /** The values of the route's `{parameters}`, decoded. */
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Parsed JSON; `undefined` where the route takes no body. */
  body: unknown;
  /** Who makes the changes that this call makes; an anonymous caller makes none. */
  actor: Actor | undefined;
  publish: Publish;
}

/** An answer with another status than 200, or without a body. */
export class Answer {
  constructor(
    readonly status: 201 | 204 | 400,
    readonly body?: unknown,
  ) {}
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its parameters in braces, as in Atlassian's OpenAPI description. */
  path: string;
  /** As in Atlassian's OpenAPI description. */
  operationId: string;
  /** The classic OAuth scopes that an app needs. */
  scopes: readonly string[];
  takesBody?: true;
  /** Returns what is sent as JSON with status 200, or an `Answer`. @throws JiraRefusal */
  handle(call: Call): unknown;
}

/** The value of a parameter of the route's path. */
export function param({ params }: Call, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`The route has no {${name}}`);
  return value;
}

/** What a call needs to change something. Whether the caller may is checked before. */
export function changeOf(call: Call): Change {
  if (!call.actor) throw new Error('Nobody can change anything anonymously');
  return { view: call, actor: call.actor, now: call.clock.now(), publish: call.publish };
}

/** `?expand=groups,applicationRoles`. */
export function expandOf({ query }: Call): ReadonlySet<string> {
  return listOf(query, 'expand');
}

/** A comma-separated parameter, which may be there more than once. */
export function listOf(query: URLSearchParams, name: string): ReadonlySet<string> {
  const values = query
    .getAll(name)
    .flatMap((given) => given.split(','))
    .map((value) => value.trim());
  return new Set(values.filter((value) => value !== ''));
}

export interface Page {
  startAt: number;
  maxResults: number;
}

/**
 * `startAt` and `maxResults`, the latter lowered to what the operation allows, as Jira does it.
 *
 * @throws JiraRefusal 400 where one is no number from 0 on (the exact text is UNVERIFIED)
 */
export function pageOf({ query }: Call, limits: { default: number; maximum: number }): Page {
  return {
    startAt: wholeNumber(query, 'startAt') ?? 0,
    maxResults: Math.min(wholeNumber(query, 'maxResults') ?? limits.default, limits.maximum),
  };
}

export function slice<T>(all: readonly T[], { startAt, maxResults }: Page): T[] {
  return all.slice(startAt, startAt + maxResults);
}

/**
 * The form of Jira's pages with `values`.
 *
 * @param path after `/rest/api/3/`
 */
export function pagedAnswer<T>(
  { site, query }: Call,
  path: string,
  all: readonly T[],
  page: Page,
  shape: (value: T) => unknown,
) {
  const values = slice(all, page).map(shape);
  const isLast = page.startAt + values.length >= all.length;
  const urlAt = (startAt: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('startAt', String(startAt));
    parameters.set('maxResults', String(page.maxResults));
    return `${site.baseUrl}/rest/api/3/${path}?${parameters.toString()}`;
  };
  return {
    self: urlAt(page.startAt),
    ...(isLast ? {} : { nextPage: urlAt(page.startAt + values.length) }),
    ...page,
    total: all.length,
    isLast,
    values,
  };
}

/** @throws JiraRefusal 400 */
export function oneOf<const T extends string>(
  query: URLSearchParams,
  name: string,
  values: readonly T[],
): T | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const known = values.find((value) => value === given);
  if (known === undefined) throw refusal(400, [`The value '${given}' of '${name}' is not valid.`]);
  return known;
}

/** `true` or `false`; anything else is `false` (UNVERIFIED). */
export function flag(query: URLSearchParams, name: string, whenAbsent = false): boolean {
  const given = query.get(name);
  return given === null ? whenAbsent : given.toLowerCase() === 'true';
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const given = query.get(name);
  if (given === null) return undefined;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value > 2 ** 31 - 1) {
    throw refusal(400, [`The value '${given}' of '${name}' is not a number from 0 on.`]);
  }
  return value;
}
