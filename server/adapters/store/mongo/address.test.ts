import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { databaseNameOf, publicPartOf, setsOption } from './address.ts';

describe('An address of MongoDB', () => {
  it('names its database, or it is called trafficjamz', () => {
    const uris = ['mongodb://db', 'mongodb://db/?a=b', 'mongodb+srv://u:p@db.example/jamz?a=/x'];
    deepEqual(uris.map(databaseNameOf), ['trafficjamz', 'trafficjamz', 'jamz']);
  });

  it('is shown without its password and its options', () => {
    equal(
      publicPartOf('mongodb://jamz:s%40cret@a:1,b:2/jamz?tls=true&password=x'),
      'mongodb://a:1,b:2/jamz',
    );
    equal(publicPartOf('mongodb+srv://db.example'), 'mongodb+srv://db.example/trafficjamz');
  });

  it('tells which options it sets, however they are written', () => {
    const uri = 'mongodb://db/?serverselectiontimeoutms=9';
    equal(setsOption(uri, 'serverSelectionTimeoutMS'), true);
    equal(setsOption(uri, 'socketTimeoutMS'), false);
  });
});
