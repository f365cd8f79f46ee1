import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['playlist'] = {
  words: {
    playlist: 'Playlist',
    count: (tracks) => count(tracks, { one: '{} Titel', other: '{} Titel' }),
    like: (title, likes) =>
      likes === 0
        ? `${title} gefällt mir`
        : `${title} gefällt mir, bisher ${count(likes, { one: '{} Person', other: '{} Personen' })}`,
    remove: (title) => `${title} entfernen`,
    move: (title) => `${title} verschieben`,
    edit: 'Bearbeiten',
    done: 'Fertig',
    add: 'Hinzufügen',
    addAddress: 'Titel über seine Adresse hinzufügen',
    address: 'Adresse einer Audiodatei',
    addressHint: 'https://',
    addressWrong: 'Gib eine Adresse ein, die mit https:// oder http:// beginnt.',
    title: 'Name (wenn du magst)',
    emptyTitle: 'Noch keine Titel',
    emptyText: 'Hier erscheinen die Titel, die jemand aus der Gruppe hinzufügt.',
    removedOne: (title) => `„${title}“ entfernt`,
    removedMany: (tracks) =>
      count(tracks, { one: '{} Titel entfernt', other: '{} Titel entfernt' }),
    putBack: 'Zurückholen',
    moved: (title, place, of) => `${title}: Platz ${place} von ${of}`,
    added: (title) => `${title} hinzugefügt`,
    you: 'du',
    held: 'Nur hier, bis er hochgeladen ist',
    takenDown: 'Entfernt',
    rowHelp:
      'Pfeiltasten gehen durch die Titel, Alt mit Pfeiltasten verschiebt einen, Entf entfernt ihn.',
  },
};
