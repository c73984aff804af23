/** Each component that is not drawn is refused, not left out. */
import { NOT_DRAWN } from '../../sandbox/host/not-drawn';
import { describeWithBrowser } from '../support/browser';
import { type HostServer, pageOf, startHostServer } from '../support/host-server';

let site: HostServer;

beforeAll(async () => {
  site = await startHostServer({ adminPages: [pageOf('not-drawn.tsx')] });
});
afterAll(() => site.close());

describeWithBrowser('the components that are not drawn', ({ openPage }) => {
  test('each stands in red in its place, and is a violation', async () => {
    const { page, problems } = await openPage(`${site.url}/admin`);
    await page.getByText('Beside them').waitFor();
    const expected = Object.keys(NOT_DRAWN).map((name) => `unmodelled: the component ${name}`);
    await page
      .getByText(expected.at(-1) ?? '')
      .first()
      .waitFor();
    expect((await problems()).sort()).toEqual(expected.sort());
  });
});
