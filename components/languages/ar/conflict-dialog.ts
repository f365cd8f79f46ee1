import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('ar-u-nu-latn');

export const words: Tables['conflict-dialog'] = {
  words: {
    badge: (questions) =>
      count(questions, {
        zero: 'لا أسئلة لك',
        one: 'سؤال لك',
        two: 'سؤالان لك',
        few: '{} أسئلة لك',
        many: '{} سؤالًا لك',
        other: '{} سؤال لك',
      }),
    title: 'أيهما يبقى؟',
    intro: 'غيّرت ملفك الشخصي في مكانين في الوقت نفسه تقريبًا.',
    yours: 'ما عندك',
    theirs: 'الآخر',
    thisDevice: 'هذا الجهاز',
    otherDevice: 'جهاز آخر',
    field: { name: 'الاسم', photoFileId: 'الصورة', aiOptIn: 'المساعد' },
    photo: 'صورة',
    noPhoto: 'بلا صورة',
    on: 'مفعّل',
    off: 'معطّل',
    noName: 'بلا اسم',
    result: 'النتيجة',
    editName: 'الاسم الذي يبقى',
    allYours: 'ما عندك',
    allTheirs: 'الآخر',
    applyToAll: 'تطبيق على الكل',
    keepMine: 'إبقاء ما عندي',
    keepTheirs: 'إبقاء الآخر',
    combine: 'إبقاء النتيجة',
    later: 'أقرر لاحقًا',
    kept: 'حُفظ اختيارك.',
    someElsewhere: 'أُجيب عن جزء من هذا على جهاز آخر.',
    elsewhereTitle: 'أُجيب عنه على جهاز آخر',
    elsewhereText: 'لم يبقَ هنا ما تقرره.',
    goneTitle: 'لم يعد هذا السؤال موجودًا',
    goneText: 'سجّلت الخروج، أو حُذف الملف الشخصي.',
  },
};
