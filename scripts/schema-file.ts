import { fileURLToPath } from 'node:url';

/** The project's directory; scripts run from dist/scripts. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the printed schema stands, as git names it. */
export const SCHEMA_FILE = 'schema/schema.graphql';
