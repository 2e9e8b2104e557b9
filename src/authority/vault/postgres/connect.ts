import type { Pool } from 'pg';
import type { Address } from '../../../postgres/address.js';
import { poolOf } from '../../../postgres/pool.js';

/** So many questions of one process are answered at a time: one for each request that comes with a token. */
const CONNECTIONS = 4;

/** How long a question waits for those who have locked what it needs, in milliseconds. */
const LONGEST_WAIT = 10_000;

/**
 * Statements are written for READ COMMITTED. An erasure that is reported has to be durable. And the values of parameters are
 * names: a server that logs statements is told to leave them out, where this user may tell it so.
 */
const settings = `
  SET default_transaction_isolation = 'read committed';
  SET lock_timeout = ${LONGEST_WAIT};
  SET log_parameter_max_length_on_error = 0;
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
  DO $$ BEGIN
    PERFORM set_config('log_parameter_max_length', '0', false);
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END $$;`;

export const poolFor = (address: Address): Pool => poolOf(address, CONNECTIONS, settings);
