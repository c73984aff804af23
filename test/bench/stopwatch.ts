/** Times, and how several of them are told. */

/** Milliseconds: on the clock, and of work of this process, which others on the machine change less. */
export interface Lap {
  wall: number;
  cpu: number;
}

export class Stopwatch {
  private readonly startedAt = performance.now();
  private readonly cpuBefore = process.cpuUsage();

  lap(): Lap {
    const { user, system } = process.cpuUsage(this.cpuBefore);
    return { wall: performance.now() - this.startedAt, cpu: (user + system) / 1000 };
  }
}

/** `min 120  median 130  max 150 ms`. */
export function summary(milliseconds: number[]): string {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (place: number): string => String(Math.round(sorted[place] ?? NaN)).padStart(6);
  const middle = Math.floor((sorted.length - 1) / 2);
  return `min ${at(0)}  median ${at(middle)}  max ${at(sorted.length - 1)} ms`;
}
