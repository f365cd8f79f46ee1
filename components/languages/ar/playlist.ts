import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';
import { isolated } from './isolated.ts';

const count = counted('ar-u-nu-latn');
const people = {
  one: 'شخص واحد',
  two: 'شخصين',
  few: '{} أشخاص',
  many: '{} شخصًا',
  other: '{} شخص',
};

export const words: Tables['playlist'] = {
  words: {
    playlist: 'قائمة التشغيل',
    count: (tracks) =>
      count(tracks, {
        zero: 'لا مقاطع',
        one: 'مقطع واحد',
        two: 'مقطعان',
        few: '{} مقاطع',
        many: '{} مقطعًا',
        other: '{} مقطع',
      }),
    like: (title, likes) =>
      likes === 0
        ? `أعجبني ${isolated(title)}`
        : `أعجبني ${isolated(title)}، نال إعجاب ${count(likes, people)}`,
    remove: (title) => `إزالة ${isolated(title)}`,
    move: (title) => `نقل ${isolated(title)}`,
    edit: 'تعديل',
    done: 'تم',
    add: 'إضافة',
    addAddress: 'إضافة مقطع بعنوانه',
    address: 'عنوان ملف صوتي',
    addressHint: isolated('https://'),
    addressWrong: `أدخل عنوانًا يبدأ بـ ${isolated('https://')} أو ${isolated('http://')}.`,
    title: 'العنوان (اختياري)',
    emptyTitle: 'لا مقاطع بعد',
    emptyText: 'تظهر هنا المقاطع التي يضيفها أي شخص في المجموعة.',
    removedOne: (title) => `أُزيل «${isolated(title)}»`,
    removedMany: (tracks) =>
      count(tracks, {
        zero: 'لم يُزل شيء',
        one: 'أُزيل مقطع واحد',
        two: 'أُزيل مقطعان',
        few: 'أُزيلت {} مقاطع',
        many: 'أُزيل {} مقطعًا',
        other: 'أُزيل {} مقطع',
      }),
    putBack: 'إعادة',
    moved: (title, place, of) => `${isolated(title)}: الموضع ${place} من ${of}`,
    added: (title) => `أُضيف ${isolated(title)}`,
    you: 'أنت',
    held: 'هنا فقط حتى يُرفع',
    takenDown: 'أُزيل',
    rowHelp: 'تتنقل الأسهم بين المقاطع، وAlt مع الأسهم ينقل مقطعًا، وDelete يزيله.',
  },
};
