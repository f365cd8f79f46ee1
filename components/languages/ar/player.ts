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

export const words: Tables['player'] = {
  words: {
    player: 'المشغّل',
    play: 'تشغيل',
    pause: 'إيقاف مؤقت',
    playAgain: 'تشغيل من جديد',
    next: 'المقطع التالي',
    previous: 'المقطع السابق',
    seek: 'الموضع',
    seekValue: (position, duration) => `${position} من ${duration}`,
    like: (title, likes) =>
      likes === 0
        ? `أعجبني ${isolated(title)}`
        : `أعجبني ${isolated(title)}، نال إعجاب ${count(likes, people)}`,
    shuffle: 'ترتيب عشوائي',
    repeat: { off: 'التكرار: متوقف', all: 'التكرار: كل المقاطع', one: 'التكرار: هذا المقطع' },
    keys: 'اختصارات لوحة المفاتيح',
    tapToListen: 'المس للاستماع',
    audioMissing: 'لا يمكن تشغيل هذا المقطع هنا.',
    nowPlaying: (title, artist) =>
      artist
        ? `يُشغَّل الآن ${isolated(title)} لـ ${isolated(artist)}`
        : `يُشغَّل الآن ${isolated(title)}`,
    byYou: 'أنت المتحكّم',
    by: (name) => `المتحكّم: ${isolated(name)}`,
    upNext: 'التالي',
    ended: 'انتهت قائمة التشغيل',
    readOnly: 'أنت تستمع، وغيرك يتحكّم',
    why: 'تحقّق من الاتصال أو انتقل إلى المقطع التالي.',
    readyTitle: 'جاهزون متى شئت',
    readyText: (tracks) =>
      count(tracks, {
        zero: 'لا مقاطع في القائمة',
        one: 'مقطع واحد في القائمة',
        two: 'مقطعان في القائمة',
        few: '{} مقاطع في القائمة',
        many: '{} مقطعًا في القائمة',
        other: '{} مقطع في القائمة',
      }),
  },
  empty: {
    title: 'لا شيء للتشغيل بعد',
    text: 'أضف المقطع الأول ليسمعه كل من في المجموعة.',
    addTrack: 'إضافة مقطع',
  },
  keys: {
    toggle: 'تشغيل أو إيقاف مؤقت',
    step: 'رجوع أو تقديم 5 ثوانٍ',
    jump: 'رجوع أو تقديم 10 ثوانٍ',
    volume: 'رفع الصوت أو خفضه',
    mute: 'كتم صوت هذا الجهاز أو إعادته',
    help: 'إظهار هذه الاختصارات',
  },
  volume: {
    volume: 'الصوت على هذا الجهاز',
    mute: 'كتم صوت هذا الجهاز',
    unmute: 'إعادة صوت هذا الجهاز',
  },
};
