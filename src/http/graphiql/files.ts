import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { GraphiqlSettings } from './settings.js';

const require = createRequire(import.meta.url);

const packageDirectory = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/**
 * What the page loads, by the name under which it is served. React and GraphiQL are served as the files that their packages ship
 * for browsers; the client of graphql-ws is a module beside another one.
 */
export function filesOf({ directory, examples }: GraphiqlSettings): ReadonlyMap<string, Buffer> {
  const client = readFileSync(join(packageDirectory('graphql-ws'), 'dist', 'client.js'));
  const [, shared = ''] = /from '\.\/(common-[\w-]+\.js)'/.exec(client.toString()) ?? [];
  return new Map([
    ['react.js', readFileSync(join(packageDirectory('react'), 'umd', 'react.production.min.js'))],
    ['react-dom.js', readFileSync(join(packageDirectory('react-dom'), 'umd', 'react-dom.production.min.js'))],
    ['graphiql.js', readFileSync(join(packageDirectory('graphiql'), 'graphiql.min.js'))],
    ['graphiql.css', readFileSync(join(packageDirectory('graphiql'), 'graphiql.min.css'))],
    ['graphql-ws/client.js', client],
    [`graphql-ws/${shared}`, readFileSync(join(packageDirectory('graphql-ws'), 'dist', shared))],
    ['examples.js', Buffer.from(`export default ${JSON.stringify(examples, null, 2)};\n`)],
    ['page.js', readFileSync(join(directory, 'page.js'))],
    ['page.css', readFileSync(join(directory, 'page.css'))],
  ]);
}
