/** What the server tells the page about itself: the content of `<script id="host-config">`. */

/** What a person chose to see the site in; `auto` is what the browser prefers. */
export const THEMES = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof THEMES)[number];

export interface HostConfig {
  /** Where the app's document is. */
  frameUrl: string;
  /** The module that the page shows. */
  module: { type: string; key: string };
  /** Keys of all admin pages of the app, by which `router` finds them. */
  adminPages: { key: string; path: string }[];
  theme: Theme;
  actingAs: { accountId: string; displayName: string };
  /** Jira's REST API is asked in this name: `Authorization` of the account that is acted as. */
  authorization: string;
  /** The answer to `view.getContext()`, less what only the browser knows. */
  context: Record<string, unknown>;
}

/** Reads the page's own configuration. */
export function readHostConfig(): HostConfig {
  const text = document.getElementById('host-config')?.textContent ?? '';
  return JSON.parse(text) as HostConfig;
}

/** Milliseconds to delay each message between page and app, by `?bridge-delay=40`; 0 without it. */
export function readBridgeDelay(): number {
  const delay = Number(new URLSearchParams(window.location.search).get('bridge-delay') ?? '0');
  return Number.isFinite(delay) && delay > 0 ? delay : 0;
}
