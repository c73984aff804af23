/** The real `@forge/kvs` on a sandbox key-value service, for the conformance suites. */
import { ForgeKvsAPIError, kvs } from '@forge/kvs';
import { Clock } from '../../sandbox/clock';
import { noFaults, type Faults } from '../../sandbox/faults';
import { KeyValueService, type EntityDefinition } from '../../sandbox/forge/kvs';
import { MemoryStorage, type SandboxStorage } from '../../sandbox/storage';

/** The entity of the platform's own examples (Forge: Defining custom entities), and one of each type. */
const ENTITIES: EntityDefinition[] = [
  {
    name: 'employee',
    attributes: {
      surname: { type: 'string' },
      age: { type: 'integer' },
      employmentyear: { type: 'integer' },
      gender: { type: 'string' },
      nationality: { type: 'string' },
    },
    indexes: [
      'surname',
      'employmentyear',
      { name: 'by-age', range: ['age'] },
      { name: 'by-age-per-gender', partition: ['gender'], range: ['age'] },
      { name: 'by-gender-and-age', partition: ['gender', 'age'], range: ['employmentyear'] },
    ],
  },
  {
    name: 'typed',
    attributes: {
      text: { type: 'string' },
      flag: { type: 'boolean' },
      whole: { type: 'integer' },
      real: { type: 'float' },
      free: { type: 'any' },
    },
    indexes: ['flag', 'text'],
  },
];

export interface KvsUnderTest {
  service: KeyValueService;
  clock: Clock;
  /** Change it, and the service obeys from the next call on. */
  faults: Faults;
}

/** A fresh service; every call of `kvs` in this process goes to the one that was started last. */
export function startKvs(
  options: { storage?: SandboxStorage; clock?: Clock; seed?: number; hasScope?: boolean } = {},
): KvsUnderTest {
  const { storage = new MemoryStorage(), clock = new Clock('virtual') } = options;
  const faults = noFaults();
  const service = new KeyValueService({
    storage,
    clock,
    entities: ENTITIES,
    faults: () => faults,
    seed: options.seed ?? 1,
    hasScope: () => options.hasScope ?? true,
  });
  Object.assign(globalThis, {
    __forge_runtime__: {},
    __forge_fetch__: (
      _meta: unknown,
      path: string,
      init: { method?: string; body?: string } | undefined,
    ) => service.handle(path, init),
  });
  return { service, clock, faults };
}

/** How a call was refused, as `400 INVALID_KEY`; `accepted` if it was not. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ForgeKvsAPIError) return `${error.responseDetails.status} ${error.code}`;
    throw error;
  }
  return 'accepted';
}

/** A request that the SDK does not let through, or would change; answers the status and the body. */
export async function send(
  service: KeyValueService,
  path: string,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await service.handle(path, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

/** A value nested `depth` levels deep. */
export function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { in: nested(depth - 1) };
}

export { kvs };
