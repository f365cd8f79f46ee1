import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';
import { isolated } from './isolated.ts';

const count = counted('ar-u-nu-latn');

export const words: Tables['sync-indicator'] = {
  words: {
    synced: 'متزامن',
    syncing: 'جارٍ التزامن',
    offline: 'بلا اتصال',
    error: 'مشكلة في التزامن',
    connecting: 'جارٍ الاتصال',
    accuracy: (ms) => isolated(`±${ms} ms`),
    waiting: (changes) =>
      count(changes, {
        zero: 'لا تغييرات تنتظر',
        one: 'تغيير ينتظر',
        two: 'تغييران ينتظران',
        few: '{} تغييرات تنتظر',
        many: '{} تغييرًا ينتظر',
        other: '{} تغيير ينتظر',
      }),
    retryIn: (seconds) => `المحاولة التالية بعد ${seconds} ث`,
    conflicts: (questions) =>
      count(questions, {
        zero: 'لا أسئلة لك',
        one: 'سؤال لك',
        two: 'سؤالان لك',
        few: '{} أسئلة لك',
        many: '{} سؤالًا لك',
        other: '{} سؤال لك',
      }),
    setAsideTitle: (changes) =>
      count(changes, {
        zero: 'لا تغييرات جانبًا',
        one: 'تغيير وُضع جانبًا',
        two: 'تغييران وُضعا جانبًا',
        few: '{} تغييرات وُضعت جانبًا',
        many: '{} تغييرًا وُضع جانبًا',
        other: '{} تغيير وُضع جانبًا',
      }),
    overtaken: (changes) => count(changes, overtaken),
  },
  panel: {
    inSeconds: (seconds) => `بعد ${seconds} ث`,
    lastSynced: 'آخر تزامن',
    never: 'ليس بعد',
    justNow: 'الآن',
    ago: (figure) => `قبل ${figure}`,
    seconds: (seconds) => `${seconds} ث`,
    minutes: (minutes) => `${minutes} د`,
    hours: (hours) => `${hours} س`,
    waitingTitle: 'بانتظار الإرسال',
    nothing: 'لا شيء',
    nextTry: 'المحاولة التالية',
    roundTrip: 'ذهابًا وإيابًا',
    clock: 'هذه الساعة',
    ms: (ms) => isolated(`${ms} ms`),
    ahead: (figure) => `متقدمة ${figure}`,
    behind: (figure) => `متأخرة ${figure}`,
    unknown: 'لم تُقس بعد',
    syncNow: 'زامِن الآن',
    retry: 'حاول مجددًا',
    discard: 'تجاهل',
    paused: (uploads) =>
      count(uploads, {
        one: 'هناك رفع متوقف مؤقتًا. التغيير الذي يحتاج إليه ينتظره.',
        two: 'هناك رفعان متوقفان مؤقتًا. التغييرات التي تحتاج إليهما تنتظرهما.',
        few: 'هناك {} عمليات رفع متوقفة مؤقتًا. التغييرات التي تحتاج إليها تنتظرها.',
        many: 'هناك {} عملية رفع متوقفة مؤقتًا. التغييرات التي تحتاج إليها تنتظرها.',
        other: 'هناك {} عملية رفع متوقفة مؤقتًا. التغييرات التي تحتاج إليها تنتظرها.',
      }),
    resume: 'متابعة الرفع',
    memory: 'محفوظ في الذاكرة فقط: إغلاق هذه الصفحة يُفقد ما ينتظر.',
    storage: 'لا يحتفظ هذا المتصفح بكل شيء عند إغلاق الصفحة.',
    did: (opType, what) => done[opType]?.(isolated(what)) ?? `تغيير (${isolated(opType)})`,
  },
  notices: {
    title: (changes) => count(changes, overtaken),
    somebody: 'أحدهم',
    changedBy: (who, what) => `غيّر ${isolated(who)} «${isolated(what)}» في الوقت نفسه`,
    removedBy: (who, what) => `أزال ${isolated(who)} «${isolated(what)}» وأنت تغيّره`,
    yours: (field, mine) => `${field}: كان عندك ${isolated(mine)}`,
    yoursAndTheirs: (field, mine, theirs) =>
      `${field}: الآن ${isolated(theirs)}، وكان عندك ${isolated(mine)}`,
    empty: 'فارغ',
    quoted: (value) => `«${isolated(value)}»`,
    putBack: 'إعادة ما عندي',
    dismiss: 'إخفاء',
    fields: {
      name: 'الاسم',
      lat: 'الموقع',
      photoFileId: 'الصورة',
      role: 'الدور',
      'policies.join': 'من يحق له الانضمام',
      'policies.add': 'من يحق له إضافة الموسيقى',
      'policies.control': 'من يحق له التحكّم بالموسيقى',
    },
    values: {
      open: 'أي شخص',
      invited: 'بدعوة',
      everyone: 'الجميع',
      owners: 'المالكون فقط',
      chosen: 'أعضاء مختارون',
      owner: 'مالك',
      moderator: 'مشرف',
      member: 'عضو',
    },
  },
};

const overtaken = {
  zero: 'لا تغييرات مسبوقة',
  one: 'تغيير سبقه غيره',
  two: 'تغييران سبقهما غيرهما',
  few: '{} تغييرات سبقها غيرها',
  many: '{} تغييرًا سبقها غيرها',
  other: '{} تغيير سبقها غيرها',
};

const done: Readonly<Partial<Record<string, (what: string) => string>>> = {
  'playlist.add': (what) => `إضافة «${what}»`,
  'playlist.remove': () => 'إزالة مقطع',
  'playlist.move': () => 'نقل مقطع',
  'playback.set': () => 'التحكّم بالموسيقى',
  'messages.send': (what) => `إرسال «${what}»`,
  'messages.edit': (what) => `تعديل «${what}»`,
  'places.save': (what) => `حفظ المكان «${what}»`,
  'places.update': () => 'تغيير مكان',
  'places.remove': () => 'إزالة مكان',
  'group.update': () => 'تغيير المجموعة',
  'group.delete': () => 'حذف المجموعة',
  'members.leave': () => 'مغادرة المجموعة',
  'members.remove': () => 'إزالة عضو',
  'members.role': () => 'تغيير دور',
  'members.describe': () => 'تغيير اسمك هنا',
  'reactions.set': () => 'تقييم مقطع',
  'invitations.create': () => 'الدعوة',
  'invitations.revoke': () => 'سحب دعوة',
  'profile.update': () => 'تغيير ملفك الشخصي',
};
