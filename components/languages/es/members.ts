import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('es');

export const words: Tables['members'] = {
  words: {
    title: (members) => count(members, { one: '{} miembro', other: '{} miembros' }),
    you: 'tú',
    role: { owner: 'Dirección', moderator: 'Moderación', member: 'Miembro' },
    roleOf: (name) => `Papel de ${name}`,
    invite: 'Invitar',
    inviting: 'Un momento',
    onlyYou: 'De momento, solo tú',
    onlyYouText: 'Manda un enlace a quienes viajan contigo.',
    linkTitle: 'Enlace de invitación',
    linkText: 'Quien lo abre se une al grupo.',
    copy: 'Copiar',
    copied: 'Copiado',
    share: 'Enviar',
    shareText: (group) => `Ven con ${group}`,
    more: (name) => `Más sobre ${name}`,
    remove: 'Quitar del grupo',
    ban: 'Quitar y vetar',
    removeAsk: (name) => `¿Quitar a ${name}?`,
    removeText: 'No oirá ni verá nada más del grupo. Podrá volver con una nueva invitación.',
    banAsk: (name) => `¿Vetar a ${name}?`,
    banText: 'No oirá ni verá nada más del grupo, y ninguna invitación le dejará volver.',
    report: 'Denunciar',
    reportReason: (name) => `¿Qué pasa con ${name}?`,
    reportText: (name) => `Lo lee la gente de este sitio. ${name} no se entera.`,
    reportSend: 'Enviar la denuncia',
    reasonMissing: 'Cuenta en pocas palabras qué ha pasado.',
    reported: (name) => `Gracias. La gente de este sitio lo mirará, y ${name} no se entera.`,
    leave: 'Salir del grupo',
    leaveAsk: '¿Salir de este grupo?',
    leaveText: 'Para volver necesitas una invitación. Lo que has añadido se queda.',
    rename: 'Cambiar mi nombre',
    name: 'Tu nombre',
    save: 'Guardar',
    offline: 'Una invitación necesita la red. Inténtalo cuando tengas conexión.',
    notAllowed: 'Solo quienes dirigen este grupo pueden invitar.',
  },
};
