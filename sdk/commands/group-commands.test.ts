import { deepEqual } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Sent } from '../api.ts';
import { startMs, TestLog } from '../merge/test-log.ts';
import { groupCommands } from './group-commands.ts';

describe('commands to the music and the session', () => {
  let log: TestLog;
  let sent: string[];

  const commandsOf = (userId: string, mayControl = true) => {
    const done = (what: string): Sent => {
      sent.push(what);
      return { opId: `${sent.length}`, acked: Promise.resolve() } as Sent;
    };
    return groupCommands({
      state: () => log.group,
      serverNow: () => startMs,
      userId: () => userId,
      mayControl: () => mayControl,
      send: (type) => done(type),
      refuse: ({ code }) => done(`refused ${code}`),
      newId: () => 'new',
      newSeed: () => 1,
    });
  };

  beforeEach(() => {
    sent = [];
    log = new TestLog().add(['a'], {}, 60_000);
  });

  it('[MG31] play starts a session where none runs', () => {
    commandsOf('ana').play();
    deepEqual(sent, ['session.start', 'playback.set']);
  });

  it('[MG31] play joins the session that runs, once', () => {
    log.append('session.start', { sessionId: 's' }, { by: 'bo' });
    commandsOf('ana').play();
    commandsOf('bo').pause();
    deepEqual(sent, ['session.join', 'playback.set', 'playback.set']);
  });

  it('[MG31] play enters no session for who may not control it', () => {
    commandsOf('ana', false).play();
    deepEqual(sent, ['playback.set']);
  });

  it('[MG13] a session that does not run cannot be joined, left or ended, and this is told', () => {
    const { joinSession, leaveSession, endSession } = commandsOf('ana');
    for (const command of [joinSession, leaveSession, endSession]) command();
    deepEqual(sent, ['refused not-found', 'refused not-found', 'refused not-found']);
  });
});
