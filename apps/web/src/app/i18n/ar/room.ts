import { pluralsOf } from '../plurals.ts';
import type { RoomTexts } from '../texts.ts';

const counted = pluralsOf('ar');

export const AR_ROOM: RoomTexts = {
  room: {
    title: 'غرفة خاصة',
    people: (count: number) =>
      counted(count, {
        zero: 'لا أحد (#)',
        one: 'شخص واحد',
        two: 'شخصان',
        few: '# أشخاص',
        many: '# شخصًا',
        other: '# شخص',
      }),
    vanishing: (span: string) => `تختفي الرسائل بعد ${span}`,
    copyLink: 'نسخ الرابط',
    copied: 'نُسخ',
    copyFailed: 'النسخ غير مسموح هنا. حدّد النص وانسخه:',
    details: 'تفاصيل الغرفة',
    invite: 'دعوة أشخاص',
    leave: 'مغادرة',
    messages: 'الرسائل',
    empty: 'لا رسائل بعد',
    emptyNext: 'شارك الرابط ليأتي الناس. ما تكتبه هنا لا يقرؤه إلا من في الداخل.',
    terms: (span: string) => `تختفي الرسائل بعد ${span}.`,
    termsHistory: 'يقرأ القادمون لاحقًا ما لا يزال هنا.',
    termsNoHistory: 'لا يقرأ القادمون لاحقًا ما كُتب قبلهم.',
    unread: 'جديد',
    newMessages: (count: number) =>
      counted(count, {
        zero: '# رسالة جديدة',
        one: 'رسالة جديدة واحدة',
        two: 'رسالتان جديدتان',
        few: '# رسائل جديدة',
        many: '# رسالة جديدة',
        other: '# رسالة جديدة',
      }),
    toNewest: 'إلى أحدث رسالة',
    you: 'أنت',
    today: 'اليوم',
    yesterday: 'أمس',
    goneIn: (span: string) => `تختفي خلال ${span}`,
    skip: 'الانتقال إلى حقل الرسالة',
  },

  message: {
    sending: 'جارٍ الإرسال',
    sent: 'أُرسلت',
    delivered: 'سُلّمت',
    failed: 'لم تُرسل',
    failedBecause: (reason: string) => `لم تُرسل. ${reason}`,
    retry: 'إعادة المحاولة',
    discard: 'حذف',
    actions: (name: string) => `رسالة من ${name}: إجراءات`,
    copyText: 'نسخ النص',
    opens: (host: string) => `يفتح ${host}`,
  },

  composer: {
    label: 'الرسالة',
    placeholder: 'اكتب رسالة',
    send: 'إرسال',
    left: (count: number) =>
      counted(count, {
        one: 'بقي حرف واحد',
        two: 'بقي حرفان',
        few: 'بقيت # أحرف',
        many: 'بقي # حرفًا',
        other: 'بقي # حرف',
      }),
    tooLong: (count: number) => counted(count, { other: 'زيادة #' }),
    notYet: 'يمكنك الكتابة الآن؛ ويُتاح الإرسال حين تدخل.',
    paused: 'الإرسال متوقف.',
    keys: 'Enter للإرسال، Shift + Enter لسطر جديد',
  },

  system: {
    joined: (names: string) => `انضمام: ${names}`,
    left: (names: string) => `مغادرة: ${names}`,
    timeout: (names: string) => `مغادرة: ${names} (انقطع الاتصال)`,
    kicked: (names: string) => `إخراج: ${names}، دون إمكان قراءة ما يأتي`,
    linkChanged: 'تغيّر رابط الدعوة. القديم لم يعد يفتح شيئًا.',
    reinit: 'بدأت الغرفة من جديد بمفاتيح جديدة. لا يقرأ القادمون لاحقًا ما سبق.',
    sameName: (name: string) => `دخل شخص آخر باسم «${name}» بمفتاح مختلف. اسأل وجهًا لوجه أيّهما الحقيقي.`,
    founded: 'فتحتَ هذه الغرفة. لا يدخلها إلا من لديه الرابط.',
    foundedAnew: 'كانت الغرفة فارغة فبدأت من جديد. لا يمكن قراءة الرسائل السابقة.',
    rejoined: 'طال غيابك فعدت كعضو جديد. قد ينقص بعض ما قيل في أثناء ذلك.',
    renamed: (name: string, before: string) => `صار اسم ${before} الآن ${name}`,
    gap: (missing: number) =>
      counted(missing, {
        one: 'رسالة واحدة مفقودة.',
        two: 'رسالتان مفقودتان.',
        few: '# رسائل مفقودة.',
        many: '# رسالة مفقودة.',
        other: '# رسالة مفقودة.',
      }),
    unreadable: 'تعذّرت قراءة رسالة فأُسقطت.',
    andOthers: (shown: string, others: number) =>
      counted(others, {
        one: `${shown} وشخص آخر`,
        two: `${shown} وشخصان آخران`,
        few: `${shown} و# آخرون`,
        many: `${shown} و# آخرون`,
        other: `${shown} و# آخرون`,
      }),
  },

  connection: {
    idle: 'غير متصل',
    connecting: 'جارٍ الاتصال…',
    online: 'متصل',
    recovering: 'جارٍ اللحاق…',
    offline: 'دون اتصال',
    waiting: (span: string) => `انقطع الاتصال. المحاولة التالية خلال ${span}`,
    waitingNow: 'انقطع الاتصال. تجري محاولة أخرى…',
    attempts: 'لا يمكن الوصول إلى الخادم. مسودتك محفوظة.',
    tryNow: 'حاول الآن',
  },

  membership: {
    keys: 'إنشاء المفاتيح',
    founding: 'فتح الغرفة',
    waiting: 'انتظار عضو يُدخلك',
    joined: 'في الداخل',
    waitingNext: 'لا بد أن يكون أحد في الداخل متصلًا. يستغرق ذلك عادةً ثانية أو ثانيتين.',
    unanswered: 'لا أحد يستطيع إدخالك الآن',
    unansweredNext: 'يبدو أن الجميع غائبون. يبقى رابطك صالحًا.',
    retry: 'حاول مجددًا',
    progress: 'خطوات الدخول',
  },

  knocking: {
    asks: (name) => `يطلب ${name} الدخول.`,
    hint: 'اسمح فقط لمن تنتظره.',
    admit: 'اسمح بالدخول',
    refuse: 'ارفض',
  },

  session: {
    endsSoon: 'أما زلت هنا؟ تُغلق الغرفة لديك خلال دقيقة.',
    stay: 'البقاء',
  },

  invite: {
    heading: 'دعوة أشخاص',
    withPassword: 'يدخل كل من لديه هذا الرابط وكلمة المرور.',
    withoutPassword: 'يدخل كل من لديه هذا الرابط.',
    code: 'رمز الدعوة',
    link: 'رابط الدعوة',
    qr: 'رمز QR',
    qrLabel: 'رمز QR لرابط الدعوة',
    qrHint: 'وجّه إليه كاميرا هاتف.',
    expiry: 'يعمل الرابط ما دام أحد في الداخل. تنتهي الغرفة الفارغة من تلقاء نفسها، ومعها رابطها.',
    copyLink: 'نسخ الرابط',
    copyCode: 'نسخ الرمز',
    share: 'مشاركة…',
    shareTitle: 'غرفة خاصة',
    hideLink: 'إخفاء الرابط',
    hideLinkHint: 'يزيل الرابط من شريط العنوان. لن تجد إعادةُ التحميل الغرفةَ مجددًا.',
    hidden: 'الرابط ليس في شريط العنوان.',
  },

  people: {
    heading: (count: number) => counted(count, { other: 'الأشخاص (#)' }),
    you: 'أنت',
    owner: 'المضيف',
    away: 'غائب',
    verified: 'متحقَّق منه',
    sameName: 'الاسم نفسه',
    kick: (name: string) => `إخراج ${name}`,
  },

  kickDialog: {
    heading: (name: string) => `إخراج ${name}؟`,
    text: 'تتغيّر المفاتيح ورابط الدعوة فورًا. ولا يُسترد ما قُرئ من قبل.',
    next: 'لدعوة آخرين بعد ذلك شارك الرابط الجديد؛ فالقديم لا يفتح شيئًا.',
    confirm: 'إخراج',
    cancel: 'إلغاء',
  },

  leaveDialog: {
    heading: 'مغادرة هذه الغرفة؟',
    text: 'تُمحى رسائلك هنا والمفاتيح من هذا المتصفح فورًا. تحتاج إلى الرابط للعودة.',
    confirm: 'مغادرة ومحو',
    cancel: 'البقاء هنا',
    wipe: 'محو كل الألسنة',
    panic: 'عند العجلة: اضغط Esc ثلاث مرات. يغادر ويمحو في كل لسان.',
  },
};
