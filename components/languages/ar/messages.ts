import { counted } from '../counted.ts';
import type { Tables } from '../tables.ts';

const count = counted('ar-u-nu-latn');

export const words: Tables['messages'] = {
  words: {
    title: 'الرسائل',
    you: 'أنت',
    someone: 'شخص غادر',
    write: 'اكتب إلى المجموعة',
    hint: 'Enter يرسل، وShift مع Enter يبدأ سطرًا.',
    send: 'إرسال',
    emptyTitle: 'لا رسائل بعد',
    emptyText: 'قل أين أنت، أو ماذا نشغّل بعد ذلك.',
    readOnly: 'يمكنك القراءة هنا، لا الكتابة.',
    waiting: 'بانتظار الإرسال',
    sent: 'أُرسلت',
    edited: 'معدّلة',
    notSent: 'لم تُرسل',
    discard: 'تجاهل',
    newMessages: 'جديد',
    older: 'جارٍ تحميل رسائل أقدم',
    olderFailed: 'الرسائل الأقدم تحتاج إلى الشبكة.',
    latest: 'الأحدث',
    unseen: (messages) =>
      count(messages, {
        zero: 'لا رسائل جديدة',
        one: 'رسالة جديدة',
        two: 'رسالتان جديدتان',
        few: '{} رسائل جديدة',
        many: '{} رسالة جديدة',
        other: '{} رسالة جديدة',
      }),
    today: 'اليوم',
    yesterday: 'أمس',
  },
};
