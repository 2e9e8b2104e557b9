import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { Report } from './report.js';
import { reportsRecordedBy } from './loaders.js';

@Resolver()
export class ReportQueries {
  @Query(() => [Report], { description: 'The reports that are recorded as printed, in order of recording.' })
  async reports(@Ctx() context: Context): Promise<Report[]> {
    const { position } = await context.moment(null, 'at');
    return (await reportsRecordedBy(position, context)).map((report) => new Report(report, position));
  }

  @Query(() => Report, { nullable: true, description: 'A report by key. UNKNOWN_REPORT where none is recorded.' })
  async report(
    @Arg('key', () => ID, { description: 'Its key, such as `2021-01`.' }) key: string,
    @Ctx() context: Context,
  ): Promise<Report | null> {
    const { position } = await context.moment(null, 'at');
    const reports = await reportsRecordedBy(position, context);
    const report = reports.find((candidate) => candidate.key === key);
    if (report) return new Report(report, position);
    const known = reports.map((candidate) => candidate.key).join(', ') || 'none';
    throw new RequestError('UNKNOWN_REPORT', 'key', `No report '${key}' is recorded. Recorded are: ${known}.`);
  }
}
