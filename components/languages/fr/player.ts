import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['player'] = {
  words: {
    player: 'Lecteur',
    play: 'Lire',
    pause: 'Mettre en pause',
    playAgain: 'Lire à nouveau',
    next: 'Titre suivant',
    previous: 'Titre précédent',
    seek: 'Position',
    seekValue: (position, duration) => `${position} sur ${duration}`,
    like: (title, likes) =>
      likes === 0
        ? `J’aime ${title}`
        : `J’aime ${title}, aimé par ${count(likes, { one: '{} personne', other: '{} personnes' })}`,
    shuffle: 'Lecture aléatoire',
    repeat: { off: 'Répéter : non', all: 'Répéter : tous les titres', one: 'Répéter : ce titre' },
    keys: 'Raccourcis clavier',
    tapToListen: 'Touche pour écouter',
    audioMissing: 'Ce titre ne peut pas être lu ici.',
    nowPlaying: (title, artist) =>
      artist ? `En lecture : ${title} de ${artist}` : `En lecture : ${title}`,
    byYou: 'C’est toi qui commandes',
    by: (name) => `C’est ${name} qui commande`,
    upNext: 'Ensuite',
    ended: 'La playlist est terminée',
    readOnly: 'Tu écoutes, d’autres commandent',
    why: 'Vérifie la connexion ou passe au titre suivant.',
    readyTitle: 'Prêt quand tu veux',
    readyText: (tracks) =>
      count(tracks, { one: '{} titre dans la playlist', other: '{} titres dans la playlist' }),
  },
  empty: {
    title: 'Encore rien à écouter',
    text: 'Ajoute le premier titre, et tout le groupe l’entend.',
    addTrack: 'Ajouter un titre',
  },
  keys: {
    toggle: 'Lire ou mettre en pause',
    step: 'Reculer ou avancer de 5 secondes',
    jump: 'Reculer ou avancer de 10 secondes',
    volume: 'Plus fort ou moins fort',
    mute: 'Couper ou remettre le son de cet appareil',
    help: 'Afficher ces raccourcis',
  },
  volume: {
    volume: 'Volume de cet appareil',
    mute: 'Couper le son de cet appareil',
    unmute: 'Remettre le son de cet appareil',
  },
};
