import type { Basis } from '../../../events/primitives.js';
import { regionsValue } from '../../../events/reserved-scales.js';
import { projectStream, regionStream } from '../../../events/subjects.js';
import type { CommandOf, RegisterSubject } from '../command.js';
import { draft, type Draft } from './draft.js';

const OBSERVED: Basis = 'OBSERVED';

/** What is stated of a subject from its registration on, each by an event of its own. */
const statedFromTheStart = (
  stream: string,
  { registeredOn, reason, evidence }: RegisterSubject,
  values: readonly { readonly scale: string; readonly level: string | null; readonly field: string }[],
): Draft[] =>
  values.flatMap(({ scale, level, field }) =>
    level === null
      ? []
      : draft(
          {
            type: 'StatusStated',
            stream,
            data: { scale, level, effectiveOn: registeredOn, basis: OBSERVED, evidence: [...evidence], reason },
          },
          { level: field, scale: field, effectiveOn: 'registeredOn' },
        ),
  );

const names = { effectiveOn: 'registeredOn', stream: 'key' };

export function registerRegion(command: CommandOf<'REGISTER_REGION'>): Draft[] {
  const { key, name, registeredOn, reason, evidence, parent, careOffice } = command;
  const stream = regionStream(key);
  const grounds = { reason, evidence: [...evidence] };
  return [
    draft({ type: 'RegionRegistered', stream, data: { key, registeredOn, ...grounds } }),
    draft({ type: 'RegionNamed', stream, data: { name, effectiveOn: registeredOn, ...grounds } }, names),
    ...statedFromTheStart(stream, command, [
      { scale: 'parent', level: parent, field: 'parent' },
      { scale: 'care-office', level: careOffice, field: 'careOffice' },
    ]),
  ];
}

export function registerProject(command: CommandOf<'REGISTER_PROJECT'>): Draft[] {
  const { key, name, registeredOn, reason, evidence, summary, careOffice } = command;
  const stream = projectStream(key);
  const grounds = { reason, evidence: [...evidence] };
  const regions = command.regions.length > 0 ? regionsValue(command.regions) : null;
  return [
    draft({ type: 'ProjectRegistered', stream, data: { key, registeredOn, summary, ...grounds } }),
    draft({ type: 'ProjectNamed', stream, data: { name, effectiveOn: registeredOn, ...grounds } }, names),
    ...statedFromTheStart(stream, command, [
      { scale: 'regions', level: regions, field: 'regions' },
      { scale: 'care-office', level: careOffice, field: 'careOffice' },
    ]),
  ];
}
