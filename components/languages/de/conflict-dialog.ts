import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['conflict-dialog'] = {
  words: {
    badge: (questions) => count(questions, { one: '{} Frage an dich', other: '{} Fragen an dich' }),
    title: 'Was soll bleiben?',
    intro: 'Du hast dein Profil an zwei Orten fast zur gleichen Zeit geändert.',
    yours: 'Deins',
    theirs: 'Das andere',
    thisDevice: 'Dieses Gerät',
    otherDevice: 'Ein anderes Gerät',
    field: { name: 'Name', photoFileId: 'Foto', aiOptIn: 'Assistent' },
    photo: 'Ein Foto',
    noPhoto: 'Kein Foto',
    on: 'An',
    off: 'Aus',
    noName: 'Kein Name',
    result: 'Ergebnis',
    editName: 'Name, der bleibt',
    allYours: 'Deins',
    allTheirs: 'Das andere',
    applyToAll: 'Für alle',
    keepMine: 'Meins behalten',
    keepTheirs: 'Das andere behalten',
    combine: 'Ergebnis behalten',
    later: 'Später entscheiden',
    kept: 'Deine Wahl steht.',
    someElsewhere: 'Ein Teil davon wurde auf einem anderen Gerät beantwortet.',
    elsewhereTitle: 'Auf einem anderen Gerät beantwortet',
    elsewhereText: 'Hier gibt es nichts mehr zu entscheiden.',
    goneTitle: 'Diese Frage gibt es nicht mehr',
    goneText: 'Du bist abgemeldet, oder das Profil wurde gelöscht.',
  },
};
