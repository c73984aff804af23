/** Run by jest, as any test file is: what a site costs there. Tells the numbers, and judges none. */
import { writeFileSync } from 'node:fs';
import { measureSiteStarts } from './site-start';

test('a site starts', async () => {
  writeFileSync(process.env.BENCH_OUTPUT ?? '/dev/null', JSON.stringify(await measureSiteStarts()));
});
