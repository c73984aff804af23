/** The parts of `manifest.yml` that the static tests compare with the code. */
import { parse } from 'yaml';
import { z } from 'zod';
import { readText } from './source-files';

const moduleSchema = z.looseObject({ key: z.string() });

const manifestSchema = z.looseObject({
  modules: z
    .looseObject({ function: z.array(z.looseObject({ key: z.string(), handler: z.string() })) })
    .catchall(z.array(moduleSchema)),
  resources: z.array(z.strictObject({ key: z.string(), path: z.string() })),
  permissions: z.strictObject({
    scopes: z.record(z.string(), z.strictObject({ allowImpersonation: z.boolean().optional() })),
    external: z.strictObject({
      fetch: z.strictObject({
        backend: z.array(z.strictObject({ address: z.string(), inScopeEUD: z.boolean() })),
      }),
    }),
  }),
});

export const manifest = manifestSchema.parse(parse(readText('manifest.yml')));
