import { inReport } from './sources.js';

/** The first day of the month in which the monitoring of the regions began. */
export const MONITORED_SINCE = '2018-06-01';

/** Why regions and care offices are registered from that day. */
export const monitoredSince = {
  reason: 'Monitoring of the regions began in June 2018. The report prints only the month: its first day is assumed.',
  evidence: [inReport('section 2.1')],
};
