import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['playlist'] = {
  words: {
    playlist: 'Lista',
    count: (tracks) => count(tracks, { one: '{} canción', other: '{} canciones' }),
    like: (title, likes) =>
      likes === 0
        ? `Me gusta ${title}`
        : `Me gusta ${title}, como a ${count(likes, { one: '{} persona', other: '{} personas' })}`,
    remove: (title) => `Quitar ${title}`,
    move: (title) => `Mover ${title}`,
    edit: 'Editar',
    done: 'Listo',
    add: 'Añadir',
    addAddress: 'Añadir una canción por su dirección',
    address: 'Dirección de un archivo de audio',
    addressHint: 'https://',
    addressWrong: 'Escribe una dirección que empiece por https:// o http://.',
    title: 'Título (opcional)',
    emptyTitle: 'Aún no hay canciones',
    emptyText: 'Aquí aparecen las canciones que añade cualquiera del grupo.',
    removedOne: (title) => `Has quitado «${title}»`,
    removedMany: (tracks) =>
      count(tracks, { one: 'Has quitado {} canción', other: 'Has quitado {} canciones' }),
    putBack: 'Devolver',
    moved: (title, place, of) => `${title}: puesto ${place} de ${of}`,
    added: (title) => `Has añadido ${title}`,
    you: 'tú',
    held: 'Solo aquí hasta que se suba',
    takenDown: 'Retirada',
    rowHelp: 'Las flechas recorren las canciones, Alt con las flechas mueve una, Supr la quita.',
  },
};
