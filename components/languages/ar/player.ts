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
    settings: 'الصوت على هذا الجهاز',
  },
  settings: {
    output: 'مكبّر الصوت',
    systemChoice: 'كما في النظام',
    choose: 'اختيار آخر…',
    latency: 'التأخير بالملّي ثانية',
    latencyHint:
      'كم يتأخر سماع هذا المكبّر عن غيره. يستغرق البلوتوث غالبًا من 100 إلى 300. ولكل مكبّر قيمته.',
    earlier: 'أقل بـ 5 ملّي ثانية',
    later: 'أكثر بـ 5 ملّي ثانية',
    measure: 'القياس بالميكروفون',
    measureHint: 'عشر نغمات في تسع ثوانٍ. ارفع الصوت وقرّب المكبّر وأوقف الموسيقى مؤقتًا.',
    measuring: 'يجري سماع النغمات…',
    cancel: 'إلغاء',
    measured: (ms, spread) => `يُسمع متأخرًا بـ ${ms} ملّي ثانية، ± ${spread}. هل تُستخدم هذه القيمة؟`,
    use: 'استخدامها',
    leave: 'تركها كما هي',
    used: 'حُفظت لهذا المكبّر.',
    awake: 'إبقاء الشاشة مضاءة أثناء التشغيل',
    failed: 'لم ينجح ذلك. حاول مرة أخرى.',
    why: {
      forbidden: 'هذا غير مسموح هنا. اسمح به لهذه الصفحة في إعدادات المتصفح ثم حاول مرة أخرى.',
      'not-found': 'لم يُعثر على أي منها. صِل واحدًا ثم حاول مرة أخرى.',
      unavailable: 'لم تُسمع النغمات بوضوح. ارفع الصوت واختر مكانًا هادئًا ثم حاول مرة أخرى.',
    },
  },
};
