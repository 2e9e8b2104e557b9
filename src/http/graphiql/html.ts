/** The one style element that GraphiQL 4 makes: while a dialog is open, the page behind it does not scroll. */
const DIALOG_STYLE = "'sha256-nzTgYzXYDNe6BAHiiI7NNlfK8n/auuOAhh2t92YvuXo='";

/**
 * What the page may load and reach: its own origin. Nothing that stands in the page itself is run; GraphiQL sets styles from
 * its scripts, and holds its fonts and cursors in its style sheet.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${DIALOG_STYLE}`,
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page; `base` is where its files are. */
export const pageOf = (base: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Peildatum: GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}/graphiql.css">
<link rel="stylesheet" href="${base}/page.css">
</head>
<body>
<div id="graphiql"><p class="notice">Loading GraphiQL …</p></div>
<noscript><p class="notice">GraphiQL needs JavaScript. The API itself is at /graphql.</p></noscript>
<script src="${base}/react.js"></script>
<script src="${base}/react-dom.js"></script>
<script src="${base}/graphiql.js"></script>
<script type="module" src="${base}/page.js"></script>
</body>
</html>
`;
