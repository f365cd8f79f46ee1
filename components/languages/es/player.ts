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
    settings: 'Sonido en este dispositivo',
  },
  settings: {
    output: 'Altavoz',
    systemChoice: 'El del sistema',
    choose: 'Elegir otro…',
    latency: 'Retraso, en ms',
    latencyHint:
      'Cuánto más tarde que los demás se oye este altavoz. El Bluetooth suele tardar de 100 a 300. Cada altavoz guarda el suyo.',
    earlier: '5 ms menos',
    later: '5 ms más',
    measure: 'Medir con el micrófono',
    measureHint:
      'Diez pitidos, nueve segundos. Sube el volumen, acerca el altavoz y pausa la música.',
    measuring: 'Escuchando los pitidos…',
    cancel: 'Cancelar',
    measured: (ms, spread) => `Se oye ${ms} ms tarde, ± ${spread}. ¿Usarlo?`,
    use: 'Usarlo',
    leave: 'Dejarlo como está',
    used: 'Guardado para este altavoz.',
    awake: 'Mantener la pantalla encendida mientras suena',
    failed: 'No ha funcionado. Inténtalo de nuevo.',
    why: {
      forbidden:
        'Aquí no está permitido. Permíteselo a esta página en los ajustes del navegador e inténtalo de nuevo.',
      'not-found': 'No se ha encontrado ninguno. Conecta uno e inténtalo de nuevo.',
      unavailable:
        'Los pitidos no se oían bien. Sube el volumen, busca un lugar tranquilo e inténtalo de nuevo.',
    },
  },
};
