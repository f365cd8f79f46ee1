import type { Hlc } from '../clock/hlc.ts';
import { listIn, Row, rowsIn } from './columns.ts';
import { decodeMembers, encodeMembers } from './snapshot-members.ts';
import { decodePlaylist, encodePlaylist } from './snapshot-playlist.ts';
import { mapFrom } from './sorted-map.ts';
import type { GroupState, InfoState, PlaybackState, Reaction, SessionState } from './states.ts';

/** `[info, present, former, invitations, playlist, playback, session, places, messages, reactions, plays]`. */
export function encodeGroup(state: GroupState): unknown {
  return [
    infoRow(state.info),
    ...encodeMembers(state.members),
    state.invitations
      .toArray()
      .map((i) => [
        i.code,
        i.createdBy,
        i.createdAtMs,
        i.expiresAtMs,
        i.usesLeft,
        flag(i.revoked),
        i.seq,
      ]),
    encodePlaylist(state.playlist),
    playbackRow(state.playback),
    sessionRow(state.session),
    state.places
      .toArray()
      .map((p) => [p.placeId, p.name, p.lat, p.lng, p.savedBy, flag(p.removed), pairs(p.stamps)]),
    state.messages
      .toArray()
      .map((m) => [
        m.messageId,
        m.authorId,
        m.text,
        m.sentAtMs,
        m.editedAtMs,
        m.seq,
        m.stamp,
        flag(m.hidden),
      ]),
    [...state.reactions].map(([key, r]) => [
      key,
      flag(r.like),
      flag(r.skip),
      r.rating,
      pairs(r.stamps),
    ]),
    state.plays.map((p) => [p.itemId, p.title, p.chosenBy, p.startedAtMs, p.endedAtMs]),
  ];
}

/** @throws {JamzError} `invalid` where it is damaged */
export function decodeGroup(json: unknown): Omit<GroupState, 'applied'> {
  const [info, present, former, invitations, playlist, playback, session, ...rest] = listIn(json);
  const [places, messages, reactions, plays] = rest;
  return {
    kind: 'group',
    info: infoIn(new Row(info)),
    members: decodeMembers(present, former),
    invitations: mapFrom(
      rowsIn(invitations).map((row) => [
        row.text(0),
        {
          code: row.text(0),
          createdBy: row.text(1),
          createdAtMs: row.number(2),
          expiresAtMs: row.numberOrNull(3),
          usesLeft: row.numberOrNull(4),
          revoked: row.flag(5),
          seq: row.number(6),
        },
      ]),
    ),
    playlist: decodePlaylist(playlist),
    playback: playbackIn(new Row(playback)),
    session: sessionIn(new Row(session)),
    places: mapFrom(
      rowsIn(places).map((row) => [
        row.text(0),
        {
          placeId: row.text(0),
          name: row.text(1),
          lat: row.number(2),
          lng: row.number(3),
          savedBy: row.text(4),
          removed: row.flag(5),
          stamps: stampsIn(row.rows(6)),
        },
      ]),
    ),
    messages: mapFrom(
      rowsIn(messages).map((row) => [
        row.text(0),
        {
          messageId: row.text(0),
          authorId: row.text(1),
          text: row.text(2),
          sentAtMs: row.number(3),
          editedAtMs: row.numberOrNull(4),
          seq: row.number(5),
          stamp: row.text(6) as Hlc,
          hidden: row.flag(7),
        },
      ]),
    ),
    reactions: mapFrom(rowsIn(reactions).map((row) => [row.text(0), reactionIn(row)])),
    plays: rowsIn(plays).map((row) => ({
      itemId: row.text(0),
      title: row.text(1),
      chosenBy: row.textOrNull(2),
      startedAtMs: row.number(3),
      endedAtMs: row.number(4),
    })),
  };
}

function infoRow({ info, stamps }: InfoState): unknown {
  const { join, add, control } = info.policies;
  const { name, photoFileId, createdAtMs, deleted } = info;
  return [name, photoFileId, join, add, control, createdAtMs, flag(deleted), pairs(stamps)];
}

function infoIn(row: Row): InfoState {
  return {
    info: {
      name: row.text(0),
      photoFileId: row.textOrNull(1),
      policies: {
        join: row.oneOf(2, ['open', 'invited']),
        add: row.oneOf(3, ['everyone', 'owners']),
        control: row.oneOf(4, ['everyone', 'owners', 'chosen']),
      },
      createdAtMs: row.number(5),
      deleted: row.flag(6),
    },
    stamps: stampsIn(row.rows(7)),
  };
}

function playbackRow({ record, ...rest }: PlaybackState): unknown {
  const { itemId, positionMs, atServerMs, playing, rate, by } = record;
  return [
    [itemId, positionMs, atServerMs, flag(playing), rate, by, rest.recordStamp],
    [rest.repeat, rest.repeatStamp],
    [flag(rest.shuffle), rest.shuffleSeed, rest.shuffleFirst, rest.shuffleStamp],
  ];
}

function playbackIn(row: Row): PlaybackState {
  const record = row.row(0);
  const repeat = row.row(1);
  const shuffle = row.row(2);
  return {
    record: {
      itemId: record.textOrNull(0),
      positionMs: record.number(1),
      atServerMs: record.number(2),
      playing: record.flag(3),
      rate: record.number(4),
      by: record.textOrNull(5),
    },
    recordStamp: record.text(6) as Hlc,
    repeat: repeat.oneOf(0, ['off', 'one', 'all']),
    repeatStamp: repeat.text(1) as Hlc,
    shuffle: shuffle.flag(0),
    shuffleSeed: shuffle.number(1),
    shuffleFirst: shuffle.textOrNull(2),
    shuffleStamp: shuffle.text(3) as Hlc,
  };
}

function sessionRow({ running, planned, endedSessionId }: SessionState): unknown {
  return [
    running && [running.sessionId, running.startedBy, running.startedAtMs, running.members],
    planned && [planned.sessionId, planned.plannedBy, planned.atMs],
    endedSessionId,
  ];
}

function sessionIn(row: Row): SessionState {
  const running = row.rowOrNull(0);
  const planned = row.rowOrNull(1);
  return {
    running: running && {
      sessionId: running.text(0),
      startedBy: running.text(1),
      startedAtMs: running.number(2),
      members: running.texts(3),
    },
    planned: planned && {
      sessionId: planned.text(0),
      plannedBy: planned.text(1),
      atMs: planned.number(2),
    },
    endedSessionId: row.textOrNull(2),
  };
}

function reactionIn(row: Row): Reaction {
  return {
    like: row.flag(1),
    skip: row.flag(2),
    rating: row.numberOrNull(3),
    stamps: stampsIn(row.rows(4)),
  };
}

/** Sorted, so that equal records give equal text. */
function pairs(stamps: Readonly<Record<string, Hlc>>): unknown {
  return Object.entries(stamps).sort(([a], [b]) => (a < b ? -1 : 1));
}

function stampsIn(rows: readonly Row[]): Readonly<Record<string, Hlc>> {
  return Object.fromEntries(rows.map((row) => [row.text(0), row.text(1) as Hlc]));
}

function flag(on: boolean): 0 | 1 {
  return on ? 1 : 0;
}
