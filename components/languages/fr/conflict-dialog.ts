import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['conflict-dialog'] = {
  words: {
    badge: (questions) =>
      count(questions, { one: '{} question pour toi', other: '{} questions pour toi' }),
    title: 'Lequel garder ?',
    intro: 'Tu as modifié ton profil à deux endroits presque en même temps.',
    yours: 'Le tien',
    theirs: 'L’autre',
    thisDevice: 'Cet appareil',
    otherDevice: 'Un autre appareil',
    field: { name: 'Nom', photoFileId: 'Photo', aiOptIn: 'Assistant' },
    photo: 'Une photo',
    noPhoto: 'Pas de photo',
    on: 'Activé',
    off: 'Désactivé',
    noName: 'Pas de nom',
    result: 'Résultat',
    editName: 'Nom à garder',
    allYours: 'Le tien',
    allTheirs: 'L’autre',
    applyToAll: 'Appliquer à tout',
    keepMine: 'Garder le mien',
    keepTheirs: 'Garder l’autre',
    combine: 'Garder le résultat',
    later: 'Décider plus tard',
    kept: 'Ton choix est gardé.',
    someElsewhere: 'Une partie a reçu sa réponse sur un autre appareil.',
    elsewhereTitle: 'Réponse donnée sur un autre appareil',
    elsewhereText: 'Il n’y a plus rien à décider ici.',
    goneTitle: 'Cette question n’existe plus',
    goneText: 'Tu es déconnecté, ou le profil a été supprimé.',
  },
};
