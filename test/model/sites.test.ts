/**
 * The whole app on two and three local sites, under the sandbox's faults: after they end and the clock has run
 * on, there is one twin of each issue on each site, twins are equal, nothing waits, nothing moves by itself, and
 * what lost a conflict is in the history. `npm run prove -- 0 --sites SEEDS` plays more seeds.
 */
import { mustHold } from './support/proof';
import { SHAPES, shapeOf } from './support/site-plan';
import { proveSites } from './support/site-story';

const SEEDS = Number(process.env.SITE_SEEDS ?? 4);
const FIRST_SEED = Number(process.env.MODEL_FIRST_SEED ?? 1);

test.each(SHAPES)(
  'whole sites: $name',
  async (shape) => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
      if (shapeOf(seed) === shape) mustHold(await proveSites(seed), seed);
    }
  },
  3_600_000,
);
