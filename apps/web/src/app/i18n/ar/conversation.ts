import { pluralsOf } from '../plurals.ts';
import type { ConversationTexts } from '../texts.ts';

const counted = pluralsOf('ar');

/** What one does with messages: answer, react, correct, take back, find; and the keys for it. */
export const AR_CONVERSATION: ConversationTexts = {
  conversation: {
    reply: 'ردّ',
    react: 'أضف تفاعلًا',
    moreEmoji: 'المزيد من الرموز',
    edit: 'تعديل',
    remove: 'حذف لدى الجميع',
    deleted: 'حُذفت الرسالة',
    edited: 'معدَّلة',
    editedBy: (name: string, text: string) => `عدّل ${name} رسالة: ${text}`,
    deletedBy: (name: string) => `حذف ${name} رسالة`,
    changing: 'يجري إرسال التعديل',
    changeFailed: 'لم يُرسَل تعديلك.',
    replyingTo: (name: string) => `ردّ على ${name}`,
    toOriginal: (name: string) => `ردًّا على ${name}: انتقل إلى تلك الرسالة`,
    originalGone: 'الرسالة الأصلية لم تعد هنا',
    editing: 'تعديل رسالتك',
    cancel: 'إلغاء',
    save: 'حفظ التعديل',
    reactions: 'التفاعلات',
    reactedBy: (emoji: string, names: string) => `${emoji} من ${names}`,
  },

  deleteDialog: {
    heading: 'أتريد حذف هذه الرسالة؟',
    text: 'ستُمحى من شاشات كل من في الغرفة. ومن قرأها قد يكون احتفظ بها.',
    confirm: 'حذف',
    cancel: 'إبقاؤها',
  },

  typing: {
    now: (names: string, count: number) =>
      counted(count, { one: `${names} يكتب…`, two: `${names} يكتبان…`, other: `${names} يكتبون…` }),
    many: 'عدة أشخاص يكتبون…',
    setting: 'إظهار أنني أكتب للآخرين',
    hint: 'مشفَّر مثل رسائلك.',
  },

  emoji: {
    open: 'اختر رمزًا تعبيريًا',
    search: 'ابحث عن رمز',
    none: 'لم يُعثر على رمز',
    failed: 'تعذّر تحميل الرموز.',
    suggestions: 'اقتراحات الرموز',
    groups: 'المجموعات',
    tone: 'لون البشرة',
    tone0: 'الافتراضي',
    tone1: 'فاتح',
    tone2: 'فاتح متوسط',
    tone3: 'متوسط',
    tone4: 'داكن متوسط',
    tone5: 'داكن',
    smileys: 'الوجوه',
    people: 'الأشخاص',
    nature: 'الحيوانات والطبيعة',
    food: 'الطعام والشراب',
    travel: 'السفر والأماكن',
    activities: 'الأنشطة',
    objects: 'الأشياء',
    symbols: 'العلامات',
    flags: 'الأعلام',
  },

  shortcuts: {
    heading: 'لوحة المفاتيح',
    send: 'إرسال',
    newLine: 'سطر جديد',
    editLast: 'تعديل آخر رسالة لك ما دام الحقل فارغًا',
    emojiByName: 'رمز بالاسم',
    actions: 'إجراءات الرسالة',
    find: 'ابحث عن رسالة',
    list: 'هذه القائمة',
    close: 'إغلاق أو إلغاء',
    panic: 'المغادرة والمحو في كل علامة تبويب',
  },

  find: {
    heading: 'ابحث عن رسالة',
    label: 'كلمات أو اسم',
    none: 'لم يُعثر على شيء',
    hint: 'يبحث فيما على شاشتك فقط، ولا يُرسَل شيء.',
  },

  links: {
    lookAlike: (host: string) => `حروف تشبه غيرها: يقود هذا إلى ${host}`,
  },
};
