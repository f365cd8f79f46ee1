import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['messages'] = {
  words: {
    title: 'Nachrichten',
    you: 'Du',
    someone: 'Jemand, der gegangen ist',
    write: 'An die Gruppe schreiben',
    hint: 'Eingabe sendet, Umschalt und Eingabe beginnt eine Zeile.',
    send: 'Senden',
    emptyTitle: 'Noch keine Nachrichten',
    emptyText: 'Schreib, wo du bist oder was als Nächstes laufen soll.',
    readOnly: 'Du kannst hier mitlesen, aber nicht schreiben.',
    waiting: 'Wartet auf das Senden',
    sent: 'Gesendet',
    edited: 'bearbeitet',
    notSent: 'Nicht gesendet',
    discard: 'Verwerfen',
    newMessages: 'Neu',
    older: 'Ältere Nachrichten werden geladen',
    olderFailed: 'Für ältere braucht es das Netz.',
    latest: 'Neueste',
    unseen: (messages) =>
      count(messages, { one: '{} neue Nachricht', other: '{} neue Nachrichten' }),
    today: 'Heute',
    yesterday: 'Gestern',
  },
};
