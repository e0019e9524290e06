import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const LANGUAGE_COMMON = {
  regex: '^@openfn/language-common(/|$)',
  message: 'Only src/core/common.ts knows language-common.',
};
const UNDICI = {
  regex: '^undici(/|$)',
  message: 'Only src/graph/transport.ts and its parts touch the network.',
};

/** Refuses imports that match these patterns. */
const refuseImports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/build/',
    '**/node_modules/',
    'types/',
    'coverage/',
  ]),
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // `_` names what is taken out in order to be left out.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Our objects are made of functions that know no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // What is unknown may be written; its type is checked where it matters.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 40],
    },
  },
  {
    // Mostly documentation, or nothing but types.
    files: ['src/Adaptor.ts', 'src/types.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // A test is a story, and reads answers whose type is not known.
    files: ['**/test/**/*.ts'],
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      // An assertion that nobody waits for cannot fail.
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    files: ['src/**'],
    rules: refuseImports(LANGUAGE_COMMON, UNDICI),
  },
  {
    files: ['src/core/common.ts', 'src/Adaptor.ts'],
    rules: refuseImports(UNDICI),
  },
  {
    files: ['src/graph/transport.ts', 'src/graph/proxy.ts'],
    rules: refuseImports(LANGUAGE_COMMON),
  },
);
