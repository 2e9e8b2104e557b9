import { expect, test } from 'vitest';
import {
  milestone,
  organisation,
  project,
  region,
  regionNamed,
  stated,
  summarised,
  withdrawn,
} from './proposed-events.js';
import { past } from './past.js';

test('a key is registered once per kind of subject', () => {
  const history = past(region('zeeland'));
  expect(history.refusalOf(region('zeeland', '2020-01-01'))).toEqual({
    code: 'ALREADY_REGISTERED',
    field: 'key',
    message: "Region 'zeeland' was registered before; a key is registered once.",
  });
  expect(history.refusalOf(project('zeeland'))).toBeNull();
  expect(history.refusalOf(organisation('zeeland'))).toBeNull();
});

test('a key stays taken when its registration is withdrawn', () => {
  const history = past();
  const registration = history.record(region('zeeland'));
  history.record(withdrawn('region-zeeland', registration));
  expect(history.refusalOf(region('zeeland'))?.code).toBe('ALREADY_REGISTERED');
});

test('a project that is not registered is not summarised either', () => {
  const history = past();
  expect(history.refusalOf(summarised('project-p'))).toMatchObject({
    code: 'NOT_REGISTERED',
    message: "Project 'p' is not registered.",
  });
  history.record(project('p'));
  expect(history.refusalOf(summarised('project-p'))).toBeNull();
});

test.each([regionNamed('zeeland', 'Zeeland'), stated('region-zeeland', 'vision', '1'), milestone('region-zeeland')])(
  '$type needs a registered subject',
  (event) => {
    const history = past();
    expect(history.refusalOf(event)).toMatchObject({
      code: 'NOT_REGISTERED',
      message: "Region 'zeeland' is not registered.",
    });
    history.record(withdrawn('region-zeeland', history.record(region('zeeland'))));
    expect(history.refusalOf(event)?.message).toBe(
      "Region 'zeeland' has no registration that stands: it was withdrawn.",
    );
  },
);

test('the programme has milestones without being registered', () => {
  expect(past().refusalOf(milestone('programme'))).toBeNull();
});
