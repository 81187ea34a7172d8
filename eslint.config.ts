// What the linter holds: ordinary care by Antfu's rules, and the lines between the project's rooms.
import type { TypedFlatConfigItem } from '@antfu/eslint-config'
import antfu from '@antfu/eslint-config'

/** One room may not import these others; the folder's name is enough, however the path is written. */
function closed(rooms: readonly string[], message: string) {
  return { regex: `(^|/)(${rooms.join('|')})/`, message }
}

const onlySlidev = { name: '@slidev/client', message: 'Only composables/slidev.ts imports @slidev/client.' }
const slidevDeep = { regex: '^@slidev/client/', message: 'Only composables/slidev.ts and setup/ reach into @slidev/client.' }
const above = 'Imports run one way: slides, components, composables, scenarios and models, cluster.'
const code = ['ts', 'vue'] as const

function room(name: string, folders: readonly string[], forbidden: readonly string[], more: { vue?: boolean } = {}): TypedFlatConfigItem {
  return {
    name: `helmsman/room-${name}`,
    files: folders.flatMap(folder => code.map(ending => `${folder}/**/*.${ending}`)),
    ignores: ['**/*.test.ts', 'composables/slidev.ts'],
    rules: {
      'no-restricted-imports': ['error', {
        paths: [onlySlidev, ...(more.vue === false ? [{ name: 'vue', message: 'The model knows no Vue.' }] : [])],
        patterns: [
          slidevDeep,
          ...(forbidden.length ? [closed(forbidden, above)] : []),
          ...(more.vue === false ? [{ regex: '^(@vue/|@vueuse/)|\\.vue$', message: 'The model knows no Vue.' }] : []),
        ],
      }],
    },
  }
}

const pureFolders = ['cluster', 'scenarios', 'models']
const wall = ['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback', 'window', 'document', 'navigator', 'location', 'localStorage', 'crypto']
/** What the language leaves to each browser's own way of rounding. */
const inexact = ['acos', 'acosh', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'cbrt', 'cos', 'cosh', 'exp', 'expm1', 'hypot', 'log', 'log10', 'log1p', 'log2', 'pow', 'sin', 'sinh', 'tan', 'tanh']
const wallMessage = 'The model knows no wall clock, no browser and no chance but its seed.'

export default antfu(
  {
    type: 'app',
    vue: true,
    typescript: true,
    formatters: false,
    markdown: false,
    jsonc: false,
    yaml: false,
    toml: false,
    pnpm: false,
    ignores: ['dist', 'dist/**', '.look', '.look/**', '**/*.md', '**/*.json', '**/*.yml', '.*.mjs', 'tests/no-canvas'],
  },
  {
    name: 'helmsman/style',
    rules: {
      // how the code already reads
      'antfu/consistent-list-newline': 'off',
      'antfu/reasonable-newline': 'off',
      'antfu/no-top-level-await': 'off',
      'antfu/consistent-chaining': 'off',
      'jsdoc/check-param-names': 'off',
      'antfu/if-newline': 'off',
      'antfu/top-level-function': 'off',
      'perfectionist/sort-imports': 'off',
      'perfectionist/sort-named-imports': 'off',
      'style/max-statements-per-line': 'off',
      'style/quote-props': 'off',
      'style/operator-linebreak': 'off',
      'style/arrow-parens': 'off',
      'style/brace-style': 'off',
      'style/indent': 'off',
      'style/member-delimiter-style': 'off',
      'style/multiline-ternary': 'off',
      'style/jsx-one-expression-per-line': 'off',
      'curly': 'off',
      'ts/explicit-function-return-type': 'off',
      'unicorn/consistent-function-scoping': 'off',
      'node/prefer-global/process': 'off',
      'node/prefer-global/buffer': 'off',
      'ts/no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      'regexp/prefer-character-class': 'off',
      // a script's output is its purpose
      'no-console': 'off',
      'no-cond-assign': ['error', 'except-parens'],
    },
  },
  {
    name: 'helmsman/vue',
    files: ['**/*.vue'],
    rules: {
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/attributes-order': 'off',
      'vue/operator-linebreak': 'off',
      'vue/quote-props': 'off',
      'vue/no-v-html': 'error',
      // takes a union type in a template for a filter; Vue 3 has none
      'vue/no-deprecated-filter': 'off',
    },
  },
  {
    name: 'helmsman/one-door-to-slidev',
    files: ['**/*.ts', '**/*.vue'],
    ignores: ['composables/slidev.ts', 'setup/**', 'types/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [onlySlidev], patterns: [slidevDeep] }] },
  },
  {
    // patterns of the tests read our own text, nobody else's
    name: 'helmsman/patterns-of-tests',
    files: ['tests/**'],
    rules: { 'regexp/no-super-linear-backtracking': 'off', 'regexp/optimal-quantifier-concatenation': 'off', 'regexp/no-contradiction-with-assertion': 'off', 'test/prefer-lowercase-title': 'off' },
  },
  room('cluster', ['cluster'], ['components', 'composables', 'scenarios', 'models', 'data', 'layouts', 'setup', 'pages'], { vue: false }),
  room('stories', ['scenarios', 'models'], ['components', 'composables', 'layouts', 'setup', 'pages'], { vue: false }),
  room('data', ['data'], ['components', 'composables', 'scenarios', 'models', 'cluster', 'layouts', 'setup', 'pages']),
  room('composables', ['composables'], ['components', 'layouts', 'setup', 'pages']),
  room('components', ['components', 'layouts'], ['setup', 'pages']),
  {
    name: 'helmsman/pure',
    files: pureFolders.map(folder => `${folder}/**/*.ts`),
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', ...wall.map(name => ({ name, message: wallMessage }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: wallMessage }, ...inexact.map(property => ({ object: 'Math', property, message: 'Its last bit differs from browser to browser: cluster/api/logarithms.ts.' })), ...['globalThis', 'self'].flatMap(object => wall.map(property => ({ object, property, message: wallMessage })))],
      'no-restricted-syntax': ['error', 'TSEnumDeclaration', 'TSExportAssignment', { selector: 'ImportExpression', message: 'The model is loaded whole.' }, { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }],
    },
  },
)
