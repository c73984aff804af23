/** Resolver keys `keys/*`. */
import { z } from 'zod';
import { rateKey } from '../../connection/key-strength';
import { retireKey, rotateKey } from '../../connection/rotate-key';
import { generateKey } from '../../wire/authentication-key';
import type { AdminApi } from './api';
import type { AdminHandlers } from './handler';

const byId = z.strictObject({ id: z.uuid() });

/** What is longer is refused as a key anyway, and rating it would take long. */
const MAX_RATED_LENGTH = 256;

type KeyKeys = Extract<keyof AdminApi, `keys/${string}`>;

export const keyHandlers: AdminHandlers<KeyKeys> = {
  'keys/generate': {
    request: z.strictObject({}),
    handle: (_request, { sources }) => {
      const key = generateKey((size) => sources.randomBytes(size));
      return Promise.resolve({ key, score: rateKey(key).score });
    },
  },

  'keys/rate': {
    request: z.strictObject({ key: z.string().max(MAX_RATED_LENGTH) }),
    handle: ({ key }) => Promise.resolve(rateKey(key)),
  },

  'keys/rotate': {
    request: byId,
    handle: ({ id }, { stores, sources }) => rotateKey(stores, sources, id),
  },

  'keys/retire': {
    request: byId,
    handle: async ({ id }, { stores, sources }) => {
      await retireKey(stores, sources, id);
      return { id };
    },
  },
};
