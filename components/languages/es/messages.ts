import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['messages'] = {
  words: {
    title: 'Mensajes',
    you: 'Tú',
    someone: 'Alguien que ya no está',
    write: 'Escribe al grupo',
    hint: 'Intro envía, Mayús e Intro empieza una línea.',
    send: 'Enviar',
    emptyTitle: 'Aún no hay mensajes',
    emptyText: 'Di dónde estás o qué poner después.',
    readOnly: 'Aquí puedes leer, pero no escribir.',
    waiting: 'Esperando para enviarse',
    sent: 'Enviado',
    edited: 'editado',
    notSent: 'No enviado',
    discard: 'Descartar',
    newMessages: 'Nuevos',
    older: 'Cargando mensajes anteriores',
    olderFailed: 'Los anteriores necesitan la red.',
    latest: 'Últimos',
    unseen: (messages) => count(messages, { one: '{} mensaje nuevo', other: '{} mensajes nuevos' }),
    today: 'Hoy',
    yesterday: 'Ayer',
  },
};
