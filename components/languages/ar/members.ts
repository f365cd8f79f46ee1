import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';
import { isolated } from './isolated.ts';

const count = counted('ar-u-nu-latn');

export const words: Tables['members'] = {
  words: {
    title: (members) =>
      count(members, {
        zero: 'لا أعضاء',
        one: 'عضو واحد',
        two: 'عضوان',
        few: '{} أعضاء',
        many: '{} عضوًا',
        other: '{} عضو',
      }),
    you: 'أنت',
    role: { owner: 'مالك', moderator: 'مشرف', member: 'عضو' },
    roleOf: (name) => `دور ${isolated(name)}`,
    invite: 'دعوة',
    inviting: 'لحظة',
    onlyYou: 'أنت وحدك حتى الآن',
    onlyYouText: 'أرسل رابطًا إلى من يسافر معك.',
    linkTitle: 'رابط الدعوة',
    linkText: 'من يفتحه ينضم إلى المجموعة.',
    copy: 'نسخ',
    copied: 'نُسخ',
    share: 'إرسال',
    shareText: (group) => `انضم إلى ${isolated(group)} على الطريق`,
    more: (name) => `المزيد عن ${isolated(name)}`,
    remove: 'إزالة من المجموعة',
    ban: 'إزالة وحظر',
    removeAsk: (name) => `إزالة ${isolated(name)}؟`,
    removeText: 'لن يصله شيء من المجموعة بعد ذلك. دعوة جديدة تعيده.',
    banAsk: (name) => `حظر ${isolated(name)}؟`,
    banText: 'لن يصله شيء من المجموعة بعد ذلك، ولا تعيده أي دعوة.',
    report: 'إبلاغ',
    reportReason: (name) => `ما المشكلة مع ${isolated(name)}؟`,
    reportText: (name) => `يقرؤه القائمون على هذا الموقع. لن يعلم ${isolated(name)} بذلك.`,
    reportSend: 'إرسال البلاغ',
    reasonMissing: 'قل في بضع كلمات ما الذي حدث.',
    reported: (name) =>
      `شكرًا لك. سينظر فيه القائمون على هذا الموقع، ولن يعلم ${isolated(name)} بذلك.`,
    leave: 'مغادرة المجموعة',
    leaveAsk: 'أتغادر هذه المجموعة؟',
    leaveText: 'تحتاج إلى دعوة لتعود. ما أضفته يبقى.',
    rename: 'تغيير اسمي',
    name: 'اسمك',
    save: 'حفظ',
    offline: 'الدعوة تحتاج إلى الشبكة. حاول عندما تكون متصلًا.',
    notAllowed: 'مالكو هذه المجموعة وحدهم يدعون إليها.',
  },
};
