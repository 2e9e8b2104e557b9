import { expect, it } from 'vitest';
import { defineScale, registerRegion } from './histories/begin.js';
import { newPen } from './histories/pen.js';
import { withApi } from './with-api.js';

const document = `{
  statusChanges(filter: {scales: ["colour"]}, includeSuperseded: true) {
    nodes { from { key } to { key } effectiveOn event { position } supersededBy { position } }
  }
}`;

it('a change stands on when a statement beside it is moved to its other side', async () => {
  await withApi(async (api) => {
    const pen = newPen();
    defineScale(pen, 'colour');
    registerRegion(pen, 'r1', '2019-01-01', null);
    const state = (level: string, effectiveOn: string) =>
      pen.write('region-r1', 'StatusStated', {
        scale: 'colour',
        level,
        effectiveOn,
        basis: 'OBSERVED',
        reason: null,
        evidence: [],
      });
    state('red', '2019-10-31');
    state('blue', '2020-02-29');
    state('blue', '2020-11-01');
    const moved = pen.take();
    await api.append(moved);
    const last = moved.at(-1)?.id ?? '';
    const content = { scale: 'colour', level: 'blue', effectiveOn: '2019-03-31', reason: 'Earlier.', evidence: [] };
    pen.write('region-r1', 'StatusCorrected', { corrects: last, basis: 'OBSERVED', ...content });
    await api.append(pen.take());
    // Positions: 3 red, 4 blue, 5 blue, 6 the last one corrected to the front.
    const change = (from: string | null, to: string, effectiveOn: string, position: string, by: string | null) => ({
      from: from === null ? null : { key: from },
      to: { key: to },
      effectiveOn,
      event: { position },
      supersededBy: by === null ? null : { position: by },
    });
    expect(await api.ask(document)).toEqual({
      statusChanges: {
        nodes: [
          change(null, 'blue', '2019-03-31', '6', null),
          change(null, 'red', '2019-10-31', '3', '6'),
          change('blue', 'red', '2019-10-31', '3', null),
          change('red', 'blue', '2020-02-29', '4', null),
        ],
      },
    });
  });
});
