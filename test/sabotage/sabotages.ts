/** Every way in which the sandbox is made kinder, one at a time, to see that a test notices. */
import { sabotagesOfBudgets } from './of-budgets';
import { sabotagesOfDeliveries } from './of-deliveries';
import { sabotagesOfFaults } from './of-faults';
import { sabotagesOfInvocations } from './of-invocations';
import { sabotagesOfJira } from './of-jira';
import { sabotagesOfSearches } from './of-searches';
import { sabotagesOfThePage } from './of-the-page';
import { sabotagesOfTheStore } from './of-the-store';

export type { Sabotage } from './sabotage';

export const SABOTAGES = [
  ...sabotagesOfTheStore,
  ...sabotagesOfInvocations,
  ...sabotagesOfBudgets,
  ...sabotagesOfDeliveries,
  ...sabotagesOfFaults,
  ...sabotagesOfJira,
  ...sabotagesOfSearches,
  ...sabotagesOfThePage,
];
