import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';
import { isolated } from './isolated.ts';

const locale = 'ar-u-nu-latn';
const count = counted(locale);
const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const changes = {
  zero: 'لا تغييرات',
  one: 'تغيير واحد',
  two: 'تغييران',
  few: '{} تغييرات',
  many: '{} تغييرًا',
  other: '{} تغيير',
};

export const words: Tables['sync-inspector'] = {
  words: {
    title: 'فاحص التزامن',
    states: {
      SYNCED: 'متزامن',
      SYNCING: 'جارٍ التزامن',
      OFFLINE: 'بلا اتصال',
      ERROR: 'مشكلة',
    },
    leads: (term) => `هذا اللسان يقود، الدورة ${term}`,
    follows: 'يقود لسان آخر',
    nobody: 'سجّل الدخول لتنظر في الداخل.',
    failed: 'تعذّر تحميل الفاحص. يأتي مع الشبكة.',
    timeline: 'الحالات',
    lately: (seconds) => `آخر ${seconds} ث`,
    transitions: (times) =>
      count(times, {
        zero: 'لا تغيّر في الحالة',
        one: 'تغيّر واحد في الحالة',
        two: 'تغيّران في الحالة',
        few: '{} تغيّرات في الحالة',
        many: '{} تغيّرًا في الحالة',
        other: '{} تغيّر في الحالة',
      }),
    figures: 'أرقام',
    figure: {
      clock: 'انحراف هذه الساعة',
      roundTrip: 'ذهابًا وإيابًا',
      success: 'عمليات ناجحة',
      retries: 'محاولات لكل عملية',
      cache: 'أُجيب من الذاكرة المؤقتة',
      latency: 'من الاتصال إلى التزامن',
      conflicts: 'عمليات متعارضة',
      storage: 'محفوظ',
    },
    unknown: '—',
    ms: (ms) => isolated(`${ms} ms`),
    seconds: (seconds) => `${seconds} ث`,
    percent: (part) => share.format(part),
    logs: 'السجلات',
    outbox: (waiting) => (waiting === 0 ? 'الصادر' : `الصادر: ${count(waiting, changes)}`),
    setAside: (aside) => `وُضع جانبًا: ${count(aside, changes)}`,
    nothingWaits: 'لا شيء ينتظر.',
    more: (others) =>
      count(others, {
        one: 'وواحد آخر',
        two: 'واثنان آخران',
        few: 'و{} أخرى',
        many: 'و{} أخرى',
        other: 'و{} أخرى',
      }),
    columns: {
      log: 'السجل',
      here: 'هنا',
      head: 'الرأس',
      waiting: 'ينتظر',
      change: 'التغيير',
      kind: 'النوع',
      age: 'العمر',
      stage: 'المرحلة',
      tries: 'المحاولات',
      priority: 'الأولوية',
      needs: 'يحتاج إلى',
    },
    faults: 'اجعله يفشل',
    switches: {
      offline: 'بلا شبكة',
      silence: 'خادم صامت',
      captivePortal: 'بوابة دخول للشبكة',
      serverError: 'الخادم يفشل',
      tokenExpired: 'انتهت صلاحية الدخول',
    },
    latency: 'التأخير',
    loss: 'الفقد',
    clock: 'هذه الساعة',
    none: 'لا شيء',
    clockChoice: {
      '-31536000000': 'متأخرة سنة',
      '-3600000': 'متأخرة ساعة',
      '0': 'صحيحة',
      '3600000': 'متقدمة ساعة',
      '31536000000': 'متقدمة سنة',
    },
    endFaults: 'إنهاء كل الأعطال',
  },
};
