import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['trip'] = {
  words: {
    play: 'Fahrt abspielen',
    pause: 'Pause',
    speed: 'Tempo',
    times: (speed) => `${speed}×`,
    timeline: 'Zeit der Fahrt',
    timelineValue: (time, song) => (song ? `${time}, ${song}` : time),
    earlier: 'Zum Moment davor',
    later: 'Zum nächsten Moment',
    whom: 'Wem folgen',
    everybody: 'Alle',
    moments: 'Unterwegs',
    noMoments: 'Auf dieser Fahrt gab es weder Lied noch Nachricht.',
    song: 'Lied',
    message: 'Nachricht',
    like: 'Gefällt',
    liked: (name, title) => `${name} gefällt „${title}“`,
    somebody: 'Jemandem',
    noSignal: 'Kein Empfang',
    unseen: (people) =>
      count(people, {
        one: '{} Person war noch dabei und wird nicht gezeigt',
        other: '{} Personen waren noch dabei und werden nicht gezeigt',
      }),
    incomplete: 'Ein Teil des Wegs wurde nicht aufgezeichnet',
    thinned: (seconds) => `Ein Punkt alle ${seconds} s`,
    nothingTitle: 'Da wurde nichts aufgezeichnet',
    nothingText: 'In dieser Zeit hat niemand den Standort geteilt, und es lief keine Musik.',
    nobodyTitle: 'Noch wird niemand gezeigt',
    nobodyText: (people) =>
      count(people, {
        one: '{} Person war dabei und hat nicht zugestimmt, gezeigt zu werden.',
        other: '{} Personen waren dabei und haben nicht zugestimmt, gezeigt zu werden.',
      }),
    expiredTitle: 'Diese Fahrt wird nicht mehr geteilt',
    expiredText:
      'Der Link ist abgelaufen oder wurde beendet. Bitte um einen neuen, wer ihn geschickt hat.',
    offline: (time) => `Offline. Stand von ${time}.`,
    share: 'Diese Fahrt teilen',
    questions: (open) => count(open, { one: '{} Frage an dich', other: '{} Fragen an dich' }),
  },
  share: {
    title: 'Diese Fahrt teilen',
    text: 'Ein Link zeigt sie allen, die die Adresse haben, bis er abläuft. Alle, die dabei waren, werden gefragt: Nur wer zustimmt, ist zu sehen.',
    name: 'Titel',
    expiry: 'Der Link gilt',
    day: '1 Tag',
    week: '1 Woche',
    month: '30 Tage',
    make: 'Link erstellen',
    links: 'Links dieser Gruppe',
    linkTo: (title) => `Link zu ${title}`,
    sharedBy: (name) => `Geteilt von ${name}`,
    expires: (when) => `Läuft ${when} ab`,
    copy: 'Link kopieren',
    copied: 'Kopiert',
    mine: 'Darf dieser Link dich zeigen?',
    yes: 'Ja, zeig mich',
    no: 'Nein',
    you: 'dir',
    left: 'Jemand, der nicht mehr dabei ist',
    answers: { yes: 'Stimmt zu', no: 'Nicht dabei', 'none yet': 'Noch keine Antwort' },
    end: 'Link beenden',
  },
};
