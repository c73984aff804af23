/** What the real `@forge/events` makes for an app to hand on. No sandbox: the package makes these alone. */
import {
  InvocationError,
  InvocationErrorCode,
  JobProgress,
  Queue,
  QueueResponse,
} from '@forge/events';

describe('a retry (Package: @forge/events)', () => {
  test('is a plain object, which the platform knows by its form', () => {
    const options = {
      retryAfter: 60,
      retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED,
      retryData: { page: 2 },
    };
    const retry: unknown = new InvocationError(options);
    expect(retry).toStrictEqual({ _retry: true, retryOptions: options });
    expect(retry).not.toBeInstanceOf(InvocationError);
    expect('toJSON' in InvocationError.prototype).toBe(true);
  });

  test('is asked for in a second at the earliest', () => {
    const retryReason = InvocationErrorCode.FUNCTION_RETRY_REQUEST;
    for (const retryAfter of [0, -5]) {
      expect(new InvocationError({ retryAfter, retryReason })).toMatchObject({
        retryOptions: { retryAfter: 1 },
      });
    }
    expect(new InvocationError()).toMatchObject({ retryOptions: { retryAfter: 1, retryReason } });
  });

  test('has one of these reasons', () => {
    expect(Object.values(InvocationErrorCode).sort()).toEqual([
      'FUNCTION_OUT_OF_MEMORY',
      'FUNCTION_PLATFORM_RATE_LIMITED',
      'FUNCTION_PLATFORM_UNKNOWN_ERROR',
      'FUNCTION_RETRY_REQUEST',
      'FUNCTION_TIME_OUT',
      'FUNCTION_UPSTREAM_RATE_LIMITED',
    ]);
  });

  test('was another answer in the package’s first version', () => {
    const response = new QueueResponse();
    response.retry();
    expect(response).toEqual({ _retry: true });
  });
});

test('a job of a queue is a JobProgress (Package: @forge/events)', () => {
  expect(new Queue({ key: 'work' }).getJob('any')).toBeInstanceOf(JobProgress);
});
