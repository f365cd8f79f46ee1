import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import { readPushMessage } from './push-message.ts';

const message = {
  jamz: 1,
  id: 'm1',
  kind: 'session-planned',
  groupId: null,
  title: 'Tonight',
  body: '',
  url: '/',
  at: 1,
};

it('A push message of ours is read as it is, without what does not belong to it', () => {
  deepEqual(readPushMessage({ ...message, extra: 'x' }), message);
  deepEqual(readPushMessage({ ...message, groupId: 'crew' })?.groupId, 'crew');
});

it('A push message that lacks a part, or has one of another type, is none of ours', () => {
  for (const key of Object.keys(message)) {
    equal(readPushMessage({ ...message, [key]: undefined }), undefined, key);
    equal(readPushMessage({ ...message, [key]: ['x'] }), undefined, key);
  }
  for (const other of [undefined, null, 'text', 7, [], { ...message, id: '' }]) {
    equal(readPushMessage(other), undefined);
  }
  equal(readPushMessage({ ...message, title: 'x'.repeat(1_001) }), undefined);
});
