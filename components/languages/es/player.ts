import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['player'] = {
  words: {
    player: 'Reproductor',
    play: 'Reproducir',
    pause: 'Pausar',
    playAgain: 'Reproducir otra vez',
    next: 'Canción siguiente',
    previous: 'Canción anterior',
    seek: 'Posición',
    seekValue: (position, duration) => `${position} de ${duration}`,
    like: (title, likes) =>
      likes === 0
        ? `Me gusta ${title}`
        : `Me gusta ${title}, como a ${count(likes, { one: '{} persona', other: '{} personas' })}`,
    shuffle: 'Orden aleatorio',
    repeat: { off: 'Repetir: no', all: 'Repetir: toda la lista', one: 'Repetir: esta canción' },
    keys: 'Atajos de teclado',
    tapToListen: 'Toca para escuchar',
    audioMissing: 'Esta canción no se puede reproducir aquí.',
    nowPlaying: (title, artist) => (artist ? `Suena ${title}, de ${artist}` : `Suena ${title}`),
    byYou: 'Controlas tú',
    by: (name) => `Controla ${name}`,
    upNext: 'Después',
    ended: 'La lista ha terminado',
    readOnly: 'Tú escuchas, otros controlan',
    why: 'Comprueba la conexión o pasa a la siguiente.',
    readyTitle: 'Cuando quieras',
    readyText: (tracks) =>
      count(tracks, { one: '{} canción en la lista', other: '{} canciones en la lista' }),
  },
  empty: {
    title: 'Todavía no hay nada que reproducir',
    text: 'Añade la primera canción y la oirá todo el grupo.',
    addTrack: 'Añadir una canción',
  },
  keys: {
    toggle: 'Reproducir o pausar',
    step: 'Atrás o adelante 5 segundos',
    jump: 'Atrás o adelante 10 segundos',
    volume: 'Más o menos volumen',
    mute: 'Quitar o dar sonido a este dispositivo',
    help: 'Mostrar estos atajos',
  },
  volume: {
    volume: 'Volumen en este dispositivo',
    mute: 'Silenciar este dispositivo',
    unmute: 'Volver a dar sonido a este dispositivo',
  },
};
