import type { Tables } from '../tables.ts';

export const words: Tables['upload'] = {
  words: {
    upload: 'Hochladen',
    drop: 'Audiodateien hierher ziehen',
    dropNow: 'Loslassen zum Hochladen',
    choose: 'Dateien wählen',
    kinds: 'MP3, M4A, OGG, Opus, FLAC oder WAV',
    files: 'Uploads',
    waiting: 'Wartet',
    offline: 'Wird hochgeladen, sobald es Netz gibt',
    keepOpen:
      'Dieses Gerät konnte die Datei nicht behalten: Lass die Seite offen, bis sie hochgeladen ist.',
    sending: (sent, total) => `${sent} von ${total}`,
    paused: (sent, total) => `Angehalten bei ${sent} von ${total}`,
    processing: 'Titel wird gelesen',
    done: 'Hochgeladen',
    added: 'In der Playlist',
    duplicate: 'War schon da; nichts doppelt gesendet',
    cancelled: 'Abgebrochen',
    pause: (name) => `${name} anhalten`,
    resume: (name) => `Mit ${name} weitermachen`,
    cancel: (name) => `${name} abbrechen`,
    dismiss: (name) => `${name} aus dieser Liste nehmen`,
    retry: (name) => `${name} noch einmal versuchen`,
    progress: (name) => `Upload von ${name}`,
    failed: {
      'unsupported-type':
        'Keine Audiodatei, die wir abspielen können. Nimm MP3, M4A, OGG, FLAC oder WAV.',
      'too-large': 'Zu groß. Nimm eine kürzere oder stärker komprimierte Datei.',
      'quota-exceeded': 'Der Platz der Gruppe ist aufgebraucht. Entferne zuerst Titel.',
      'storage-full': 'Auf dem Server ist kein Platz mehr. Sag es der Person, die ihn betreibt.',
      forbidden: 'In diese Gruppe darfst du nicht hochladen.',
      gone: 'Die Datei ist nicht mehr auf diesem Gerät. Wähle sie noch einmal.',
      unavailable: 'Keine Verbindung zum Server. Versuche es, wenn du online bist.',
      internal: 'Beim Server ist etwas schiefgegangen. Versuche es gleich noch einmal.',
      'rate-limited': 'Das war zu oft in kurzer Zeit. Warte ein wenig.',
      invalid: 'Diese Datei konnte der Server nicht annehmen. Nimm eine andere.',
    },
    readOnly: 'In diese Gruppe darfst du nicht hochladen',
  },
};
