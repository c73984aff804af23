/** The faults of one site: what is set, what each call and delivery meets, what has been injected. */
import { FaultInjector, type InjectedFault } from './fault-injector';
import { faultsSchema, type FaultChanges, type Faults } from './faults';

/** Beyond this the oldest is dropped. */
const MAX_LOG = 10_000;

export class SiteFaults {
  /** Every fault of a rule that has happened, oldest first. */
  readonly log: InjectedFault[] = [];
  readonly injector: FaultInjector;
  private readonly start: Faults;
  private faults: Faults;
  private callsUntilKill = 0;

  /**
   * @param now milliseconds since the epoch
   * @throws ZodError for a value that no fault has
   */
  constructor(
    start: FaultChanges,
    seed: number,
    now: () => number,
    onInjected: (fault: InjectedFault) => void,
  ) {
    this.start = faultsSchema.parse(start);
    this.faults = this.start;
    this.injector = new FaultInjector(seed, now, (fault) => {
      this.log.push(fault);
      if (this.log.length > MAX_LOG) this.log.shift();
      onInjected(fault);
    });
    this.injector.arm(this.faults.rules);
  }

  get current(): Faults {
    return this.faults;
  }

  /** @throws ZodError for a value that no fault has */
  change(changes: FaultChanges): void {
    const start: FaultChanges = this.start;
    const names = Object.keys(changes) as (keyof Faults)[];
    const wanted = names.map((name) => [name, changes[name] ?? start[name]] as const);
    this.faults = faultsSchema.parse({ ...this.faults, ...Object.fromEntries(wanted) });
    if ('kill' in changes) this.callsUntilKill = changes.kill?.call ?? 0;
    if ('rules' in changes) this.injector.arm(this.faults.rules);
  }

  /** Whether `kill` means the platform call that is made now. */
  killOfThisCall(): 'before' | 'after' | undefined {
    const { kill } = this.faults;
    if (!kill) return undefined;
    this.callsUntilKill -= 1;
    if (this.callsUntilKill > 0) return undefined;
    this.change({ kill: undefined });
    return kill.when;
  }
}
