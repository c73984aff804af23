/**
 * The engine on two and three sites, its functions interleaved at every call of a port and ended at any of
 * them, answers lost, events late and doubled: at rest there is one twin of each issue, twins are equal, and
 * whatever lost a conflict is in the history. `npm run prove` plays more seeds.
 */
import { proveEngine, SETTINGS, settingOf } from './support/engine-story';
import { mustHold } from './support/proof';

const SEEDS = Number(process.env.MODEL_SEEDS ?? 300);
const FIRST_SEED = Number(process.env.MODEL_FIRST_SEED ?? 1);

test.each(SETTINGS)(
  '$topology, faults: $faults',
  async ({ topology, faults }) => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed += 1) {
      const setting = settingOf(seed);
      if (setting.topology !== topology || setting.faults !== faults) continue;
      mustHold(await proveEngine(seed), seed);
    }
  },
  3_600_000,
);
