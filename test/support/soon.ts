/** Waiting for what is true after a while. */

/** Longer than any answer here takes, shorter than jest's own patience. */
const PATIENCE_MS = 5_000;

/** Tries again until `check` does not throw any more. @throws what it threw last */
export async function soon<T>(check: () => Promise<T> | T): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
