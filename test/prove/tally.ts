/** What has been proved so far: seeds by their setting, faults by their kind, and what people did meanwhile. */
import type { Proof } from '../model/support/proof';

interface Count {
  happened: number;
  survived: number;
}

export class Tally {
  private readonly seeds = new Map<string, Count>();
  private readonly faults = new Map<string, Count>();
  private readonly deeds = new Map<string, Count>();

  add({ setting, injected, did = {}, problem }: Proof): void {
    const isHeld = problem === undefined;
    count(this.seeds, setting, 1, isHeld);
    for (const [kind, times] of Object.entries(injected)) count(this.faults, kind, times, isHeld);
    for (const [deed, times] of Object.entries(did)) count(this.deeds, deed, times, isHeld);
  }

  /** Lines for a person: what was survived is what happened in seeds that hold. */
  table(): string[] {
    return [
      ...rows('seeds', 'played', 'hold', this.seeds),
      '',
      ...rows('faults', 'injected', 'survived', this.faults),
      ...(this.deeds.size > 0 ? ['', ...rows('deeds', 'done', 'kept', this.deeds)] : []),
    ];
  }
}

function count(counts: Map<string, Count>, name: string, times: number, isHeld: boolean): void {
  const { happened, survived } = counts.get(name) ?? { happened: 0, survived: 0 };
  const next = { happened: happened + times, survived: survived + (isHeld ? times : 0) };
  counts.set(name, next);
}

function rows(title: string, all: string, good: string, counts: Map<string, Count>): string[] {
  const names = [...counts.keys()].sort();
  const width = Math.max(...[title, ...names].map(({ length }) => length));
  const row = (name: string, one: string, other: string): string =>
    `${name.padEnd(width)}  ${one.padStart(9)}  ${other.padStart(9)}`;
  return [
    row(title, all, good),
    ...names.map((name) => {
      const { happened = 0, survived = 0 } = counts.get(name) ?? {};
      return row(name, String(happened), String(survived));
    }),
  ];
}
