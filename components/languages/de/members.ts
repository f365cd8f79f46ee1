import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['members'] = {
  words: {
    title: (members) => count(members, { one: '{} Mitglied', other: '{} Mitglieder' }),
    you: 'du',
    role: { owner: 'Leitung', moderator: 'Moderation', member: 'Mitglied' },
    roleOf: (name) => `Rolle von ${name}`,
    invite: 'Einladen',
    inviting: 'Einen Moment',
    onlyYou: 'Bisher nur du',
    onlyYouText: 'Schick allen einen Link, die mit dir unterwegs sind.',
    linkTitle: 'Einladungslink',
    linkText: 'Wer ihn öffnet, ist in der Gruppe dabei.',
    copy: 'Kopieren',
    copied: 'Kopiert',
    share: 'Senden',
    shareText: (group) => `Komm mit: ${group}`,
    more: (name) => `Mehr zu ${name}`,
    remove: 'Aus der Gruppe entfernen',
    ban: 'Entfernen und sperren',
    removeAsk: (name) => `${name} entfernen?`,
    removeText:
      'Wer entfernt ist, hört und sieht nichts mehr von der Gruppe. Eine neue Einladung öffnet sie wieder.',
    banAsk: (name) => `${name} sperren?`,
    banText:
      'Wer gesperrt ist, hört und sieht nichts mehr von der Gruppe, und keine Einladung öffnet sie wieder.',
    report: 'Melden',
    reportReason: (name) => `Was stimmt nicht mit ${name}?`,
    reportText: (name) => `Die Leute dieser Website lesen es. ${name} erfährt nichts davon.`,
    reportSend: 'Meldung senden',
    reasonMissing: 'Sag in ein paar Worten, was passiert ist.',
    reported: (name) =>
      `Danke. Die Leute dieser Website sehen es sich an, und ${name} erfährt nichts davon.`,
    leave: 'Gruppe verlassen',
    leaveAsk: 'Diese Gruppe verlassen?',
    leaveText: 'Zurück kommst du nur mit einer Einladung. Was du hinzugefügt hast, bleibt.',
    rename: 'Meinen Namen ändern',
    name: 'Dein Name',
    save: 'Speichern',
    offline: 'Für eine Einladung braucht es das Netz. Versuche es, wenn du online bist.',
    notAllowed: 'Nur die Leitung dieser Gruppe darf einladen.',
  },
};
