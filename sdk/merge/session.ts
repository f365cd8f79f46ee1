import type { UserId } from '../protocol/ids.ts';
import type { AudioSession, SessionState } from './states.ts';
import type { MergeStrategy } from './strategy.ts';

export type SessionOpType =
  | 'session.start'
  | 'session.join'
  | 'session.leave'
  | 'session.end'
  | 'session.plan';

/**
 * At most one audio session runs, in log order. A start that finds one running joins it, so two members who press
 * play at once end up together. A command to a session that is not the running one changes nothing.
 */
export const session: MergeStrategy<SessionState, SessionOpType> = {
  empty: { running: null, planned: null, endedSessionId: null },

  merge(state, op, { at }) {
    const { sessionId } = op.payload;
    const { running } = state;
    switch (op.type) {
      case 'session.start': {
        if (running) return joined(state, running, op.authorId);
        if (sessionId === state.endedSessionId) return state;
        const planned = state.planned?.sessionId === sessionId ? null : state.planned;
        const started: AudioSession = {
          sessionId,
          startedBy: op.authorId,
          startedAtMs: at.atMs,
          members: [op.authorId],
        };
        return { ...state, running: started, planned };
      }
      case 'session.join':
        return running?.sessionId === sessionId ? joined(state, running, op.authorId) : state;
      case 'session.leave':
        return running?.sessionId === sessionId ? withoutMember(state, op.authorId) : state;
      case 'session.end':
        if (state.planned?.sessionId === sessionId) return { ...state, planned: null };
        return running?.sessionId === sessionId ? ended(state, running) : state;
      case 'session.plan': {
        if (running?.sessionId === sessionId || state.endedSessionId === sessionId) return state;
        const { planned } = state;
        const { atMs } = op.payload;
        if (planned && planned.sessionId === sessionId && planned.atMs === atMs) return state;
        return { ...state, planned: { sessionId, plannedBy: op.authorId, atMs } };
      }
    }
  },
};

/** The session without one member; the last one to go ends it. */
export function withoutMember(state: SessionState, userId: UserId): SessionState {
  const { running } = state;
  if (!running?.members.includes(userId)) return state;
  const members = running.members.filter((member) => member !== userId);
  if (members.length === 0) return ended(state, running);
  return { ...state, running: { ...running, members } };
}

function joined(state: SessionState, running: AudioSession, userId: UserId): SessionState {
  if (running.members.includes(userId)) return state;
  return { ...state, running: { ...running, members: [...running.members, userId] } };
}

function ended(state: SessionState, { sessionId }: AudioSession): SessionState {
  return { ...state, running: null, endedSessionId: sessionId };
}
