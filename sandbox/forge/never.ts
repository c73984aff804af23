/** An answer that never comes: what an invocation that has ended, or that nobody answers, waits for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
