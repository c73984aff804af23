/**
 * What the app asked for and the platform, or this model of it, does not have. Each is shown in red on
 * the page and listed in `window.__stats.violations`, where a test sees it.
 */
import { Store } from './store';

export interface PageStats {
  /** ForgeDocs received. */
  documents: number;
  /** Functions of the app that the iframe keeps for the page to call. */
  functions: number;
  /** The UI Kit components drawn so far. */
  components: string[];
  violations: string[];
}

declare global {
  interface Window {
    __stats: PageStats;
  }
}

export const stats: PageStats = { documents: 0, functions: 0, components: [], violations: [] };

export const violations = new Store<readonly string[]>([]);

/** Records what went wrong; the same text once only, since a document is drawn many times. */
export function violate(message: string): void {
  if (stats.violations.includes(message)) return;
  stats.violations.push(message);
  violations.set([...stats.violations]);
}
