/** What only one invocation may do at a time, on the whole site. */
export interface Leases {
  /** @returns whether `owner` has it, until then: it is nobody's, or its time was over */
  take(name: string, owner: string, now: number, until: number): Promise<boolean>;
}
