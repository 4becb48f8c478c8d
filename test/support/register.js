/** Lets a plain `node --require` run TypeScript files in tests that start processes of their own (and kill them). */
const { transformSync } = require('@swc/core');
const { readFileSync } = require('node:fs');

require.extensions['.ts'] = (module, filename) => {
  const options = {
    filename,
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    sourceMaps: 'inline',
  };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
