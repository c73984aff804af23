/**
 * Every way in which the sandbox is made kinder, and in which a rule of the app is broken, one at a time, to see
 * that a test notices.
 */
import { sabotagesOfBudgets } from './of-budgets';
import { sabotagesOfDeliveries } from './of-deliveries';
import { sabotagesOfFaults } from './of-faults';
import { sabotagesOfInvocations } from './of-invocations';
import { sabotagesOfJira } from './of-jira';
import { sabotagesOfTheEngine } from './of-the-engine';
import { sabotagesOfSearches } from './of-searches';
import { sabotagesOfThePage } from './of-the-page';
import { sabotagesOfTheStore } from './of-the-store';
import type { Sabotage } from './sabotage';

export type { Sabotage } from './sabotage';

const below = (folder: string, sabotages: readonly Sabotage[]): Sabotage[] =>
  sabotages.map((sabotage) => ({ ...sabotage, file: `${folder}/${sabotage.file}` }));

/** Of `sandbox/`: it lets an app do what the platform does not. */
export const OF_THE_SANDBOX = below('sandbox', [
  ...sabotagesOfTheStore,
  ...sabotagesOfInvocations,
  ...sabotagesOfBudgets,
  ...sabotagesOfDeliveries,
  ...sabotagesOfFaults,
  ...sabotagesOfJira,
  ...sabotagesOfSearches,
  ...sabotagesOfThePage,
]);

/** Of `src/`: a rule that keeps two sites in step is broken. */
export const OF_THE_APP = below('src', sabotagesOfTheEngine);

export const SABOTAGES = [...OF_THE_SANDBOX, ...OF_THE_APP];
