import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../protocol/limits.ts';
import { TestLog } from './test-log.ts';

describe('messages', () => {
  it('[MG24] show the latest edit of their author, and of nobody else', () => {
    const log = new TestLog();
    log.append('messages.send', { messageId: 'm', text: 'hi' }, { madeMs: 0 });
    log.append('messages.edit', { messageId: 'm', text: 'hello' }, { madeMs: 30 });
    log.append('messages.edit', { messageId: 'm', text: 'hey' }, { madeMs: 20 });
    log.append('messages.edit', { messageId: 'm', text: 'ha' }, { by: 'bo', madeMs: 40 });
    equal(log.group.messages.get('m')?.text, 'hello');
  });

  it('[SN7] are the last 200 by the log', () => {
    const log = new TestLog();
    // Ids that sort against the log, so that order by id would keep the wrong ones.
    for (let count = 0; count < 250; count++) {
      log.append('messages.send', { messageId: `m${999 - count}`, text: `${count}` });
    }
    const texts = log.group.messages.toArray().map(({ text }) => Number(text));
    deepEqual([texts.length, Math.min(...texts)], [limits.recentMessages, 50]);
  });
});
