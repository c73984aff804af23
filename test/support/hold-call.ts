/** Stops a site in the middle of a call, so that another one overtakes it. */
import type { TestSite } from './sites';

/** Holds the first platform call whose body is the one that is meant. */
export function holdCall(
  site: TestSite,
  isMeant: (body: string) => boolean,
): { reached: Promise<void>; release: () => void } {
  const original = site.callPlatform.bind(site);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const reached = new Promise<void>((resolve) => {
    let isHeld = false;
    jest.spyOn(site, 'callPlatform').mockImplementation(async (...platformCall) => {
      if (!isHeld && isMeant(JSON.stringify(platformCall[3]?.body ?? ''))) {
        isHeld = true;
        resolve();
        await released;
      }
      return original(...platformCall);
    });
  });
  return { reached, release: () => release() };
}
