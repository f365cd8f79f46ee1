import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['sync-indicator'] = {
  words: {
    synced: 'Synchron',
    syncing: 'Synchronisiert',
    offline: 'Offline',
    error: 'Sync-Problem',
    connecting: 'Verbindet',
    accuracy: (ms) => `±${ms} ms`,
    waiting: (changes) =>
      count(changes, { one: '{} Änderung wartet', other: '{} Änderungen warten' }),
    retryIn: (seconds) => `nächster Versuch in ${seconds} s`,
    conflicts: (questions) =>
      count(questions, { one: '{} Frage an dich', other: '{} Fragen an dich' }),
    setAsideTitle: (changes) =>
      count(changes, { one: '{} Änderung zurückgestellt', other: '{} Änderungen zurückgestellt' }),
    overtaken: (changes) =>
      count(changes, { one: '{} Änderung überholt', other: '{} Änderungen überholt' }),
  },
  panel: {
    inSeconds: (seconds) => `In ${seconds} s`,
    lastSynced: 'Zuletzt synchron',
    never: 'Noch nicht',
    justNow: 'Gerade eben',
    ago: (figure) => `vor ${figure}`,
    seconds: (seconds) => `${seconds} s`,
    minutes: (minutes) => `${minutes} min`,
    hours: (hours) => `${hours} h`,
    waitingTitle: 'Wartet auf das Senden',
    nothing: 'Nichts',
    nextTry: 'Nächster Versuch',
    roundTrip: 'Hin und zurück',
    clock: 'Die Uhr hier',
    ms: (ms) => `${ms} ms`,
    ahead: (figure) => `geht ${figure} vor`,
    behind: (figure) => `geht ${figure} nach`,
    unknown: 'Noch nicht gemessen',
    syncNow: 'Jetzt synchronisieren',
    retry: 'Noch einmal',
    discard: 'Verwerfen',
    paused: (uploads) =>
      count(uploads, {
        one: '{} Upload ist angehalten. Die Änderung, die ihn braucht, wartet darauf.',
        other: '{} Uploads sind angehalten. Die Änderungen, die sie brauchen, warten darauf.',
      }),
    resume: 'Weiter hochladen',
    memory: 'Nur im Arbeitsspeicher: Wer diese Seite schließt, verliert, was wartet.',
    storage: 'Dieser Browser bewahrt nicht alles auf, wenn die Seite geschlossen wird.',
    did: (opType, what) => done[opType]?.(what) ?? `Änderung (${opType})`,
  },
  notices: {
    title: (changes) =>
      count(changes, { one: '{} Änderung überholt', other: '{} Änderungen überholt' }),
    somebody: 'Jemand',
    changedBy: (who, what) => `${who} hat „${what}“ zur gleichen Zeit geändert wie du`,
    removedBy: (who, what) => `${who} hat „${what}“ entfernt, während du es geändert hast`,
    yours: (field, mine) => `${field}: deins war ${mine}`,
    yoursAndTheirs: (field, mine, theirs) => `${field}: jetzt ${theirs}, deins war ${mine}`,
    empty: 'leer',
    quoted: (value) => `„${value}“`,
    putBack: 'Meins wiederherstellen',
    dismiss: 'Ausblenden',
    fields: {
      name: 'Name',
      lat: 'Standort',
      photoFileId: 'Foto',
      role: 'Rolle',
      'policies.join': 'Wer dazukommen darf',
      'policies.add': 'Wer Musik hinzufügen darf',
      'policies.control': 'Wer die Musik steuern darf',
    },
    values: {
      open: 'alle',
      invited: 'mit Einladung',
      everyone: 'alle',
      owners: 'nur die Leitung',
      chosen: 'ausgewählte Mitglieder',
      owner: 'Leitung',
      moderator: 'Moderation',
      member: 'Mitglied',
    },
  },
};

const done: Readonly<Partial<Record<string, (what: string) => string>>> = {
  'playlist.add': (what) => `„${what}“ hinzufügen`,
  'playlist.remove': () => 'einen Titel entfernen',
  'playlist.move': () => 'einen Titel verschieben',
  'playback.set': () => 'die Musik steuern',
  'messages.send': (what) => `„${what}“ senden`,
  'messages.edit': (what) => `„${what}“ ändern`,
  'places.save': (what) => `den Ort „${what}“ merken`,
  'places.update': () => 'einen Ort ändern',
  'places.remove': () => 'einen Ort entfernen',
  'group.update': () => 'die Gruppe ändern',
  'group.delete': () => 'die Gruppe löschen',
  'members.leave': () => 'die Gruppe verlassen',
  'members.remove': () => 'ein Mitglied entfernen',
  'members.role': () => 'eine Rolle ändern',
  'members.describe': () => 'deinen Namen hier ändern',
  'reactions.set': () => 'einen Titel bewerten',
  'invitations.create': () => 'einladen',
  'invitations.revoke': () => 'eine Einladung zurückziehen',
  'profile.update': () => 'dein Profil ändern',
};
