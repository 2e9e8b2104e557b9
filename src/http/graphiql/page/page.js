/* global React, ReactDOM, GraphiQL -- the files that the page loads before this one */
import { createClient } from './graphql-ws/client.js';
import examples from './examples.js';

const url = new URL('/graphql', location.href);
const socketUrl = new URL(url);
socketUrl.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';

const isSubscription = ({ operationName }, { documentAST }) =>
  (documentAST?.definitions ?? []).some(
    ({ kind, operation, name }) =>
      kind === 'OperationDefinition' &&
      operation === 'subscription' &&
      (operationName == null || name?.value === operationName),
  );

async function post(request, headers) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(request),
  });
  return response.json();
}

/** Browsers set no headers on a WebSocket: what stands in the header editor is sent when the connection opens. */
async function* subscribe(request, headers) {
  const connectionParams = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const client = createClient({ url: socketUrl.href, connectionParams, retryAttempts: 0 });
  try {
    yield* client.iterate(request);
  } catch (error) {
    // A connection that the server refuses or ends says why in its close event.
    if (error instanceof CloseEvent) {
      throw new Error(`The connection ended: ${error.reason || error.code}.`, { cause: error });
    }
    throw error;
  } finally {
    await client.dispose();
  }
}

const fetcher = (request, options = {}) => {
  const headers = options.headers ?? {};
  return isSubscription(request, options) ? subscribe(request, headers) : post(request, headers);
};

/** The history of queries keeps their headers too, whatever is said of headers elsewhere: they are left out of it. */
const withoutHeaders = (text) =>
  JSON.stringify(JSON.parse(text), (name, value) => (name === 'headers' ? undefined : value));

const storage = {
  getItem: (name) => localStorage.getItem(name),
  setItem: (name, text) => localStorage.setItem(name, /:(queries|favorites)$/.test(name) ? withoutHeaders(text) : text),
  removeItem: (name) => localStorage.removeItem(name),
  clear: () => localStorage.clear(),
  get length() {
    return localStorage.length;
  },
};

const props = {
  fetcher,
  defaultTabs: examples,
  defaultEditorToolsVisibility: true,
  isHeadersEditorEnabled: true,
  storage,
  // A token is not left behind in the browser.
  shouldPersistHeaders: false,
};

ReactDOM.createRoot(document.querySelector('#graphiql')).render(React.createElement(GraphiQL, props));
