import { expect, test } from 'vitest';
import { milestone, organisation, project, region, regionNamed, stated, summarised, withdrawn } from './candidates.js';
import { past } from './past.js';

test('a key is registered once per kind of subject', () => {
  const history = past(region('zeeland'));
  expect(history.judge(region('zeeland', '2020-01-01'))).toEqual({
    code: 'ALREADY_REGISTERED',
    field: 'key',
    message: "Region 'zeeland' was registered before; a key is registered once.",
  });
  expect(history.judge(project('zeeland'))).toBeNull();
  expect(history.judge(organisation('zeeland'))).toBeNull();
});

test('a key stays taken when its registration is withdrawn', () => {
  const history = past();
  const registration = history.happen(region('zeeland'));
  history.happen(withdrawn('region-zeeland', registration));
  expect(history.judge(region('zeeland'))?.code).toBe('ALREADY_REGISTERED');
});

test('a project that is not registered is not summarised either', () => {
  const history = past();
  expect(history.judge(summarised('project-p'))).toMatchObject({
    code: 'NOT_REGISTERED',
    message: "Project 'p' is not registered.",
  });
  history.happen(project('p'));
  expect(history.judge(summarised('project-p'))).toBeNull();
});

test.each([regionNamed('zeeland', 'Zeeland'), stated('region-zeeland', 'vision', '1'), milestone('region-zeeland')])(
  '$type needs a registered subject',
  (event) => {
    const history = past();
    expect(history.judge(event)).toMatchObject({
      code: 'NOT_REGISTERED',
      message: "Region 'zeeland' is not registered.",
    });
    history.happen(withdrawn('region-zeeland', history.happen(region('zeeland'))));
    expect(history.judge(event)?.message).toBe("Region 'zeeland' has no registration that stands: it was withdrawn.");
  },
);

test('the programme has milestones without being registered', () => {
  expect(past().judge(milestone('programme'))).toBeNull();
});
