// @ts-check
/**
 * Typed lint rules. What a rule cannot see (the direction of every import after resolving it, the size
 * of files, the manifest) is tested in `test/static`.
 */
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** A rule that is switched off in place says why: `// eslint-disable-next-line rule -- reason`. */
const disableNeedsReason = {
  meta: { type: 'problem', schema: [], messages: { reason: 'Say why, after `--`.' } },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const text = comment.value.trim();
        if (text.startsWith('eslint-disable') && !/\s--\s+\S/.test(text)) {
          context.report({ loc: comment.loc, messageId: 'reason' });
        }
      }
    },
  }),
};

/** Imports that a folder must not have: `[regular expression of the specifier, why]`. */
const importRules = (files, restrictions) => ({
  files: [`${files}/**/*.{ts,tsx}`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: restrictions.map(([regex, message, allowTypeImports = false]) => ({
          regex,
          message,
          allowTypeImports,
        })),
      },
    ],
  },
});

const OUT_OF_SRC = ['^(\\.\\./)+(sandbox|test|static)(/|$)', 'src/ knows nothing outside of src/.'];
const NO_FORGE_PACKAGE = ['^@forge/', 'Only src/forge talks to the platform: declare a port.'];
const upward = (folders) => [
  `^(\\.\\./)+(${folders})(/|$)`,
  'Layers run one way: entry -> sync -> contract, connection, wire, jira; only entry uses forge.',
];

/** What the core must be handed as a parameter, so that tests choose it. */
const AMBIENT = [
  { object: 'Date', property: 'now', message: 'Time is a parameter.' },
  { object: 'Math', property: 'random', message: 'Randomness is a parameter.' },
  { object: 'crypto', property: 'randomUUID', message: 'New ids are a parameter.' },
];

export default defineConfig(
  { ignores: ['node_modules/', '.sandbox/', 'coverage/'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house: { rules: { 'disable-needs-reason': disableNeedsReason } } },
    rules: { 'house/disable-needs-reason': 'error' },
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // Numbers read as written; everything else is converted by the writer.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // `[...text]` counts code points, which is what is meant where it is used.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A port's method is async whether or not this implementation of it waits for anything.
      '@typescript-eslint/require-await': 'off',
      // `table<T>(name): Table<T>`: the caller says what it stores there.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['{src,static}/**/*.{ts,tsx}'],
    rules: { 'no-console': 'error' },
  },
  {
    // Which components there are is UI Kit's choice: it offers some, and draws with some of Atlaskit, that
    // their own packages advise against. The sandbox draws what the platform draws.
    files: ['{static,sandbox/host,test/e2e/host-fixture}/**/*.{ts,tsx}'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    files: ['src/{connection,contract,jira,sync,wire}/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...AMBIENT],
      'no-restricted-globals': ['error', { name: 'fetch', message: 'I/O goes through a port.' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time is a parameter.',
        },
      ],
    },
  },
  importRules('src/jira', [
    OUT_OF_SRC,
    NO_FORGE_PACKAGE,
    upward('entry|sync|contract|connection|wire|forge'),
  ]),
  importRules('src/wire', [
    OUT_OF_SRC,
    NO_FORGE_PACKAGE,
    upward('entry|sync|contract|connection|jira|forge'),
  ]),
  importRules('src/connection', [
    OUT_OF_SRC,
    NO_FORGE_PACKAGE,
    upward('entry|sync|contract|forge'),
  ]),
  importRules('src/contract', [
    OUT_OF_SRC,
    NO_FORGE_PACKAGE,
    upward('entry|sync|connection|wire|forge'),
  ]),
  importRules('src/sync', [OUT_OF_SRC, NO_FORGE_PACKAGE, upward('entry|forge')]),
  importRules('src/forge', [
    OUT_OF_SRC,
    upward('entry'),
    [
      '^(\\.\\./)+(connection|contract|wire|jira/(?!client$))',
      'src/forge implements ports: types only.',
      true,
    ],
  ]),
  importRules('src/entry', [
    OUT_OF_SRC,
    ['^@forge/(?!resolver$)', 'src/entry uses the platform through src/forge.'],
  ]),
  importRules('static', [
    ['^(\\.\\./)+(sandbox|test)(/|$)', 'A page knows nothing of the sandbox or the tests.'],
    ['^(\\.\\./)+src/(?!entry/admin/api$)', 'A page takes types from src/entry/admin/api only.'],
    ['^(\\.\\./)+src/entry/admin/api$', 'Types only.', true],
    [
      '^(?!\\.|react$|@forge/(react|bridge)(/|$))',
      'A page is made of @forge/react and @forge/bridge.',
    ],
  ]),
  importRules('sandbox', [
    ['^(\\.\\./)+(src|static)(/|$)', 'The sandbox finds the app through manifest.yml.'],
    ['^(\\.\\./)+test(/|$)', 'The sandbox knows nothing of the tests.'],
  ]),
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      // `{ id: expect.any(String) }`: jest's matchers are of type any. Using what is any stays refused.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'no-restricted-properties': [
        'error',
        ...['mock', 'doMock', 'unstable_mockModule'].map((property) => ({
          object: 'jest',
          property,
          message: 'No module mocks: hand in a port.',
        })),
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        module: 'writable',
        require: 'readonly',
        process: 'readonly',
        console: 'readonly',
      },
    },
  },
);
