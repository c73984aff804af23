/** Runs many functions at once in an order that a seed decides, on a clock of its own, and ends some of them. */
import { seededRandom, type Random } from '../../../sandbox/random';

export interface Chances {
  /** That a function is ended at a call of a port. */
  kill: number;
  /** That some seconds pass between two steps. */
  pause: number;
}

const START = 1_700_000_000_000;

/** One run of a function of the app. */
export class Task {
  isOver = false;
  /** When the platform ends it. */
  readonly deadline: number;
  readonly ended: Promise<undefined>;
  private tell: () => void = () => undefined;

  constructor(
    now: number,
    /** Never ended. */
    readonly isSafe = false,
  ) {
    this.deadline = now + 55_000;
    this.ended = new Promise((resolve) => {
      this.tell = () => resolve(undefined);
    });
  }

  end(): void {
    this.isOver = true;
    this.tell();
  }
}

export class Scheduler {
  now = START;
  readonly random: Random;
  /** Fault → how often it has happened. */
  readonly injected: Record<string, number> = {};
  /** What has happened, for whoever has to find out why a seed fails. */
  readonly story: string[] = [];
  private readonly waiting: (() => void)[] = [];
  private ids = 0;

  constructor(
    seed: number,
    public chances: Chances,
  ) {
    this.random = seededRandom(seed);
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  /** As `chance`, of a fault: one that happens is counted. */
  fault(kind: string, probability: number): boolean {
    const happens = this.chance(probability);
    if (happens) this.count(kind);
    return happens;
  }

  tell(what: string): void {
    this.story.push(`${this.now - START} ${what}`);
  }

  /** One of `all`, which must not be empty. */
  pick<T>(all: readonly T[]): T {
    const picked = all[Math.floor(this.random() * all.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from');
    return picked;
  }

  newId(): string {
    this.ids += 1;
    return `id${this.ids}`;
  }

  /** Waits for its turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /**
   * A call of a port by `task`: it has its effect at some later moment, or never, and its answer comes at
   * another, or never.
   */
  async call<T>(task: Task, effect: () => T): Promise<T> {
    await this.turn();
    await this.endOf(task);
    const answer = effect();
    await this.turn();
    await this.endOf(task);
    return answer;
  }

  /** Lets everything run that can, until nothing waits any more, or so many steps were made. */
  async settle(steps = Infinity): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.waiting.length === 0) return;
      if (this.fault('time passes between two steps', this.chances.pause))
        this.now += Math.floor(this.random() * 20_000);
      const [next] = this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
      next?.();
    }
  }

  /** Lets some of what waits go on. */
  async someTurns(): Promise<void> {
    await this.settle(Math.floor(this.random() * 30));
  }

  /** Never comes back where the function is ended: by chance, or because its time is over. */
  private async endOf(task: Task): Promise<void> {
    if (task.isSafe) return;
    if (this.fault('a function is killed', this.chances.kill)) task.end();
    if (this.now > task.deadline && !task.isOver) {
      this.count('a function runs out of time');
      task.end();
    }
    if (task.isOver) await new Promise(() => undefined);
  }

  private count(kind: string): void {
    this.injected[kind] = (this.injected[kind] ?? 0) + 1;
    this.tell(kind);
  }
}
