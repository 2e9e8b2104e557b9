import type { Pool } from 'pg';
import type { Address } from '../../../postgres/address.js';
import { newPool } from '../../../postgres/pool.js';

/** How many queries one process runs at a time. Each request with a token runs one. */
const MAX_CONNECTIONS = 4;

/** How long a statement waits for a lock. */
const LOCK_TIMEOUT_MS = 10_000;

/**
 * The statements are written for READ COMMITTED. A reported erasure has to be durable, so commits are synchronous. Parameters
 * hold names of people, so the server is told not to log them, as far as this user may tell it so.
 */
const settings = `
  SET default_transaction_isolation = 'read committed';
  SET lock_timeout = ${LOCK_TIMEOUT_MS};
  SET log_parameter_max_length_on_error = 0;
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
  DO $$ BEGIN
    PERFORM set_config('log_parameter_max_length', '0', false);
  EXCEPTION WHEN insufficient_privilege THEN NULL;
  END $$;`;

export const poolFor = (address: Address): Pool => newPool(address, MAX_CONNECTIONS, settings);
