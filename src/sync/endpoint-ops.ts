/** What the endpoint does beside `ping`: each op with what its request must be. */
import type { z } from 'zod';
import type { ConnectionEnd } from '../connection/records';
import { descriptionSchema } from '../contract/description';
import type { EndpointPorts, OpHandler, OpRequest } from '../wire/endpoint';
import { answerExchange } from './answer-exchange';
import { answerDescribe } from './describe';
import { exchangeRequestSchema } from './exchange-schema';
import type { SyncPorts } from './sync-ports';

/** @param endOf the connection of the request, where the record of its key says it */
export const endpointOps = (
  ports: SyncPorts,
  endOf: () => ConnectionEnd | undefined,
): EndpointPorts['ops'] => ({
  exchange: taking(exchangeRequestSchema, (body, request) =>
    answerExchange(body, { ...request, end: endOf() }, ports),
  ),
  describe: taking(descriptionSchema, (body, request) => answerDescribe(ports, request, body)),
});

/** What the schema does not take has no effect. */
const taking =
  <T>(schema: z.ZodType<T>, answer: (body: T, request: OpRequest) => Promise<object>): OpHandler =>
  async (request) => {
    const parsed = schema.safeParse(request.body);
    return parsed.success ? { ...(await answer(parsed.data, request)) } : undefined;
  };
