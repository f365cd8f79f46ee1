import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['messages'] = {
  words: {
    title: 'Messages',
    you: 'Toi',
    someone: 'Quelqu’un qui est parti',
    write: 'Écris au groupe',
    hint: 'Entrée envoie, Maj et Entrée commence une ligne.',
    send: 'Envoyer',
    emptyTitle: 'Pas encore de messages',
    emptyText: 'Dis où tu es, ou ce qu’il faut passer ensuite.',
    readOnly: 'Ici tu peux lire, pas écrire.',
    waiting: 'En attente d’envoi',
    sent: 'Envoyé',
    edited: 'modifié',
    notSent: 'Pas envoyé',
    discard: 'Abandonner',
    newMessages: 'Nouveau',
    older: 'Chargement des messages plus anciens',
    olderFailed: 'Les plus anciens ont besoin du réseau.',
    latest: 'Derniers',
    unseen: (messages) =>
      count(messages, { one: '{} nouveau message', other: '{} nouveaux messages' }),
    today: 'Aujourd’hui',
    yesterday: 'Hier',
  },
};
