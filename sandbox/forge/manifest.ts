/** What the sandbox needs to know of the app, read from the real `manifest.yml`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { IndexedProperty } from '../jira/jira';
import type { EntityDefinition } from './kvs';
import { eventModulesOf, type EventModules } from './manifest-events';
import { manifestSchema } from './manifest-schema';
import { timeLimitsOf, type FunctionUse } from './time-limits';

/** A page of Jira's administration that the app draws. */
export interface AdminPage {
  key: string;
  title: string;
  /** The UI Kit file, relative to the project's root. */
  resourcePath: string;
  /** The folder of its official bundle, where the app runs on those. */
  bundle: string | undefined;
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

/**
 * Where a function is: `handler: index.adminResolver` is the export `adminResolver` of `src/index.*`, or of
 * `index.cjs` among the official bundles.
 */
export interface FunctionHandler {
  file: string;
  exportName: string;
}

export interface AppManifest extends EventModules {
  appId: string;
  projectRoot: string;
  functions: ReadonlyMap<string, FunctionHandler>;
  /** How long each function that a module uses may run, in ms. */
  timeLimits: ReadonlyMap<string, number>;
  adminPages: AdminPage[];
  webTriggers: WebTriggerModule[];
  entities: EntityDefinition[];
  indexedProperties: IndexedProperty[];
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
 * @param bundle the folder of Forge's official bundles (`index.cjs`, and a folder for each resource), if the
 * app is to run on those and not on its sources
 * @throws Error with what is missing or of the wrong form, and where
 */
export function readManifest(projectRoot: string, bundle?: string): AppManifest {
  const parsed = manifestSchema.safeParse(
    parse(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8')),
  );
  if (!parsed.success) {
    throw new Error(
      `manifest.yml is not one that the sandbox can run:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const { app, modules, resources, permissions } = parsed.data;
  const scopeNames = new Set(permissions.scopes.map(({ name }) => name));
  const resourcePaths = new Map(resources.map(({ key, path }) => [key, path]));
  return {
    appId: app.id,
    projectRoot,
    functions: new Map(
      modules.function.map(({ key, handler }) => [
        key,
        bundle === undefined
          ? handlerOf(join(projectRoot, 'src'), HANDLER_EXTENSIONS, handler)
          : handlerOf(bundle, ['.cjs'], handler),
      ]),
    ),
    timeLimits: timeLimitsOf(modules.function, usesOf(modules)),
    ...eventModulesOf(modules, (scope) => scopeNames.has(scope)),
    adminPages: modules['jira:adminPage'].map(
      ({ key, title, resource, resolver, useAsConfig }) => ({
        key,
        title,
        resourcePath: resourcePaths.get(resource) ?? missing(`resource ${resource} of page ${key}`),
        bundle: bundle === undefined ? undefined : bundleOf(bundle, resource),
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
    indexedProperties: modules['jira:entityProperty'],
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

/** Every place where a module names a function. */
function usesOf(modules: z.output<typeof manifestSchema>['modules']): FunctionUse[] {
  const direct = ['webtrigger', 'consumer', 'trigger', 'scheduledTrigger'] as const;
  return [
    ...modules['jira:adminPage'].flatMap(({ key, resolver }) =>
      resolver
        ? [{ moduleType: 'jira:adminPage', moduleKey: key, function: resolver.function }]
        : [],
    ),
    ...direct.flatMap((moduleType) =>
      modules[moduleType].map(({ key, function: handler }) => ({
        moduleType,
        moduleKey: key,
        function: handler,
      })),
    ),
  ];
}

function handlerOf(folder: string, extensions: string[], handler: string): FunctionHandler {
  const [name = '', exportName = ''] = handler.split('.');
  const file = extensions
    .map((extension) => join(folder, `${name}${extension}`))
    .find((candidate) => existsSync(candidate));
  return { file: file ?? missing(`file of handler ${handler} in ${folder}`), exportName };
}

function bundleOf(bundle: string, resource: string): string {
  const folder = join(bundle, resource);
  return existsSync(join(folder, 'index.html')) ? folder : missing(`bundle ${folder}`);
}

function missing(what: string): never {
  throw new Error(`manifest.yml: the ${what} does not exist`);
}
