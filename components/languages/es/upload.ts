import type { Tables } from '../tables.ts';

export const words: Tables['upload'] = {
  words: {
    upload: 'Subir',
    drop: 'Arrastra aquí archivos de audio',
    dropNow: 'Suelta para subir',
    choose: 'Elegir archivos',
    kinds: 'MP3, M4A, OGG, Opus, FLAC o WAV',
    files: 'Subidas',
    waiting: 'En espera',
    offline: 'Se sube cuando haya red',
    keepOpen:
      'Este dispositivo no ha podido guardar el archivo: deja la página abierta hasta que se suba.',
    sending: (sent, total) => `${sent} de ${total}`,
    paused: (sent, total) => `En pausa a ${sent} de ${total}`,
    processing: 'Leyendo la canción',
    done: 'Subido',
    added: 'En la lista',
    duplicate: 'Ya estaba; no se ha enviado dos veces',
    cancelled: 'Cancelado',
    pause: (name) => `Pausar ${name}`,
    resume: (name) => `Seguir con ${name}`,
    cancel: (name) => `Cancelar ${name}`,
    dismiss: (name) => `Quitar ${name} de esta lista`,
    retry: (name) => `Volver a intentar ${name}`,
    progress: (name) => `Subida de ${name}`,
    failed: {
      'unsupported-type':
        'No es un archivo de sonido que podamos reproducir. Elige MP3, M4A, OGG, FLAC o WAV.',
      'too-large': 'Demasiado grande. Elige un archivo más corto o más comprimido.',
      'quota-exceeded': 'El grupo no tiene más espacio. Quita canciones primero.',
      'storage-full': 'El servidor no tiene más espacio. Díselo a quien lo lleva.',
      forbidden: 'No puedes subir nada a este grupo.',
      gone: 'El archivo ya no está en este dispositivo. Elígelo otra vez.',
      unavailable: 'Sin conexión con el servidor. Inténtalo cuando tengas red.',
      internal: 'Algo ha fallado en el servidor. Inténtalo dentro de un momento.',
      'rate-limited': 'Han sido demasiadas veces en poco tiempo. Espera un momento.',
      invalid: 'El servidor no ha podido aceptar este archivo. Elige otro.',
    },
    readOnly: 'No puedes subir nada a este grupo',
  },
};
