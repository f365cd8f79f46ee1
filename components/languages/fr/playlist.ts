import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['playlist'] = {
  words: {
    playlist: 'Playlist',
    count: (tracks) => count(tracks, { one: '{} titre', other: '{} titres' }),
    like: (title, likes) =>
      likes === 0
        ? `J’aime ${title}`
        : `J’aime ${title}, aimé par ${count(likes, { one: '{} personne', other: '{} personnes' })}`,
    remove: (title) => `Retirer ${title}`,
    move: (title) => `Déplacer ${title}`,
    edit: 'Modifier',
    done: 'Terminé',
    add: 'Ajouter',
    addAddress: 'Ajouter un titre par son adresse',
    address: 'Adresse d’un fichier audio',
    addressHint: 'https://',
    addressWrong: 'Saisis une adresse qui commence par https:// ou http://.',
    title: 'Titre (facultatif)',
    emptyTitle: 'Pas encore de titres',
    emptyText: 'Les titres que chacun du groupe ajoute apparaissent ici.',
    removedOne: (title) => `« ${title} » retiré`,
    removedMany: (tracks) => count(tracks, { one: '{} titre retiré', other: '{} titres retirés' }),
    putBack: 'Remettre',
    moved: (title, place, of) => `${title} : place ${place} sur ${of}`,
    added: (title) => `${title} ajouté`,
    you: 'toi',
    held: 'Seulement ici jusqu’à l’envoi',
    takenDown: 'Retirée',
    rowHelp:
      'Les flèches parcourent les titres, Alt avec les flèches en déplace un, Suppr le retire.',
  },
};
