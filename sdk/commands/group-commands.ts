import type { Group, Sent } from '../api.ts';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import type { UserId } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import * as playback from './playback.ts';

/** What commands need of their group. */
export interface CommandTarget {
  state(): GroupState | undefined;
  serverNow(): number;
  userId(): UserId | undefined;
  mayControl(): boolean;
  send<Type extends OpType>(type: Type, payload: Payloads[Type]): Sent;
  refuse(error: JamzError): Sent;
  newId(): string;
  /** A whole number, 0 … 2³² − 1. */
  newSeed(): number;
}

type Commands = Pick<
  Group,
  | 'update'
  | 'delete'
  | 'startSession'
  | 'joinSession'
  | 'leaveSession'
  | 'endSession'
  | 'planSession'
  | 'play'
  | 'pause'
  | 'seek'
  | 'next'
  | 'previous'
  | 'select'
  | 'repeat'
  | 'shuffle'
  | 'addTracks'
  | 'removeTrack'
  | 'moveTrack'
  | 'amendTrack'
  | 'like'
  | 'unlike'
  | 'revokeInvitation'
  | 'setRole'
  | 'describeMe'
  | 'removeMember'
  | 'leave'
  | 'savePlace'
  | 'updatePlace'
  | 'removePlace'
  | 'send'
>;

type PlaybackCommand = (state: GroupState, nowMs: number) => Payloads['playback.set'] | JamzError;

/** A caller's intent, turned into one op each. */
export function groupCommands(target: CommandTarget): Commands {
  const { send } = target;

  const control = (command: PlaybackCommand): Sent => {
    const state = target.state();
    if (!state) return target.refuse(notYet());
    const record = command(state, target.serverNow());
    if (record instanceof JamzError) return target.refuse(record);
    if (target.mayControl()) enterSession(state);
    return send('playback.set', record);
  };
  /** Only those in the session control it: a command starts one, or joins the one that runs. */
  const enterSession = ({ session }: GroupState): void => {
    const { running } = session;
    if (!running) send('session.start', { sessionId: target.newId() });
    else if (!running.members.includes(target.userId() ?? '')) {
      send('session.join', { sessionId: running.sessionId });
    }
  };
  /** For commands to the session that runs. */
  const inSession = (type: 'session.join' | 'session.leave' | 'session.end'): Sent => {
    const running = target.state()?.session.running;
    if (!running) return target.refuse(new JamzError('not-found', 'No session is running.'));
    return send(type, { sessionId: running.sessionId });
  };

  return {
    // A copy: an op must not change with what its caller does to the patch later.
    update: ({ policies, ...patch }) =>
      send('group.update', policies ? { ...patch, policies: { ...policies } } : patch),
    delete: () => send('group.delete', {}),

    startSession: () => send('session.start', { sessionId: target.newId() }),
    joinSession: () => inSession('session.join'),
    leaveSession: () => inSession('session.leave'),
    endSession: () => inSession('session.end'),
    planSession: ({ at }) => send('session.plan', { sessionId: target.newId(), atMs: at }),

    play: () => control(playback.play),
    pause: () => control(playback.pause),
    seek: (positionMs) => control((state, nowMs) => playback.seek(state, nowMs, positionMs)),
    next: () => control(playback.next),
    previous: () => control(playback.previous),
    select: (itemId) => control((state, nowMs) => playback.select(state, nowMs, itemId)),
    repeat: (mode) => send('repeat.set', { mode }),
    shuffle: (on) => send('shuffle.set', { on, seed: target.newSeed() }),

    addTracks: (tracks, options) =>
      send('playlist.add', {
        items: tracks.map(({ upload, ...track }) => ({
          ...track,
          ...(upload && { fileId: upload.fileId ?? upload.id }),
          itemId: target.newId(),
        })),
        ...(options?.after === undefined ? {} : { after: options.after }),
      }),
    removeTrack: (itemId) => send('playlist.remove', { itemId }),
    moveTrack: (itemId, { after }) => send('playlist.move', { itemId, after }),
    amendTrack: (itemId, { durationMs }) => send('playlist.amend', { itemId, durationMs }),
    like: (itemId) => send('reactions.set', { itemId, like: true }),
    unlike: (itemId) => send('reactions.set', { itemId, like: false }),

    revokeInvitation: (code) => send('invitations.revoke', { code }),
    setRole: (memberId, role) => send('members.role', { memberId, role }),
    describeMe: (patch) => send('members.describe', { ...patch }),
    removeMember: (memberId, options) =>
      send('members.remove', { memberId, ...(options?.ban ? { ban: true } : {}) }),
    leave: () => send('members.leave', {}),

    savePlace: (place) => send('places.save', { ...place, placeId: target.newId() }),
    updatePlace: (placeId, patch) => send('places.update', { ...patch, placeId }),
    removePlace: (placeId) => send('places.remove', { placeId }),
    send: (text) => send('messages.send', { messageId: target.newId(), text }),
  };
}

function notYet(): JamzError {
  return new JamzError(
    'unavailable',
    'This group is not known on this device yet. Connect once first.',
  );
}
