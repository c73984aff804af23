/** One way to make the sandbox kinder than the platform, and the test that must not let it pass. */
export interface Sabotage {
  /** What the sandbox lets an app do then, in words. */
  name: string;
  /** The file that is changed, below `sandbox/`. */
  file: string;
  /** Text that is in the file exactly once. */
  replace: string;
  by: string;
  /** The file of the test, below `test/`. */
  test: string;
  /** The case: its title behind those of the groups around it, as jest joins them. */
  title: string;
}
