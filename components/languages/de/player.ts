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
  },
};
