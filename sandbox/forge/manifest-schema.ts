/** The form of the parts of `manifest.yml` that the sandbox reads. */
import { z } from 'zod';
import { MAX_TIMEOUT_SECONDS } from './limits';
import { eventModuleSchemas } from './manifest-events';

const attributeSchema = z.object({
  type: z.enum(['string', 'boolean', 'integer', 'float', 'any']),
});

const entitySchema = z.object({
  name: z.string(),
  attributes: z.record(z.string(), attributeSchema),
  indexes: z
    .array(
      z.union([
        z.string(),
        z.object({
          name: z.string(),
          partition: z.array(z.string()).default([]),
          range: z.array(z.string()),
        }),
      ]),
    )
    .default([]),
});

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
    storage: z.object({ entities: z.array(entitySchema).default([]) }).optional(),
  }),
  modules: z.object({
    'jira:adminPage': z.array(adminPageSchema).default([]),
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
