import type { AttachmentTexts } from '../texts.ts';

export const AR_ATTACHMENTS: AttachmentTexts = {
  attachments: {
    add: 'إرفاق ملف',
    camera: 'التقاط صورة',
    drop: 'أفلته لإرساله إلى الغرفة',
    heading: 'إرسال إلى الغرفة',
    original: 'إرسال الصور كما هي',
    stripped: 'يُزال ما تخفيه الصور، مثل المكان والوقت والكاميرا. تُصغَّر الكبيرة وتُثبَّت المتحركة.',
    kept: 'تحتفظ الصور بكل ما تخفيه، مثل مكان التقاطها ووقته.',
    asTheyAre: 'تُرسل الملفات الأخرى كما هي، بكل ما فيها.',
    send: 'إرسال',
    cancel: 'إلغاء',
    remove: (name: string) => `عدم إرسال ${name}`,
    show: (name: string) => `عرض ${name}`,
    save: (name: string) => `حفظ ${name}`,
    saveIt: 'حفظ',
    sending: (name: string) => `جارٍ إرسال ${name}`,
    fetching: (name: string) => `جارٍ جلب ${name}`,
    stopSending: (name: string) => `إيقاف إرسال ${name}`,
    stopFetching: (name: string) => `إيقاف جلب ${name}`,
    notShown: 'لا يمكن عرض هذه الصورة هنا. يمكنك حفظها.',
  },
};
