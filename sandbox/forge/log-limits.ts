/** How much one invocation may log (Forge: Invocation limits). What the platform does with the rest is UNVERIFIED. */

/** "Log lines per invocation": so many per runtime minute, rounded up by the function's time limit. */
const LINES_PER_MINUTE = 100;

/** "Log size per invocation": 200 KB, of 1,000 bytes as the stricter reading. */
const MAX_BYTES = 200_000;

export class LogLimits {
  private lines: number;
  private bytes = MAX_BYTES;

  /** @param timeLimitMs how long the invocation may run */
  constructor(timeLimitMs: number) {
    this.lines = LINES_PER_MINUTE * Math.ceil(timeLimitMs / 60_000);
  }

  /** Whether there is room for the line, which is taken if there is. After one that is lost all others are. */
  take(line: string): boolean {
    this.lines -= 1;
    this.bytes -= Buffer.byteLength(line);
    return this.lines >= 0 && this.bytes >= 0;
  }
}
