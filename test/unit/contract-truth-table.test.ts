/** The truth table: the document says what the code does, and the rules behind it hold in each cell. */
import { DIRECTIONS } from '../../src/contract/mapping';
import {
  EVENT_KINDS,
  MODES,
  pairTruth,
  SWITCHES,
  truthOf,
  type PairState,
} from '../../src/contract/truth-table';
import { readText } from '../static/source-files';

const STATES = SWITCHES.flatMap((here) =>
  SWITCHES.flatMap((there) =>
    DIRECTIONS.flatMap((direction) =>
      MODES.flatMap((connectionHere) =>
        MODES.map((connectionThere): PairState => {
          return { here, there, direction, connectionHere, connectionThere };
        }),
      ),
    ),
  ),
);

/** The cells of the table whose head begins with these words. */
function tableIn(document: string, ...head: string[]): string[][] {
  const lines = document.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head.join(' | ')} |`));
  const rest = lines.slice(start + 2);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const document = readText('docs/contract-truth-table.md');

test('the document has a row for each state, and it is the row of the code', () => {
  expect(tableIn(document, 'here', 'there', 'direction')).toEqual(
    STATES.map((state) => {
      const { sent, accepted, answer } = pairTruth(state);
      return [...(Object.values(state) as string[]), sent, accepted ? 'yes' : 'no', answer];
    }),
  );
});

test('the document has a row for each event, and it is the row of the code', () => {
  const state = (changes: Partial<PairState>): PairState => ({
    here: 'enabled',
    there: 'enabled',
    direction: 'both',
    connectionHere: 'running',
    connectionThere: 'running',
    ...changes,
  });
  expect(tableIn(document, 'event', 'sent')).toEqual(
    EVENT_KINDS.map((event) => [
      event,
      truthOf(state({}), event, true).recorded,
      truthOf(state({ connectionThere: 'paused' }), event, true).recorded,
      truthOf(state({ direction: 'receive' }), event, true).recorded,
      truthOf(state({}), event, false).recorded,
    ]),
  );
});

const CELLS = STATES.flatMap((state) =>
  EVENT_KINDS.flatMap((event) =>
    [true, false].map((isListed) => ({
      state,
      event,
      isListed,
      ...truthOf(state, event, isListed),
    })),
  ),
);

test('there are as many cells as there are cases', () => {
  expect(CELLS).toHaveLength(2 * 2 * 3 * 2 * 2 * EVENT_KINDS.length * 2);
});

const cells = (which: (cell: (typeof CELLS)[number]) => boolean) => CELLS.filter(which);

test('a side that is paused accepts nothing and sends nothing, and records as if it were not', () => {
  for (const cell of cells(({ state }) => state.connectionHere === 'paused')) {
    expect(cell).toMatchObject({ accepted: false, answer: 'paused' });
    expect(cell.sent).not.toBe('sent');
    const running: PairState = { ...cell.state, connectionHere: 'running' };
    expect(cell.recorded).toBe(truthOf(running, cell.event, cell.isListed).recorded);
  }
});

test('a contract that is disabled here records nothing but ends, and loses nothing that arrives', () => {
  for (const cell of cells(({ state }) => state.here === 'disabled')) {
    expect(cell.recorded).toBe(cell.event === 'delete' ? 'link-ends' : 'no');
    expect(cell).toMatchObject({ sent: 'nothing', accepted: false });
    if (cell.state.direction !== 'send') expect(['deferred', 'paused']).toContain(cell.answer);
  }
});

test('nothing is sent to a side that does not take it', () => {
  for (const { state, sent } of CELLS) {
    if (state.there === 'disabled' || state.connectionThere === 'paused')
      expect(sent).not.toBe('sent');
  }
});

test('the other side’s state changes nothing of what is recorded, accepted and answered here', () => {
  for (const { state, event, isListed, recorded, accepted, answer } of CELLS) {
    const other: PairState = { ...state, there: 'enabled', connectionThere: 'running' };
    expect(truthOf(other, event, isListed)).toMatchObject({ recorded, accepted, answer });
  }
});

test('a direction is kept: what only sends takes nothing, what only receives records nothing', () => {
  for (const { state, accepted, recorded, event } of CELLS) {
    if (state.direction === 'send') expect(accepted).toBe(false);
    if (state.direction === 'receive' && event !== 'delete') expect(recorded).toBe('no');
  }
});

test('what is recorded for the remote is sent or waits, and nothing else is', () => {
  for (const { recorded, sent } of CELLS) {
    expect(sent !== 'nothing').toBe(!['no', 'link-ends'].includes(recorded));
  }
});

test('a deleted issue ends its link whatever the contract says', () => {
  for (const { recorded } of cells(({ event }) => event === 'delete')) {
    expect(recorded).toMatch(/^link-ends/);
  }
});
