/** What the sandbox does not stand in for is an error that an app and its author see, never a silent success. */
import type { Sandbox, Site } from '../../sandbox';
import { startFixture } from '../support/fixture-sandbox';
import { parityRows } from '../support/parity-rows';

let sandbox: Sandbox;
let north: Site;

beforeEach(async () => {
  sandbox = await startFixture();
  north = sandbox.site('north');
});

afterEach(() => sandbox.dispose());

/** Errors of the packages, for which the platform is never asked: the app has not declared what it takes. */
const REFUSED_BY_THE_PACKAGE = /^asUser\(\)\.withProvider|^i18n\./;

const REFUSED = parityRows()
  .filter(({ status }) => status === 'refused')
  .flatMap(({ calls }) => calls)
  .filter(({ sdk }) => sdk === '@forge/api')
  .map(({ name }) => name);

/** Of what works in part: what the packages do not send themselves. */
const PARTLY_REFUSED = [
  'asApp().requestGraph',
  '__requestAtlassianAsApp',
  'createRequestStargateAsApp',
  '__fetchProduct',
  'webTrigger.getUrl',
];

test('the app makes every call that is refused (Sandbox: PARITY.md)', async () => {
  const made = (await north.invoke('refused-names')) as string[];
  expect(made.sort()).toEqual([...REFUSED, ...PARTLY_REFUSED].sort());
});

test.each([...REFUSED, ...PARTLY_REFUSED])(
  '%s is an error, and a violation where the platform is asked (Sandbox: PARITY.md)',
  async (call) => {
    await expect(north.invoke('refused', { call })).rejects.toThrow(/error invoking the function/);
    expect(north.violations).toHaveLength(REFUSED_BY_THE_PACKAGE.test(call) ? 0 : 1);
  },
);
