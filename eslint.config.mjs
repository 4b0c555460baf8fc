import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Readability is lost in the longest few files and functions, so there is a ceiling.
const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
};

// Node runs our .ts files as they are, so a relative import names the very file.
const importsNameTheirFile = {
  'no-restricted-syntax': [
    'error',
    ...['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'].map(
      (node) => ({
        selector: `${node}[source.value=/^\\.{1,2}\\u002F(?!.*\\.(tsx?|css|json|mjs|lua|svg|png|woff2)(\\?.*)?$)/]`,
        message: 'Relative imports carry the ending of the file: ./name.ts or ./Name.tsx.',
      }),
    ),
  ],
};

export default tseslint.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      '.tools/',
      '.cache/',
      'coverage/',
      'test-results/',
      'resources/',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      ...importsNameTheirFile,
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'smart'],
      'no-control-regex': 'off', // texts are cleaned of control characters by name
    },
  },
  {
    // The type-aware rules that find real faults and cost little.
    files: ['electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  { files: ['electron/**/*.ts'], rules: { 'no-console': 'error', ...sizes } },
  { files: ['electron/log.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-console': 'error',
      ...sizes,
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'fetch',
          'Buffer',
          'URL',
          'AbortSignal',
          'AbortController',
          'setTimeout',
          'clearTimeout',
        ]
          .concat([
            'setInterval',
            'clearInterval',
            'performance',
            'require',
            'module',
            '__dirname',
            '__filename',
          ])
          .map((name) => [name, 'readonly']),
      ),
    },
  },
);
