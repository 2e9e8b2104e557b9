import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GraphQLError } from 'graphql';
import { errorsOf, startSample, type SampleServer } from './sample-server.js';

let server: SampleServer;
beforeAll(async () => {
  server = await startSample();
});
afterAll(() => server.stop());

describe('an error inside', () => {
  it.each(['crash', 'crashWithCode', 'colour'])(
    'is masked, and logged under the id that the client gets: %s',
    async (field) => {
      const { status, text, body } = await server.post(`{ ${field} }`);
      expect(status).toBe(200);
      expect(text).not.toMatch(/secret|SQLITE|stack/i);
      const [error] = body.errors ?? [];
      expect(error).toMatchObject({ message: 'Internal error', extensions: { code: 'INTERNAL_SERVER_ERROR' } });
      const id = error?.extensions['correlationId'];
      expect(id).toMatch(/^[\da-f-]{36}$/);
      const line = server.logged.find(({ correlationId }) => correlationId === id);
      expect(JSON.stringify(line)).toMatch(/secret/);
    },
  );

  it('that will pass, because a database is away, says so and not where', async () => {
    const answer = await server.post('{ hello away }');
    expect(answer.body.data).toEqual({ hello: 'hello world', away: null });
    expect(errorsOf(answer)).toEqual([{ code: 'UNAVAILABLE', message: expect.stringContaining('Try again later') }]);
    expect(answer.text).not.toContain('secret');
    expect(JSON.stringify(server.logged)).toContain('The secret server is away.');
  });

  it('is masked where a field that must not be null is', async () => {
    const answer = await server.post('{ nothing }');
    expect(errorsOf(answer)).toEqual([{ code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' }]);
  });

  it('leaves the rest of the answer as it is', async () => {
    const { body } = await server.post('{ hello crash }');
    expect(body.data).toEqual({ hello: 'hello world', crash: null });
  });

  it('is masked when it comes from making the context', async () => {
    const other = await startSample({ contextFor: () => Promise.reject(new Error('secret database')) });
    const answer = await other.post('{ hello }');
    expect(answer.status).toBe(500);
    expect(errorsOf(answer)).toEqual([{ code: 'INTERNAL_SERVER_ERROR', message: 'Internal error' }]);
    expect(JSON.stringify(other.logged)).toContain('secret database');
    await other.stop();
  });
});

describe('a database that is away while the context is made', () => {
  it('is told of in the same way', async () => {
    const away = Object.assign(new Error('The secret server is away.'), { code: 'UNREACHABLE' });
    const other = await startSample({ contextFor: () => Promise.reject(away) });
    const answer = await other.post('{ hello }');
    expect(errorsOf(answer)).toEqual([{ code: 'UNAVAILABLE', message: expect.stringContaining('Try again later') }]);
    expect(answer.text).not.toContain('secret');
    await other.stop();
  });
});

describe('an error for the client', () => {
  it('keeps its code and message when a resolver throws it', async () => {
    const answer = await server.post('{ refusal }');
    expect(errorsOf(answer)).toEqual([{ code: 'NOT_FOUND', message: 'There is no such region.' }]);
    expect(answer.body.errors?.[0]?.path).toEqual(['refusal']);
  });

  it('keeps its code when making the context throws it', async () => {
    const refusal = new GraphQLError('Who are you?', {
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
    });
    const other = await startSample({ contextFor: () => Promise.reject(refusal) });
    const answer = await other.post('{ hello }');
    expect(answer.status).toBe(401);
    expect(errorsOf(answer)).toEqual([{ code: 'UNAUTHENTICATED', message: 'Who are you?' }]);
    await other.stop();
  });

  it.each([
    ['an argument', '{ days(day: "2020-02-30") }', 'day'],
    ['a list', '{ days(days: ["2020-02-28", "2020-02-30"]) }', 'days'],
    ['an input object', '{ days(axis: {scale: "x"}, at: {notes: [], asOf: "2020-02-30"}) }', 'at.asOf'],
    [
      'objects in a list',
      '{ days(at: {notes: [{asOf: "2020-01-01"}, # ( {\n {asOf: "2020-02-30"}]}) }',
      'at.notes.asOf',
    ],
    [
      'the default of a variable',
      'query ($a: Int = 1, $day: Day = "2020-02-30") { days(day: $day) number(of: $a) }',
      '$day',
    ],
    ['a default within', 'query ($at: At = {asOf: "2020-02-30"}) { days(at: $at) }', '$at.asOf'],
  ])('names the place and keeps the code of a scalar that refuses a literal in %s', async (_name, query, place) => {
    const answer = await server.post(query);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toContainEqual({
      code: 'INVALID_DATE',
      message: `${place}: "2020-02-30" is not a date of the calendar.`,
    });
  });

  it('names the place and keeps the code of a scalar that refuses a variable', async () => {
    const query = 'query ($day: Day, $at: At) { days(day: $day, at: $at) }';
    const answer = await server.post(query, { day: '2020-02-30', at: { notes: [{ asOf: 'yesterday' }] } });
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([
      {
        code: 'INVALID_DATE',
        message: 'Variable "$day" got invalid value "2020-02-30"; "2020-02-30" is not a date of the calendar.',
      },
      {
        code: 'INVALID_DATE',
        message:
          'Variable "$at" got invalid value "yesterday" at "at.notes[0].asOf"; "yesterday" is not a date of the calendar.',
      },
    ]);
  });

  it.each([
    ['{ number(of: "x") }', {}, 'GRAPHQL_VALIDATION_FAILED', /^of: Int cannot represent/],
    ['{ days(axis: {}) }', {}, 'GRAPHQL_VALIDATION_FAILED', /^axis: .*exactly one/],
    ['query ($n: Int!) { number(of: $n) }', { n: 'x' }, 'BAD_USER_INPUT', /\$n/],
    ['query ($n: Int!) { number(of: $n) }', {}, 'BAD_USER_INPUT', /\$n/],
    ['query ($x: Axis) { days(axis: $x) }', { x: { scale: 'a', at: {} } }, 'BAD_USER_INPUT', /exactly one/i],
    ['{ nowhere }', {}, 'GRAPHQL_VALIDATION_FAILED', /nowhere/],
    ['{ hello', {}, 'GRAPHQL_PARSE_FAILED', /Syntax Error/],
    ['', {}, 'BAD_REQUEST', /query/],
    ['query A { hello } query B { hello }', {}, 'OPERATION_RESOLUTION_FAILURE', /operation name/i],
  ])('is a 400 with a code for the mistake in %j with %j', async (query, variables, code, message) => {
    const answer = await server.post(query, variables);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)).toEqual([{ code, message: expect.stringMatching(message) as string }]);
    expect(answer.text).not.toContain('stack');
  });

  it('has a code when it is found only while executing', async () => {
    const answer = await server.post('query ($n: Int = 3) { number(of: $n) }', { n: null });
    expect(errorsOf(answer)).toEqual([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('"of"') as string }]);
  });
});
