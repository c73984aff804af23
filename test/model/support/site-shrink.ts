/** A failing seed of whole sites, made smaller: what it does not need to fail is left out, so that its story can be read. */
import type { Proof } from './proof';
import { planOf, type SitePlan } from './site-plan';
import { proveSites } from './site-story';

/** Each is a story of its own, of some seconds. */
const TRIES = 60;

const problemIn = ({ problem }: Proof): string | undefined => problem?.message.split('\n')[0];

/** @returns the smallest story that was found to fail in the same way; the seed's own where it holds */
export async function shrinkSites(
  seed: number,
  tell: (line: string) => void = () => undefined,
): Promise<Proof> {
  let plan = planOf(seed);
  let proof = await proveSites(seed, plan);
  const wanted = problemIn(proof);
  if (wanted === undefined) return proof;
  let tries = 0;
  const fails = async (smaller: SitePlan): Promise<boolean> => {
    tries += 1;
    const tried = await proveSites(seed, smaller);
    if (problemIn(tried) !== wanted) return false;
    [plan, proof] = [smaller, tried];
    const kinds = smaller.faults.map((of) => of.length).join(', ');
    tell(`After ${tries} tries: ${smaller.steps.length} steps, kinds of faults by site: ${kinds}`);
    return true;
  };
  for (let size = Math.ceil(plan.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < plan.steps.length && tries < TRIES;) {
      const steps = [...plan.steps.slice(0, at), ...plan.steps.slice(at + size)];
      // What has come in its place is looked at next.
      if (!(await fails({ ...plan, steps }))) at += size;
    }
  }
  for (const site of plan.faults.keys()) {
    for (const kind of [undefined, ...(plan.faults[site] ?? [])]) {
      const kept = plan.faults[site]?.filter((one) => kind !== undefined && one !== kind) ?? [];
      if (plan.faults[site]?.length === 0 || tries >= TRIES) break;
      await fails({ ...plan, faults: plan.faults.map((one, at) => (at === site ? kept : one)) });
    }
  }
  return proof;
}
