import { deepEqual, equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkZone,
  firstPreferences,
  isQuiet,
  isWanted,
  preferencesIn,
} from './push-preferences.ts';

const at = (text: string): number => Date.parse(text);
const night = { from: '22:00', to: '07:00', zone: 'Europe/Vienna' };

describe('quiet hours', () => {
  it('[WP2] are by the clock on the wall there, over midnight', () => {
    const quiet = ['21:59', '22:00', '23:59', '00:00', '06:59', '07:00'].map((time) =>
      isQuiet(night, at(`2026-11-23T${time}:00+01:00`)),
    );
    deepEqual(quiet, [false, true, true, true, true, false]);
  });

  it('[WP2] follow summer time', () => {
    // The night in which clocks go from 03:00 to 02:00: Vienna is two hours ahead before, and one after.
    equal(isQuiet(night, at('2026-10-24T20:30:00Z')), true);
    equal(isQuiet(night, at('2026-10-26T20:30:00Z')), false);
  });

  it('[WP2] may lie within a day, and are none where they begin and end at once', () => {
    const noon = { from: '12:00', to: '13:00', zone: 'Asia/Tokyo' };
    equal(isQuiet(noon, at('2026-11-23T12:30:00+09:00')), true);
    equal(isQuiet(noon, at('2026-11-23T13:00:00+09:00')), false);
    equal(isQuiet({ ...noon, to: '12:00' }, at('2026-11-23T12:00:00+09:00')), false);
  });

  it('take zones that there are, and no others', () => {
    checkZone('Pacific/Auckland');
    throws(() => checkZone('Mars/Base'), { code: 'invalid' });
  });
});

describe('preferences of push messages', () => {
  it('[WP1] are few until a person wants more', () => {
    equal(preferencesIn(undefined), firstPreferences);
    const wanted = (kind: 'message' | 'track-added') =>
      isWanted(firstPreferences, kind, 'road', at('2026-11-23T12:00:00Z'));
    deepEqual([wanted('message'), wanted('track-added')], [true, false]);
  });

  it('[WP1] mean nothing at all where they cannot be read', () => {
    for (const text of ['', '{', '[]', '{"kinds":1}', '{"kinds":["message"]}']) {
      deepEqual(preferencesIn(text).kinds, [], text);
    }
  });

  it('leave out kinds of another version', () => {
    const text = JSON.stringify({ kinds: ['message', 'weather'], mutedGroups: ['road'] });
    deepEqual(preferencesIn(text), { kinds: ['message'], mutedGroups: ['road'], quiet: null });
    equal(isWanted(preferencesIn(text), 'message', 'road', 0), false);
  });
});
