/** The errors of the real `@forge/api`, as an app tells them apart. No sandbox: the package makes them alone. */
import * as forge from '@forge/api';

describe('errors (Package: @forge/api errors)', () => {
  const { HttpError, NotAllowedError, isForgePlatformError, isHostedCodeError } = forge;

  test.each<[string, () => Error]>([
    ['ExternalEndpointNotAllowedError', () => new forge.ExternalEndpointNotAllowedError('x')],
    ['ProductEndpointNotAllowedError', () => new forge.ProductEndpointNotAllowedError('x')],
    ['RequestProductNotAllowedError', () => new forge.RequestProductNotAllowedError('x', 'y')],
    ['InvalidWorkspaceRequestedError', () => new forge.InvalidWorkspaceRequestedError('x')],
  ])('%s is an egress refusal', (_name, make) => {
    const error = make();
    expect(error).toBeInstanceOf(NotAllowedError);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ status: 403 });
    expect(isForgePlatformError(error)).toBe(true);
    expect(isHostedCodeError(error)).toBe(true);
  });

  test('a refusal of the proxy is the platform’s, and no other error is', () => {
    const refused = new forge.ProxyRequestError(401, 'ANY');
    expect([isForgePlatformError(refused), isHostedCodeError(refused)]).toEqual([true, false]);
    expect(isForgePlatformError(new forge.FetchError('x'))).toBe(true);
    expect(isForgePlatformError(new Error('x'))).toBe(false);
    expect(isHostedCodeError(forge.FUNCTION_ERR)).toBe(true);
  });

  test('a missing login is expected only where the app asked for it', () => {
    const asked = new forge.NeedsAuthenticationError('x', 'key', { isExpectedError: true });
    expect(forge.isExpectedError(asked)).toBe(true);
    expect(forge.isExpectedError(new forge.NeedsAuthenticationError('x', 'key'))).toBe(false);
  });
});
