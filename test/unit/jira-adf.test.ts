/** Documents: one form for each, what stands for what cannot go, who is notified, what a reader of text sees. */
import fc from 'fast-check';
import { withAuthorLine, withoutAuthorLine } from '../../src/jira/adf/author-line';
import { canonicalDocument, writableDocument } from '../../src/jira/adf/canonical-document';
import { changeMentions, mentionsIn } from '../../src/jira/adf/mentions';
import {
  documentOf,
  MARK_TYPES,
  NODE_TYPES,
  nodesIn,
  paragraphOf,
  type AdfDocument,
  type AdfNode,
} from '../../src/jira/adf/node';
import { documentOfText, plainTextOf } from '../../src/jira/adf/plain-text';
import {
  isOfKnownType,
  restoreNodes,
  standInFor,
  withStandIns,
} from '../../src/jira/adf/stand-ins';
import { canonicalText } from '../../src/jira/canonical-json';
import {
  adfDocument,
  adfJsonSchema,
  rewrittenByJira,
  schemaFaults,
} from '../support/adf-documents';

const nothing = () => false;
const typesIn = (document: AdfDocument): string[] => [...nodesIn(document)].map(({ type }) => type);

const shot: AdfNode = {
  type: 'mediaSingle',
  attrs: { layout: 'wide' },
  content: [
    { type: 'media', attrs: { type: 'file', id: 'm-1', collection: 'c', alt: 'shot.png' } },
  ],
};
const mention = (id: string, name: string): AdfNode => ({
  type: 'mention',
  attrs: { id, text: `@${name}` },
});
const paragraph = (...content: AdfNode[]): AdfNode => ({ type: 'paragraph', content });
const text = (words: string): AdfNode => ({ type: 'text', text: words });

test('the types that are known are those of Atlassian’s schema', () => {
  const types = (suffix: RegExp) =>
    new Set(
      Object.entries(adfJsonSchema.definitions)
        .filter(([name]) => suffix.test(name))
        .flatMap(([, { properties }]) => properties?.type?.enum ?? []),
    );
  const nodes = types(/_node$/);
  nodes.delete('doc');
  expect([...NODE_TYPES].sort()).toEqual([...nodes].sort());
  expect([...MARK_TYPES].sort()).toEqual([...types(/_mark$/)].sort());
});

test('the documents of these tests are valid by Atlassian’s schema', () => {
  fc.assert(
    fc.property(adfDocument, (document) => {
      expect(schemaFaults(document)).toEqual([]);
    }),
  );
});

describe('the canonical form', () => {
  test('is the same however Jira writes the document down', () => {
    fc.assert(
      fc.property(adfDocument, fc.nat(), (document, seed) => {
        expect(canonicalDocument(rewrittenByJira(document, seed))).toEqual(
          canonicalDocument(document),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(adfDocument, (document) => {
        const canonical = canonicalDocument(document);
        expect(canonicalDocument(canonical)).toEqual(canonical);
      }),
    );
  });

  test('tells documents apart that read differently', () => {
    const list = (order: number) =>
      documentOf([
        {
          type: 'orderedList',
          attrs: { order },
          content: [{ type: 'listItem', content: [paragraph(text('a'))] }],
        },
      ]);
    expect(canonicalDocument(list(1))).not.toEqual(canonicalDocument(list(2)));
    const bold: AdfNode = { ...text('a'), marks: [{ type: 'strong' }] };
    expect(canonicalDocument(documentOf([paragraph(bold)]))).not.toEqual(
      canonicalDocument(documentOf([paragraph(text('a'))])),
    );
  });

  test('is what Atlassian’s schema takes once it is made writable, stand-ins included', () => {
    fc.assert(
      fc.property(adfDocument, fc.boolean(), (document, mayStay) => {
        const standing = withStandIns(document, () => mayStay);
        expect(schemaFaults(writableDocument(standing))).toEqual([]);
        expect(canonicalDocument(writableDocument(standing))).toEqual(standing);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what cannot go to the other site', () => {
  test('is told where it would stand, and comes back when the text comes back', () => {
    fc.assert(
      fc.property(adfDocument, fc.nat(), (document, seed) => {
        const there = withStandIns(document, nothing);
        for (const type of ['media', 'mediaInline', 'extension', 'mediaSingle', 'mediaGroup']) {
          expect(typesIn(there)).not.toContain(type);
        }
        expect(restoreNodes(rewrittenByJira(there, seed), document)).toEqual(
          canonicalDocument(document),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('comes back beside what was edited there, and goes where its text was deleted', () => {
    const ours = documentOf([paragraph(text('Look:')), shot, paragraph(text('Ende'))]);
    const there = withStandIns(ours, nothing);
    expect(plainTextOf(there)).toMatch(
      /^Look:\n\[File shot\.png is not copied \([0-9a-f]{8}\)\]\nEnde$/,
    );
    const [first, standIn, last] = there.content;
    const edited = documentOf(
      [first, standIn, last, paragraphOf('End')].flatMap((one) => one ?? []),
    );
    expect(restoreNodes(edited, ours).content[1]).toEqual(shot);
    const deleted = documentOf([first, last].flatMap((one) => one ?? []));
    expect(restoreNodes(deleted, ours).content).toEqual(deleted.content);
  });

  test('is not found in a document that it was not in', () => {
    const guess = documentOf([paragraphOf(standInFor(shot))]);
    expect(restoreNodes(guess, documentOf([paragraphOf('no file')]))).toEqual(guess);
  });

  test('goes with all that has no place for a text: a table with a row of an unknown type', () => {
    const odd = documentOf([{ type: 'table', content: [{ type: 'tableFoot', content: [] }] }]);
    const there = withStandIns(odd, isOfKnownType);
    expect(typesIn(there)).toEqual(['paragraph', 'text']);
    expect(plainTextOf(there)).toContain('Content of the type table is not copied');
    expect(restoreNodes(there, odd)).toEqual(canonicalDocument(odd));
  });

  test('what is known there stays', () => {
    const document = canonicalDocument(documentOf([shot]));
    expect(withStandIns(document, ({ attrs }) => attrs?.id === 'm-1')).toEqual(document);
  });

  test('a text in a line of code is what it says', () => {
    const ours = documentOf([paragraph(mention('acc-1', 'Ann'))]);
    const code: AdfNode = { ...text('@Ann'), marks: [{ type: 'code' }] };
    expect(typesIn(restoreNodes(documentOf([paragraph(code)]), ours))).toEqual([
      'paragraph',
      'text',
    ]);
  });
});

describe('mentions', () => {
  const document = documentOf([
    paragraph(text('Ask '), mention('acc-1', 'Ann'), text(' or '), mention('acc-9', 'Peter')),
  ]);

  test('nobody is mentioned who is not mapped', () => {
    const there = changeMentions(document, ({ accountId, name }) =>
      accountId === 'acc-1' ? { accountId: 'there-1', name } : undefined,
    );
    expect(mentionsIn(there)).toEqual([{ accountId: 'there-1', name: 'Ann' }]);
    expect(plainTextOf(there)).toBe('Ask @Ann or @Peter');
  });

  test('everybody who became a text is mentioned again in the document they came from', () => {
    const there = changeMentions(document, () => undefined);
    expect(mentionsIn(there)).toEqual([]);
    const edited = documentOf([paragraph(text('Please ask @Ann, @Peter or @Peterson'))]);
    expect(mentionsIn(restoreNodes(edited, document)).map(({ accountId }) => accountId)).toEqual([
      'acc-1',
      'acc-9',
    ]);
    expect(plainTextOf(restoreNodes(edited, document))).toBe(
      'Please ask @Ann, @Peter or @Peterson',
    );
  });

  test('a longer name is not taken for a shorter one', () => {
    const ours = documentOf([paragraph(mention('acc-1', 'Ann'), mention('acc-2', 'Ann Lee'))]);
    const there = documentOf([paragraph(text('@Ann Lee'))]);
    expect(mentionsIn(restoreNodes(there, ours))).toEqual([
      { accountId: 'acc-2', name: 'Ann Lee' },
    ]);
  });

  test('two people of one name keep their places, or become text', () => {
    const ours = documentOf([
      paragraph(mention('acc-1', 'Ann'), text(' or '), mention('acc-2', 'Ann')),
    ]);
    const both = documentOf([paragraph(text('Both: @Ann and @Ann'))]);
    expect(mentionsIn(restoreNodes(both, ours)).map(({ accountId }) => accountId)).toEqual([
      'acc-1',
      'acc-2',
    ]);
    const one = documentOf([paragraph(text('Only @Ann'))]);
    expect(restoreNodes(one, ours)).toEqual(one);
  });

  test('a long text of nothing but names is read in good time', () => {
    const there = documentOf([paragraph(text('@Ann '.repeat(20_000)))]);
    expect([...nodesIn(restoreNodes(there, document))].length).toBeGreaterThan(20_000);
  });
});

describe('plain text', () => {
  test('is the same after it was a document', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (any) => {
        expect(plainTextOf(documentOfText(any))).toBe(canonicalText(any));
      }),
    );
  });

  test('says what a reader sees', () => {
    const document = documentOf([
      { type: 'heading', attrs: { level: 1 }, content: [text('Title')] },
      {
        type: 'bulletList',
        content: [{ type: 'listItem', content: [paragraph(text('one')), paragraph(text('more'))] }],
      },
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: ['a', 'b'].map((word) => ({
              type: 'tableCell',
              content: [paragraph(text(word))],
            })),
          },
        ],
      },
      paragraph(
        mention('acc-1', 'Ann'),
        { type: 'hardBreak' },
        { type: 'date', attrs: { timestamp: '1764028800000' } },
        { type: 'date', attrs: { timestamp: 'never' } },
        { type: 'emoji', attrs: { shortName: ':x:' } },
      ),
      { type: 'rule' },
      shot,
    ]);
    expect(plainTextOf(document)).toBe(
      'Title\n- one\n  more\na | b\n@Ann\n2025-11-25:x:\n---\nshot.png',
    );
  });
});

describe('the author of a comment', () => {
  const author = { name: 'Zoë\n Lefèvre ', site: 'north' };

  test('is named at its head, and the comment is the same without it', () => {
    fc.assert(
      fc.property(adfDocument, fc.string(), fc.string(), fc.nat(), (document, name, site, seed) => {
        const signed = withAuthorLine(document, { name, site });
        expect(schemaFaults(signed)).toEqual([]);
        const stored = canonicalDocument(rewrittenByJira(signed, seed));
        expect(withoutAuthorLine(stored)).toEqual(canonicalDocument(document));
        expect(withoutAuthorLine(signed)).toEqual(document);
      }),
    );
    expect(plainTextOf(withAuthorLine(documentOf([paragraphOf('Hi')]), author))).toBe(
      'Written by Zoë Lefèvre at north\nHi',
    );
  });

  test('only the outer one of two lines goes, and nothing that merely looks like one', () => {
    const once = withAuthorLine(documentOf([]), author);
    expect(withoutAuthorLine(withAuthorLine(once, { name: 'B', site: 's' }))).toEqual(once);
    const plain = documentOf([paragraphOf('Written by me at home')]);
    expect(withoutAuthorLine(plain)).toEqual(plain);
  });
});
