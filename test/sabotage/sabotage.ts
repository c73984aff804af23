/** One way to make the sandbox kinder than the platform, or to break a rule of the app, and the test that must not let it pass. */
export interface Sabotage {
  /** What is done then that must not be, in words. */
  name: string;
  /** The file that is changed, below `sandbox/` or `src/`. */
  file: string;
  /** Text that is in the file exactly once. */
  replace: string;
  by: string;
  /** The file of the test, below `test/`. */
  test: string;
  /** The case: its title behind those of the groups around it, as jest joins them. */
  title: string;
}
