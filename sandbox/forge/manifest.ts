/** What the sandbox needs to know of the app, read from the real `manifest.yml`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { EntityDefinition } from './kvs';

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

const manifestSchema = z.object({
  app: z.object({
    id: z.string(),
    storage: z.object({ entities: z.array(entitySchema).default([]) }).optional(),
  }),
  modules: z.object({
    'jira:adminPage': z.array(adminPageSchema).default([]),
    webtrigger: z.array(webTriggerSchema).default([]),
    function: z.array(z.object({ key: z.string(), handler: z.string().regex(/^[^.]+\.[^.]+$/) })),
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

/** A page of Jira's administration that the app draws. */
export interface AdminPage {
  key: string;
  title: string;
  /** The UI Kit file, relative to the project's root. */
  resourcePath: string;
  /** Key of the function that answers `invoke()`. */
  resolver: string | undefined;
  /** Opened by *Configure* in Jira's list of apps. */
  useAsConfig: boolean;
}

export interface WebTriggerModule {
  key: string;
  /** Key of the function behind it. */
  function: string;
  urlFormat: 'v1' | 'v2';
}

/** Where a function is: `handler: index.adminResolver` is the export `adminResolver` of `src/index.*`. */
export interface FunctionHandler {
  file: string;
  exportName: string;
}

export interface AppManifest {
  appId: string;
  projectRoot: string;
  functions: ReadonlyMap<string, FunctionHandler>;
  adminPages: AdminPage[];
  webTriggers: WebTriggerModule[];
  entities: EntityDefinition[];
  /** Each scope, and whether calls on behalf of a user who is not there are allowed with it. */
  scopes: ReadonlyMap<string, { allowImpersonation: boolean }>;
  /** `permissions.external.fetch.backend`. */
  egress: string[];
}

/** A handler's file has one of these extensions (Forge: manifest, function). */
const HANDLER_EXTENSIONS = ['.ts', '.tsx', '.js', '.jsx', '.cjs'];

/**
 * Reads `manifest.yml` of the project.
 *
 * @throws Error with what is missing or of the wrong form, and where
 */
export function readManifest(projectRoot: string): AppManifest {
  const parsed = manifestSchema.safeParse(
    parse(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8')),
  );
  if (!parsed.success) {
    throw new Error(
      `manifest.yml is not one that the sandbox can run:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const { app, modules, resources, permissions } = parsed.data;
  const resourcePaths = new Map(resources.map(({ key, path }) => [key, path]));
  return {
    appId: app.id,
    projectRoot,
    functions: new Map(
      modules.function.map(({ key, handler }) => [key, handlerOf(projectRoot, handler)]),
    ),
    adminPages: modules['jira:adminPage'].map(
      ({ key, title, resource, resolver, useAsConfig }) => ({
        key,
        title,
        resourcePath: resourcePaths.get(resource) ?? missing(`resource ${resource} of page ${key}`),
        resolver: resolver?.function,
        useAsConfig,
      }),
    ),
    webTriggers: modules.webtrigger.map(({ key, function: handler, urlFormat }) => ({
      key,
      function: handler,
      urlFormat,
    })),
    entities: app.storage?.entities ?? [],
    scopes: new Map(
      permissions.scopes.map(({ name, mayImpersonate }) => [
        name,
        { allowImpersonation: mayImpersonate },
      ]),
    ),
    egress: (permissions.external?.fetch?.backend ?? []).map((entry) =>
      typeof entry === 'string' ? entry : entry.address,
    ),
  };
}

function handlerOf(projectRoot: string, handler: string): FunctionHandler {
  const [name = '', exportName = ''] = handler.split('.');
  const file = HANDLER_EXTENSIONS.map((extension) =>
    join(projectRoot, 'src', `${name}${extension}`),
  ).find((candidate) => existsSync(candidate));
  return { file: file ?? missing(`file of handler ${handler}`), exportName };
}

function missing(what: string): never {
  throw new Error(`manifest.yml: the ${what} does not exist`);
}
