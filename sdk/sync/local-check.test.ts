import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusalOf } from '../merge/admissible.ts';
import { startMs, TestLog } from '../merge/test-log.ts';
import { limits } from '../protocol/limits.ts';
import { LocalCheck } from './local-check.ts';
import type { PendingOp } from './pending-op.ts';
import { pendingOp } from './test-pending.ts';

/** A group of which `ana` is a plain member and may do what members may. */
function crew(): TestLog {
  const log = new TestLog('g:crew');
  const policies = { join: 'open', add: 'everyone', control: 'everyone' } as const;
  log.append('group.create', { name: 'Crew', policies }, { by: 'bo' });
  log.append('members.join', { memberId: 'bo', name: 'Bo', role: 'owner' }, { by: 'bo' });
  log.append('members.join', { memberId: 'ana', name: 'Ana', role: 'member' });
  return log;
}

const gone = pendingOp('gone', 'playlist.remove', { itemId: 'nowhere' });

describe('the check at the tap', () => {
  const check = new LocalCheck(refusalOf);
  const codeOf = ({ op, payloadBytes }: PendingOp): string =>
    check.refusal(crew().state, op, payloadBytes, startMs)?.code ?? 'ok';

  it('[OB16] refuses what the state cannot take, as the server would', () => {
    equal(codeOf(gone), 'not-found');
    equal(codeOf(pendingOp('say', 'messages.send', { messageId: 'm', text: 'hi' })), 'ok');
  });

  it('[OB16] refuses what the person may not do', () => {
    equal(codeOf(pendingOp('end', 'group.delete', {})), 'forbidden');
  });

  it('[OB16] refuses what is too large, also where nothing is known of the scope', () => {
    const { op } = gone;
    equal(check.refusal(undefined, op, limits.maxOpBytes + 1, startMs)?.code, 'too-large');
    equal(check.refusal(undefined, op, limits.maxOpBytes, startMs), undefined);
  });

  it('[OB16] leaves to the server what it cannot judge yet', () => {
    equal(new LocalCheck().refusal(crew().state, gone.op, 10, startMs), undefined);
  });
});
