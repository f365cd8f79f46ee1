import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('fr');

export const words: Tables['members'] = {
  words: {
    title: (members) => count(members, { one: '{} membre', other: '{} membres' }),
    you: 'toi',
    role: { owner: 'Responsable', moderator: 'Modération', member: 'Membre' },
    roleOf: (name) => `Rôle de ${name}`,
    invite: 'Inviter',
    inviting: 'Un instant',
    onlyYou: 'Toi seul pour l’instant',
    onlyYouText: 'Envoie un lien à celles et ceux qui voyagent avec toi.',
    linkTitle: 'Lien d’invitation',
    linkText: 'Qui l’ouvre rejoint le groupe.',
    copy: 'Copier',
    copied: 'Copié',
    share: 'Envoyer',
    shareText: (group) => `Rejoins ${group} en route`,
    more: (name) => `Plus sur ${name}`,
    remove: 'Retirer du groupe',
    ban: 'Retirer et bannir',
    removeAsk: (name) => `Retirer ${name} ?`,
    removeText:
      'Plus rien du groupe ne lui parviendra. Une nouvelle invitation lui permettra de revenir.',
    banAsk: (name) => `Bannir ${name} ?`,
    banText:
      'Plus rien du groupe ne lui parviendra, et aucune invitation ne lui permettra de revenir.',
    report: 'Signaler',
    reportReason: (name) => `Qu’est-ce qui ne va pas avec ${name} ?`,
    reportText: (name) => `Les gens de ce site le lisent. ${name} n’en saura rien.`,
    reportSend: 'Envoyer le signalement',
    reasonMissing: 'Dis en quelques mots ce qui s’est passé.',
    reported: (name) => `Merci. Les gens de ce site regardent cela, et ${name} n’en saura rien.`,
    leave: 'Quitter le groupe',
    leaveAsk: 'Quitter ce groupe ?',
    leaveText: 'Il te faudra une invitation pour revenir. Ce que tu as ajouté reste.',
    rename: 'Changer mon nom',
    name: 'Ton nom',
    save: 'Enregistrer',
    offline: 'Une invitation a besoin du réseau. Réessaie quand tu seras en ligne.',
    notAllowed: 'Seuls les responsables de ce groupe peuvent inviter.',
  },
};
