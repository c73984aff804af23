/** The admin page's resolver: every key with its handler. */
import Resolver from '@forge/resolver';
import { platform } from '../platform';
import type { AdminApi, AdminKey } from './api';
import { connectionHandlers } from './connections';
import { contractHandlers } from './contracts';
import { answer, type AdminHandler, type AdminHandlers, type ResolverRequest } from './handler';
import { keyHandlers } from './keys';
import { siteHandlers } from './site';

const handlers: AdminHandlers<AdminKey> = {
  ...connectionHandlers,
  ...contractHandlers,
  ...keyHandlers,
  ...siteHandlers,
};

const resolver = new Resolver();
for (const key of Object.keys(handlers) as (keyof AdminApi)[]) {
  const handler = handlers[key] as AdminHandler<AdminKey>;
  resolver.define(key, (request: ResolverRequest) => answer(handler, request, platform));
}

export const adminResolver = resolver.getDefinitions();
