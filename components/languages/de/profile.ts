import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['profile'] = {
  words: {
    title: 'Profil',
    guest: 'Als Gast hier',
    photo: 'Foto wählen',
    photoBusy: 'Foto wird gesendet',
    photoRemove: 'Foto entfernen',
    photoProblem: {
      unavailable: 'Für ein Foto braucht es das Netz. Versuche es, wenn du online bist.',
      'unsupported-type': 'Dieses Bild lässt sich nicht zeigen. Nimm JPEG, PNG oder WebP.',
      'too-large': 'Dieses Bild ist zu groß. Nimm eins mit höchstens 12 MB.',
      'quota-exceeded': 'Auf dieser Website ist kein Platz für weitere Dateien von dir.',
      'rate-limited': 'Das waren viele Bilder. Versuche es in einer Weile wieder.',
    },
    name: 'Dein Name',
    nameHint: 'So sehen ihn die anderen.',
    nameMissing: 'Gib den Namen ein, den die anderen sehen sollen.',
    save: 'Speichern',
    saved: 'Gespeichert',
    savedHere: 'Auf diesem Gerät gespeichert, gesendet wird, sobald es Netz gibt.',
    elsewhere: (name) =>
      `Seit du zu schreiben begannst, heißt es „${name}“: auf einem anderen Gerät geändert.`,
    assistant: 'Assistent',
    assistantHint: 'Darf Musik, Nachrichten und Orte dieser Gruppe lesen, um dir zu antworten.',
    parts: {
      upgrade: 'Dieses Konto behalten',
      'sign-in': 'E-Mail und Passwort',
      push: 'Mitteilungen',
      devices: 'Angemeldete Geräte',
      history: 'Wo du warst',
      data: 'Deine Daten und dein Konto',
    },
    conflicts: (questions) =>
      count(questions, { one: '{} Frage an dich', other: '{} Fragen an dich' }),
    signOut: 'Abmelden',
    signOutGuest: 'Wer sich als Gast abmeldet, kann nicht als dieselbe Person zurückkommen.',
    signOutWaiting: (changes) =>
      count(changes, {
        one: '{} Änderung ist noch nicht gesendet. Sie wird es, wenn du dich hier wieder anmeldest.',
        other:
          '{} Änderungen sind noch nicht gesendet. Sie werden es, wenn du dich hier wieder anmeldest.',
      }),
    stay: 'Bleiben',
    signedOutText: 'Melde dich an, um dein Profil zu sehen.',
  },
  data: {
    takeAlong: 'Deine Daten mitnehmen',
    takeAlongText:
      'Alles, was über dich gespeichert ist: was du angegeben, gesagt, gewählt und hochgeladen hast.',
    asJson: 'Als JSON sichern',
    asCsv: 'Als CSV sichern',
    deleteTitle: 'Konto löschen',
    deleteText: 'Name, Foto, Nachrichten und Standorte verschwinden aus allen Gruppen, für immer.',
    deleteAsk:
      'Das lässt sich nicht zurücknehmen. Was du Playlists hinzugefügt hast, bleibt, ohne deinen Namen.',
    deleteFiles: 'Auch die Titel löschen, die ich hochgeladen habe',
    deletePassword: 'Dein Passwort',
    deleteYes: 'Für immer löschen',
    wrongPassword: 'Das Passwort stimmt nicht.',
    passwordMissing: 'Gib dein Passwort ein.',
    show: 'Passwort zeigen',
    hide: 'Passwort verbergen',
    busy: 'Einen Moment',
    cancel: 'Abbrechen',
  },
  devices: {
    thisDevice: 'Dieses Gerät',
    lastUsed: (when) => `Zuletzt benutzt ${when}`,
    signOutDevice: (name) => `${name} abmelden`,
    signOut: 'Abmelden',
    signedOutDevice: (name) => `${name} ist abgemeldet.`,
    signOutElsewhere: 'Überall sonst abmelden',
    elsewhereAsk: 'Alle Geräte außer diesem brauchen dann wieder dein Passwort.',
    signedOutElsewhere: 'Du bist nur noch auf diesem Gerät angemeldet.',
    onlyHere: 'Du bist sonst nirgends angemeldet.',
    cancel: 'Abbrechen',
  },
  history: {
    seenBy: 'Wer sieht, wo du warst',
    seenByMe: 'Nur ich',
    seenByGroup: 'Meine Gruppen',
    seenByMeText: 'Wo du jetzt bist, ist etwas anderes: Das teilst du auf der Karte.',
    seenByGroupText:
      'Jede Gruppe sieht, was du mit ihr geteilt hast, solange ihr beide dabei wart.',
    keep: 'Aufbewahren für',
    keepDays: (days) =>
      days === 0 ? 'Nichts aufbewahren' : count(days, { one: '{} Tag', other: '{} Tage' }),
    keepText: (days) =>
      count(days, {
        one: 'Diese Website bewahrt nichts länger als {} Tag auf.',
        other: 'Diese Website bewahrt nichts länger als {} Tage auf.',
      }),
    forget: 'Löschen, wo ich war',
    forgetAsk: 'Wo du warst, ist dann aus allen deinen Gruppen verschwunden, für immer.',
    forgetYes: 'Löschen',
    forgotten: 'Es ist gelöscht.',
    cancel: 'Abbrechen',
  },
  'sign-in': {
    email: 'Eine andere E-Mail-Adresse',
    emailText: (email) =>
      `Du meldest dich mit ${email} an. Das bleibt so, bis die neue Adresse bestätigt ist.`,
    emailNew: 'Neue E-Mail-Adresse',
    emailMissing: 'Gib eine E-Mail-Adresse ein, wie ana@example.org.',
    emailSame: 'Das ist schon deine Adresse.',
    emailTaken: 'Diese Adresse hat schon ein Konto. Nimm eine andere.',
    emailSubmit: 'Link zuschicken',
    emailDone: (email) =>
      `Eine E-Mail mit einem Link ist unterwegs an ${email}. Er gilt 24 Stunden.`,
    password: 'Ein anderes Passwort',
    passwordText: 'Alle anderen Geräte werden abgemeldet, und eine E-Mail sagt dir davon.',
    passwordNew: 'Neues Passwort',
    passwordHint: 'Mindestens 8 Zeichen. Ein paar Wörter hintereinander sind gut.',
    passwordShort: 'Nimm mindestens 8 Zeichen.',
    passwordGuessed: 'Das ist leicht zu erraten. Nimm ein paar Wörter hintereinander.',
    passwordSubmit: 'Passwort ändern',
    passwordDone: 'Dein Passwort ist geändert. Alle anderen Geräte sind abgemeldet.',
    current: 'Dein jetziges Passwort',
    currentMissing: 'Gib das Passwort ein, mit dem du dich jetzt anmeldest.',
    currentWrong: 'Das Passwort stimmt nicht.',
    show: 'Passwörter zeigen',
    hide: 'Passwörter verbergen',
    busy: 'Einen Moment',
  },
  push: {
    push: 'Mitteilungen in diesem Browser',
    pushText: 'Sie erscheinen, während diese Seite geschlossen ist.',
    pushUnsupported:
      'Diese Seite oder dieser Browser kann nichts mitteilen, während die Seite geschlossen ist.',
    pushInstall:
      'Auf diesem Gerät gibt es Mitteilungen nur für Apps auf dem Home-Bildschirm. Tippe auf „Teilen“, dann auf „Zum Home-Bildschirm“, und öffne sie von dort.',
    pushDenied: 'Der Browser sperrt die Mitteilungen dieser Website.',
    pushDeniedHow:
      'Um sie zu erlauben, öffne die Website-Einstellungen neben der Adresse, stelle Benachrichtigungen auf Zulassen und lade diese Seite neu.',
    pushRefused: 'Es wurde nichts eingeschaltet: Der Browser hat deine Erlaubnis nicht.',
    pushUnreachable:
      'Der Mitteilungsdienst dieses Browsers oder der Server ist nicht erreichbar. Versuche es, wenn du online bist.',
    about: 'Sag mir Bescheid, wenn',
    kinds: {
      message: 'jemand schreibt',
      'session-started': 'die Musik beginnt',
      'session-planned': 'eine Session geplant wird',
      'member-joined': 'jemand dazukommt',
      'track-added': 'ein Titel hinzukommt',
      'place-saved': 'ein Ort gemerkt wird',
      'place-reached': 'jemand an einem Ort ankommt',
      'place-left': 'jemand einen Ort verlässt',
    },
    quiet: 'Ruhezeit',
    quietText: (zone) => `Dann erscheint nichts, nach der Uhr von ${zone}.`,
    from: 'Von',
    to: 'Bis',
  },
};
