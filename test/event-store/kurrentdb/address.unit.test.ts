import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/event-store/kurrentdb/address.js';

describe('the address of a log on KurrentDB', () => {
  it('names the log and the index in the URL, and keeps both from the client', () => {
    expect(addressOf('kurrentdb://db:2113?tls=false&log=own&index=%2Fvar%2Flib%2Findex.db')).toEqual({
      url: 'kurrentdb://db:2113?tls=false',
      credentials: null,
      stream: 'peildatum-own',
      index: '/var/lib/index.db',
      place: 'kurrentdb://db:2113, log own',
    });
    expect(addressOf('kurrentdb://db')).toEqual({
      url: 'kurrentdb://db',
      credentials: null,
      stream: 'peildatum-log',
      index: null,
      place: 'kurrentdb://db, log log',
    });
  });

  it('takes the older name of the protocol, and clusters', () => {
    expect(addressOf('esdb://db/').url).toBe('kurrentdb://db');
    expect(addressOf('esdb+discover://one:1,two:2/?nodePreference=leader').url).toBe(
      'kurrentdb+discover://one:1,two:2?nodePreference=leader',
    );
  });

  it('encodes credentials so that the client takes all of them', () => {
    expect(addressOf('kurrentdb://peil:p:s@w%40rd@db')).toMatchObject({
      url: 'kurrentdb://peil:p%3As%40w%40rd@db',
      credentials: { username: 'peil', password: 'p:s@w@rd' },
    });
    expect(addressOf('kurrentdb://peil:secret@db').place).not.toContain('secret');
  });

  it.each(['throwOnAppendFailure', 'throw_on_append_failure', 'THROWONAPPENDFAILURE'])(
    'does not let %s have the client tell conflicts by wrong revisions',
    (name) => {
      expect(addressOf(`kurrentdb://db?${name}=false&tls=true`).url).toBe('kurrentdb://db?tls=true');
    },
  );

  it.each([
    'postgres://db/log',
    'kurrentdb://',
    'kurrentdb://peil@db',
    'kurrentdb://peil:%zzsecret@db',
    'kurrentdb://db?log=a/b',
    'kurrentdb://db?log=',
  ])('refuses %j, and repeats no password', (url) => {
    expect(() => addressOf(url)).toThrow(expect.objectContaining({ name: 'StoreUnusableError', code: 'UNSUPPORTED' }));
    expect(() => addressOf(url)).not.toThrow(/secret/);
  });
});
