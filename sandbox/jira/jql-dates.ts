/** Dates and times as JQL writes them, in the time zone of whoever asks (Jira: JQL fields, *Created*). */
import { NotModelled } from './errors';

export interface DateContext {
  /** Milliseconds since the epoch. */
  now: number;
  /** IANA name. */
  timeZone: string;
}

const MINUTE_MS = 60_000;
const UNIT_MS: Record<string, number> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 24 * 60 * MINUTE_MS,
  w: 7 * 24 * 60 * MINUTE_MS,
};

/** JavaScript's dates end a day later. */
const END_OF_DATES_MS = 8.64e15 - 24 * 60 * MINUTE_MS;

/** As `2026/01/31 10:00`, `2026-01-31`. */
const ABSOLUTE = /^(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/;

/** As `-2h`, `4w 2d`. */
const PERIOD = /^([+-]?)((?:\d+[wdhm] ?)+)$/;

/**
 * The instant (ms since the epoch) that a value of a query means, `undefined` where it is none.
 *
 * @throws NotModelled for a number without a unit
 */
export function instantOf(text: string, context: DateContext): number | undefined {
  const trimmed = text.trim();
  if (/^[+-]?\d+$/.test(trimmed)) throw new NotModelled(`'${text}' as a date in JQL`);
  const period = PERIOD.exec(trimmed);
  if (period) return later(context.now, period[1], lengthOf(period[2] ?? ''));
  const found = ABSOLUTE.exec(trimmed);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = [1, 3, 4, 5, 6].map((group) =>
    Number(found[group] ?? 0),
  );
  const local = Date.UTC(year, month - 1, day, hour, minute);
  const isThere =
    new Date(local).getUTCDate() === day && month >= 1 && month <= 12 && hour < 24 && minute < 60;
  return isThere ? instantIn(context.timeZone, local) : undefined;
}

/**
 * The function `startOfDay`, with its increment: `-1d`, or `-1` (JQL functions: *startOfDay()*).
 *
 * @throws NotModelled for months and years
 */
export function startOfDay(
  increment: string | undefined,
  context: DateContext,
): number | undefined {
  const start = instantIn(context.timeZone, localDay(context.now, context));
  if (increment === undefined) return start;
  const found = /^([+-]?)(\d+)([yMwdhm]?)$/.exec(increment.trim());
  if (!found) return undefined;
  const [, sign, count, unit = ''] = found;
  const unitMs = UNIT_MS[unit === '' ? 'd' : unit];
  if (unitMs === undefined) throw new NotModelled(`startOfDay("${increment}") in JQL`);
  return later(start, sign, Number(count) * unitMs);
}

/** The day of an instant there, as the instant at which it begins in UTC. */
export function localDay(instant: number, { timeZone }: DateContext): number {
  const local = instant + offsetAt(instant, timeZone);
  return Math.floor(local / (24 * 60 * MINUTE_MS)) * 24 * 60 * MINUTE_MS;
}

/** `undefined` beyond the years that dates have. */
function later(instant: number, sign: string | undefined, ms: number): number | undefined {
  const at = instant + (sign === '-' ? -ms : ms);
  return Math.abs(at) < END_OF_DATES_MS ? at : undefined;
}

function lengthOf(period: string): number {
  return [...period.matchAll(/(\d+)([wdhm])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0),
    0,
  );
}

/** The instant at which clocks there show what clocks in UTC show at `local`. */
function instantIn(timeZone: string, local: number): number {
  // The second look is for the hours around a change to or from summer time.
  return local - offsetAt(local - offsetAt(local, timeZone), timeZone);
}

/** How far clocks there are ahead of UTC, in ms. */
function offsetAt(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = format.formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
  );
  return local - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}
