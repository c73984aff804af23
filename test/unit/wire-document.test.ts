/** docs/wire.md says what the code does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  answerHeadSchema,
  LOCAL_USER_STATES,
  pingAnswerSchema,
  requestSchema,
  SIGNED_REFUSALS,
  UNSIGNED_REFUSALS,
} from '../../src/wire/messages';
import { wireVectors } from '../support/wire-vectors';

const page = readFileSync(join(__dirname, '../../docs/wire.md'), 'utf8');

/** The text under a heading, up to the next one of any level. */
function section(heading: string): string {
  const [, rest] = page.split(`# ${heading}\n`);
  if (rest === undefined) throw new Error(`no section ${heading}`);
  return rest.split(/^#/m)[0] ?? '';
}

/** The rows of the tables in `text`, without their heads, as cells without marks. */
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
const firstCells = (text: string): (string | undefined)[] => rows(text).map(([cell]) => cell);

test.each([
  ['Refusals, unsigned', UNSIGNED_REFUSALS],
  ['Refusals, signed', SIGNED_REFUSALS],
])('%s: every code with its status', (heading, table) => {
  const documented = rows(section(heading))
    .slice(2)
    .map(([code, status]) => [code, Number(status)]);
  const inCode = Object.entries(table).map(([code, { status }]) => [code, status]);
  expect(documented.sort()).toEqual(inCode.sort());
});

test('every refusal but one stands in the order of the checks; rate-limited has no check yet', () => {
  const refused = rows(section('What the endpoint checks, in this order')).map((row) => row[2]);
  const codes = [...Object.keys(UNSIGNED_REFUSALS), ...Object.keys(SIGNED_REFUSALS)];
  expect(codes.filter((code) => !refused.includes(code))).toEqual(['rate-limited']);
});

test('every member of a request, of an answer and of ping', () => {
  expect(firstCells(section('Request'))).toEqual(
    expect.arrayContaining(Object.keys(requestSchema.shape)),
  );
  // `protocols` belongs to `ping` and to one refusal.
  const { protocols, ...head } = answerHeadSchema.shape;
  expect(protocols).toBeDefined();
  expect(firstCells(section('Answer'))).toEqual(expect.arrayContaining(Object.keys(head)));
  const members = firstCells(section('ping'));
  const ofPing = Object.keys(pingAnswerSchema.shape).filter((name) => !(name in head));
  expect(members).toEqual(expect.arrayContaining([...ofPing, ...LOCAL_USER_STATES]));
});

test('the worked example is the first exchange of the vectors', () => {
  const vectors = JSON.parse(wireVectors()) as {
    exchanges: { request: { headers: object; body: string }; response: { body: string } }[];
  };
  const [exchange] = vectors.exchanges;
  if (exchange === undefined) throw new Error('no exchange');
  const example = section('Worked example');
  for (const [name, value] of Object.entries(exchange.request.headers)) {
    expect(example).toContain(`${name}: ${String(value)}\n`);
  }
  expect(example).toContain(exchange.request.body);
  const [beforePayload = ''] = exchange.response.body.split('"payload"');
  expect(example).toContain(beforePayload);
  const envelope = JSON.parse(exchange.response.body) as { payload: string };
  const [, unfolded = ''] = /```json\n([^`]*)```/.exec(example) ?? [];
  expect(JSON.parse(unfolded)).toEqual(JSON.parse(envelope.payload));
});
