import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('de');

export const words: Tables['player'] = {
  words: {
    player: 'Player',
    play: 'Abspielen',
    pause: 'Pause',
    playAgain: 'Noch einmal abspielen',
    next: 'Nächster Titel',
    previous: 'Voriger Titel',
    seek: 'Position',
    seekValue: (position, duration) => `${position} von ${duration}`,
    like: (title, likes) =>
      likes === 0
        ? `${title} gefällt mir`
        : `${title} gefällt mir, bisher ${count(likes, { one: '{} Person', other: '{} Personen' })}`,
    shuffle: 'Zufällige Reihenfolge',
    repeat: {
      off: 'Wiederholen: aus',
      all: 'Wiederholen: alle Titel',
      one: 'Wiederholen: diesen Titel',
    },
    keys: 'Tastenkürzel',
    tapToListen: 'Tippe, um zu hören',
    audioMissing: 'Dieser Titel lässt sich hier nicht abspielen.',
    nowPlaying: (title, artist) =>
      artist ? `Es läuft ${title} von ${artist}` : `Es läuft ${title}`,
    byYou: 'Du steuerst',
    by: (name) => `${name} steuert`,
    upNext: 'Danach',
    ended: 'Die Playlist ist zu Ende',
    readOnly: 'Du hörst zu, andere steuern',
    why: 'Prüfe die Verbindung oder geh zum nächsten Titel.',
    readyTitle: 'Bereit, sobald du es bist',
    readyText: (tracks) =>
      count(tracks, { one: '{} Titel in der Playlist', other: '{} Titel in der Playlist' }),
  },
  empty: {
    title: 'Noch nichts zu spielen',
    text: 'Füge den ersten Titel hinzu, und alle in der Gruppe hören ihn.',
    addTrack: 'Titel hinzufügen',
  },
  keys: {
    toggle: 'Abspielen oder Pause',
    step: '5 Sekunden vor oder zurück',
    jump: '10 Sekunden vor oder zurück',
    volume: 'Lauter oder leiser',
    mute: 'Dieses Gerät stumm oder laut schalten',
    help: 'Diese Kürzel zeigen',
  },
  volume: {
    volume: 'Lautstärke auf diesem Gerät',
    mute: 'Dieses Gerät stumm schalten',
    unmute: 'Dieses Gerät wieder laut schalten',
    settings: 'Ton auf diesem Gerät',
  },
  settings: {
    output: 'Lautsprecher',
    systemChoice: 'Wie im System eingestellt',
    choose: 'Anderen wählen …',
    latency: 'Verzögerung in ms',
    latencyHint:
      'Um wie viel später als die anderen dieser Lautsprecher zu hören ist. Bluetooth braucht oft 100 bis 300. Jeder Lautsprecher behält seine eigene.',
    earlier: '5 ms weniger',
    later: '5 ms mehr',
    measure: 'Mit dem Mikrofon messen',
    measureHint:
      'Zehn Zirptöne, neun Sekunden. Dreh den Ton auf, halte den Lautsprecher in die Nähe und halte die Musik an.',
    measuring: 'Die Zirptöne werden gehört …',
    cancel: 'Abbrechen',
    measured: (ms, spread) => `Er ist ${ms} ms später zu hören, ± ${spread}. Übernehmen?`,
    use: 'Übernehmen',
    leave: 'Lassen, wie es ist',
    used: 'Für diesen Lautsprecher behalten.',
    awake: 'Bildschirm anlassen, solange es spielt',
    failed: 'Das hat nicht geklappt. Versuch es noch einmal.',
    why: {
      forbidden:
        'Das ist hier nicht erlaubt. Erlaube es dieser Seite in den Einstellungen des Browsers und versuch es noch einmal.',
      'not-found': 'Es wurde keins gefunden. Schließ eins an und versuch es noch einmal.',
      unavailable:
        'Die Zirptöne waren nicht sicher zu hören. Dreh den Ton auf, such einen ruhigen Ort und versuch es noch einmal.',
    },
  },
};
