import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['profile'] = {
  words: {
    title: 'Profil',
    guest: 'Ici en invité',
    photo: 'Choisir une photo',
    photoBusy: 'Envoi de la photo',
    photoRemove: 'Retirer la photo',
    photoProblem: {
      unavailable: 'Une photo a besoin du réseau. Réessaie quand tu seras en ligne.',
      'unsupported-type': 'Cette image ne peut pas être affichée. Prends un JPEG, PNG ou WebP.',
      'too-large': 'Cette image est trop grosse. Prends-en une de 12 Mo au plus.',
      'quota-exceeded': 'Il n’y a plus de place pour tes fichiers sur ce site.',
      'rate-limited': 'Cela fait beaucoup d’images. Réessaie dans un moment.',
    },
    name: 'Ton nom',
    nameHint: 'Comme les autres le voient.',
    nameMissing: 'Saisis le nom que les autres doivent voir.',
    save: 'Enregistrer',
    saved: 'Enregistré',
    savedHere: 'Enregistré sur cet appareil, envoyé dès qu’il y aura du réseau.',
    elsewhere: (name) =>
      `C’est maintenant « ${name} » : modifié sur un autre appareil pendant que tu écrivais.`,
    assistant: 'Assistant',
    assistantHint: 'Peut lire la musique, les messages et les lieux de ce groupe pour te répondre.',
    parts: {
      upgrade: 'Garder ce compte',
      push: 'Notifications',
      devices: 'Appareils connectés',
      history: 'Où tu étais',
      data: 'Tes données et ton compte',
    },
    conflicts: (questions) =>
      count(questions, { one: '{} question pour toi', other: '{} questions pour toi' }),
    signOut: 'Se déconnecter',
    signOutGuest: 'Un invité qui se déconnecte ne peut pas revenir comme la même personne.',
    signOutWaiting: (changes) =>
      count(changes, {
        one: '{} modification n’est pas encore envoyée. Elle le sera quand tu te reconnecteras ici.',
        other:
          '{} modifications ne sont pas encore envoyées. Elles le seront quand tu te reconnecteras ici.',
      }),
    stay: 'Rester',
    signedOutText: 'Connecte-toi pour voir ton profil.',
  },
  data: {
    takeAlong: 'Emporter tes données',
    takeAlongText: 'Tout ce qui est gardé de toi : ce que tu as donné, dit, choisi et envoyé.',
    asJson: 'Enregistrer en JSON',
    asCsv: 'Enregistrer en CSV',
    deleteTitle: 'Supprimer le compte',
    deleteText:
      'Ton nom, ta photo, tes messages et tes positions disparaissent de tous les groupes, pour de bon.',
    deleteAsk: 'C’est irréversible. Ce que tu as ajouté aux playlists reste, sans ton nom.',
    deleteFiles: 'Supprimer aussi les titres que j’ai envoyés',
    deletePassword: 'Ton mot de passe',
    deleteYes: 'Supprimer pour de bon',
    wrongPassword: 'Le mot de passe n’est pas correct.',
    passwordMissing: 'Saisis ton mot de passe.',
    show: 'Afficher le mot de passe',
    hide: 'Masquer le mot de passe',
    busy: 'Un instant',
    cancel: 'Annuler',
  },
  devices: {
    thisDevice: 'Cet appareil',
    lastUsed: (when) => `Dernière utilisation : ${when}`,
    signOutDevice: (name) => `Déconnecter ${name}`,
    signOut: 'Déconnecter',
    signedOutDevice: (name) => `${name} est déconnecté.`,
    signOutElsewhere: 'Déconnecter partout ailleurs',
    elsewhereAsk: 'Tous les appareils sauf celui-ci redemanderont ton mot de passe.',
    signedOutElsewhere: 'Tu n’es connecté que sur cet appareil.',
    onlyHere: 'Tu n’es connecté nulle part ailleurs.',
    cancel: 'Annuler',
  },
  history: {
    seenBy: 'Qui voit où tu étais',
    seenByMe: 'Moi seul',
    seenByGroup: 'Mes groupes',
    seenByMeText: 'Où tu es maintenant, c’est autre chose : cela se partage sur la carte.',
    seenByGroupText:
      'Chaque groupe voit ce que tu as partagé avec lui, pendant que vous y étiez ensemble.',
    keep: 'Garder pendant',
    keepDays: (days) =>
      days === 0 ? 'Ne rien garder' : count(days, { one: '{} jour', other: '{} jours' }),
    keepText: (days) =>
      count(days, {
        one: 'Ce site ne garde rien plus de {} jour.',
        other: 'Ce site ne garde rien plus de {} jours.',
      }),
    forget: 'Supprimer où j’étais',
    forgetAsk: 'Où tu étais disparaît alors de tous tes groupes, pour de bon.',
    forgetYes: 'Supprimer',
    forgotten: 'C’est supprimé.',
    cancel: 'Annuler',
  },
  push: {
    push: 'Notifications dans ce navigateur',
    pushText: 'Affichées pendant que cette page est fermée.',
    pushUnsupported: 'Cette page ou ce navigateur ne peut rien notifier quand la page est fermée.',
    pushInstall:
      'Sur cet appareil, seules les apps de l’écran d’accueil reçoivent des notifications. Touche « Partager », puis « Sur l’écran d’accueil », et ouvre-la de là.',
    pushDenied: 'Le navigateur bloque les notifications de ce site.',
    pushDeniedHow:
      'Pour les autoriser, ouvre les réglages du site à côté de l’adresse, mets Notifications sur Autoriser et recharge cette page.',
    pushRefused: 'Rien n’a été activé : le navigateur n’a pas ta permission.',
    pushUnreachable:
      'Le service de notifications de ce navigateur, ou le serveur, est injoignable. Réessaie quand tu seras en ligne.',
    about: 'Préviens-moi quand',
    kinds: {
      message: 'quelqu’un écrit',
      'session-started': 'la musique commence',
      'session-planned': 'une session est prévue',
      'member-joined': 'quelqu’un arrive',
      'track-added': 'un titre est ajouté',
      'place-saved': 'un lieu est enregistré',
      'place-reached': 'quelqu’un arrive à un lieu',
      'place-left': 'quelqu’un quitte un lieu',
    },
    quiet: 'Heures calmes',
    quietText: (zone) => `Rien ne s’affiche alors, à l’heure de ${zone}.`,
    from: 'De',
    to: 'À',
  },
};
