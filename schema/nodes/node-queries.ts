import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { statusChange } from '../../projections/statements/queries/status-changes.js';
import { RequestError } from '../../src/time/request-error.js';
import type { Context } from '../context.js';
import { Event } from '../log/event.js';
import { type GlobalId, decodeId } from './global-id.js';
import { Node } from './node.js';
import { Organisation } from '../subjects/organisation.js';
import { Period } from '../periods/period.js';
import { Report } from '../reports/report.js';
import { Scale } from '../scales/scale.js';
import { resolveScale } from '../scales/resolved-scale.js';
import { subjectNamed } from '../subjects/to-subject.js';
import { toStatusChanges } from '../statuses/status-change.js';
import { subjectByKey } from '../subjects/loaders.js';
import { periodsDefinedBy } from '../periods/loaders.js';
import { reportsRecordedBy } from '../reports/loaders.js';

const MAX_ID_COUNT = 200;

async function nodeOf(id: GlobalId, context: Context): Promise<Node | null> {
  const { log } = context;
  switch (id.type) {
    case 'Region':
      return subjectNamed('REGION', id.key, await context.moment(id.point, 'id'), context);
    case 'Project':
      return subjectNamed('PROJECT', id.key, await context.moment(id.point, 'id'), context);
    case 'Organisation': {
      const moment = await context.moment(id.point, 'id');
      const view = await subjectByKey({ kind: 'ORGANISATION', key: id.key }, moment, context);
      return view && new Organisation(view, moment);
    }
    case 'Scale': {
      const moment = await context.moment(id.point, 'id');
      const scale = await resolveScale(id.key, id.subjectKind, moment, context);
      return scale && new Scale(scale, moment);
    }
    case 'Period': {
      const { position } = await context.moment({ position: id.position }, 'id');
      const period = (await periodsDefinedBy(position, context)).find(({ key }) => key === id.key);
      return period ? new Period(period, position) : null;
    }
    case 'Report': {
      const { position } = await context.moment({ position: id.position }, 'id');
      const report = (await reportsRecordedBy(position, context)).find(({ key }) => key === id.key);
      return report ? new Report(report, position) : null;
    }
    case 'StatusChange': {
      const moment = await context.moment(id.point, 'id');
      const key = { knownFromPosition: id.knownFrom, ordinal: id.ordinal };
      const view = await statusChange(context.read, key, moment.position);
      return view ? ((await toStatusChanges([view], moment, context))[0] ?? null) : null;
    }
    case 'Event': {
      const [stored] = await log.byIds([id.id]);
      return stored ? new Event(stored, null) : null;
    }
  }
}

@Resolver()
export class NodeQueries {
  @Query(() => Node, {
    nullable: true,
    description: 'Whatever has this id, at the moment that the id carries. Null where there is no such thing.',
  })
  node(
    @Arg('id', () => ID, { description: 'A value of a field `id`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Node | null> {
    context.caching.dependsOn('HEAD');
    return nodeOf(decodeId(id, 'id'), context);
  }

  @Query(() => [Node], { nullable: 'items', description: 'The same for several ids, in the order given: at most 200.' })
  nodes(
    @Arg('ids', () => [ID], { description: 'Values of fields `id`.' }) ids: string[],
    @Ctx() context: Context,
  ): Promise<Node | null>[] {
    context.caching.dependsOn('HEAD');
    if (ids.length > MAX_ID_COUNT) {
      throw new RequestError('INVALID_PAGE', 'ids', `${ids.length} ids are asked for; at most ${MAX_ID_COUNT} can be.`);
    }
    // Each id has a promise of its own, so that a malformed id fails alone.
    return ids.map(async (id, index) => nodeOf(decodeId(id, `ids[${index}]`), context));
  }
}
