/** The platform's budgets but those of the key-value store: whose they are. */
import { impersonations, InvocationBudgets } from './invocation-budgets';
import { JiraBudgets, jiraPoints } from './jira-budgets';
import type { RateWindow } from './rate-windows';

/** What all installations of the app share. */
export interface AppBudgets {
  readonly points: RateWindow;
  readonly impersonations: RateWindow;
}

export function createAppBudgets(): AppBudgets {
  return { points: jiraPoints(), impersonations: impersonations() };
}

/** Those of one installation, and its part in the app's. */
export class SiteBudgets {
  readonly impersonations: RateWindow;
  readonly jira: JiraBudgets;
  readonly invocations: InvocationBudgets;

  /**
   * @param now milliseconds since the epoch, by the sandbox's clock
   * @param isEnforced whether what does not fit is refused
   */
  constructor(app: AppBudgets, now: () => number, isEnforced: () => boolean) {
    this.impersonations = app.impersonations;
    this.jira = new JiraBudgets(app.points, now, isEnforced);
    this.invocations = new InvocationBudgets(now, isEnforced);
  }
}
