import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startMs, TestLog } from './test-log.ts';

const started = (): TestLog => {
  const log = new TestLog();
  log.append('session.start', { sessionId: 's1' });
  return log;
};

describe('audio session', () => {
  it('[MG10] is joined by who starts one while one runs', () => {
    const log = started();
    log.append('session.start', { sessionId: 's2' }, { by: 'bo', seen: 0 });
    const { sessionId, members } = log.group.session.running ?? {};
    deepEqual([sessionId, members], ['s1', ['ana', 'bo']]);
  });

  it('[MG11] ends with its last member, and only then', () => {
    const log = started();
    log.append('session.join', { sessionId: 's1' }, { by: 'bo' });
    log.append('session.leave', { sessionId: 's1' });
    deepEqual(log.group.session.running?.members, ['bo']);
    log.append('session.leave', { sessionId: 's1' }, { by: 'bo' });
    deepEqual([log.group.session.running, log.group.session.endedSessionId], [null, 's1']);
  });

  it('[MG13] takes no command once it has ended', () => {
    const log = started();
    log.append('session.end', { sessionId: 's1' });
    const { session } = log.group;
    for (const type of ['session.start', 'session.join', 'session.leave', 'session.end'] as const) {
      log.append(type, { sessionId: 's1' }, { by: 'bo' });
    }
    log.append('session.plan', { sessionId: 's1', atMs: startMs });
    equal(log.group.session, session);
  });

  it('[MG14] can be planned, changed, called off, and started as planned', () => {
    const log = new TestLog();
    log.append('session.plan', { sessionId: 's1', atMs: startMs + 5 });
    log.append('session.plan', { sessionId: 's1', atMs: startMs + 9 }, { by: 'bo' });
    deepEqual(log.group.session.planned, { sessionId: 's1', plannedBy: 'bo', atMs: startMs + 9 });
    log.append('session.end', { sessionId: 's1' });
    equal(log.group.session.planned, null);
    log.append('session.plan', { sessionId: 's2', atMs: startMs + 5 });
    log.append('session.start', { sessionId: 's2' });
    deepEqual([log.group.session.planned, log.group.session.running?.sessionId], [null, 's2']);
  });
});
