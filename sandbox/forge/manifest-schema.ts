/** The form of the parts of `manifest.yml` that the sandbox reads. */
import { z } from 'zod';
import { MAX_TIMEOUT_SECONDS } from './limits';
import { entitiesSchema } from './manifest-entities';
import { eventModuleSchemas } from './manifest-events';
import { entityPropertiesSchema } from './manifest-properties';

const adminPageSchema = z.object({
  key: z.string(),
  title: z.string(),
  resource: z.string(),
  resolver: z.object({ function: z.string() }).optional(),
  useAsConfig: z.boolean().default(false),
});

const webTriggerSchema = z.object({
  key: z.string(),
  function: z.string(),
  // The sandbox knows dynamic responses only: a static one answers from the manifest's outputs.
  response: z.object({ type: z.literal('dynamic') }),
  // Forge: a web trigger without `urlFormat` has the first format.
  urlFormat: z.enum(['v1', 'v2']).default('v1'),
});

const scopesSchema = z.union([
  z.array(z.string()).transform((names) => names.map((name) => ({ name, mayImpersonate: false }))),
  z
    .record(z.string(), z.object({ allowImpersonation: z.boolean().default(false) }))
    .transform((scopes) =>
      Object.entries(scopes).map(([name, { allowImpersonation }]) => ({
        name,
        mayImpersonate: allowImpersonation,
      })),
    ),
]);

export const manifestSchema = z.object({
  app: z.object({
    id: z.string(),
    // Forge's server refuses the older ones ([2nd]).
    runtime: z.object({ name: z.enum(['nodejs22.x', 'nodejs24.x']) }),
    storage: z.object({ entities: entitiesSchema.default([]) }).optional(),
  }),
  modules: z.object({
    'jira:adminPage': z.array(adminPageSchema).default([]),
    'jira:entityProperty': entityPropertiesSchema.default([]),
    webtrigger: z.array(webTriggerSchema).default([]),
    ...eventModuleSchemas,
    function: z.array(
      z.object({
        key: z.string(),
        handler: z.string().regex(/^[^.]+\.[^.]+$/),
        timeoutSeconds: z.number().min(1).max(MAX_TIMEOUT_SECONDS).optional(),
      }),
    ),
  }),
  resources: z.array(z.object({ key: z.string(), path: z.string() })).default([]),
  permissions: z
    .object({
      scopes: scopesSchema.default([]),
      external: z
        .object({
          fetch: z
            .object({
              backend: z
                .array(z.union([z.string(), z.object({ address: z.string() })]))
                .default([]),
            })
            .optional(),
        })
        .optional(),
    })
    .default({ scopes: [] }),
});
