/** Times as the person who reads them is used to. */
import { useProductContext } from '@forge/react';
import { useCallback } from 'react';

/** `iso`: ISO 8601 in UTC. */
export type FormatTime = (iso: string) => string;

/** In the language and time zone of the person's Jira profile; until those are known, the browser's. */
export function useLocalTime(): FormatTime {
  const context = useProductContext();
  const locale = context?.locale;
  const timezone = context?.timezone;
  return useCallback((iso) => formatTime(iso, locale, timezone), [locale, timezone]);
}

/** @param locale as Jira writes it (`en_US`) or as browsers do (`en-US`) */
export function formatTime(iso: string, locale?: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale?.replace('_', '-'), {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(iso));
}
