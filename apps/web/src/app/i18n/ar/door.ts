import { pluralsOf } from '../plurals.ts';
import type { DoorTexts } from '../texts.ts';

const counted = pluralsOf('ar');

export const AR_DOOR: DoorTexts = {
  start: {
    heading: 'غرف خاصة لا تدوم.',
    lead: 'افتح غرفة وشارك الرابط وتحدّث. تُشفَّر الرسائل في هذا المتصفح وتختفي من تلقاء نفسها. بلا حساب.',
    codeLabel: 'رابط الدعوة أو رمزها',
    codeHint: 'اتركه فارغًا لفتح غرفة جديدة.',
    codePlaceholder: 'ألصق رابطًا أو رمزًا',
    nameLabel: 'اسمك',
    namePlaceholder: 'سنختار لك اسمًا',
    optional: 'اختياري',
    passwordLabel: 'كلمة المرور',
    newPasswordHint: 'يحتاج إليها الجميع إضافةً إلى الرابط.',
    joinPasswordHint: 'تطلبها هذه الغرفة. لا تُحفظ أبدًا.',
    showPassword: 'إظهار كلمة المرور',
    hidePassword: 'إخفاء كلمة المرور',
    suggestPassword: 'اقتراح أربع كلمات',
    lifetimeLabel: 'تختفي الرسائل بعد',
    newcomersLabel: 'من يدخل',
    newcomersOpen: 'كل من لديه الرابط',
    newcomersApprove: 'من يسمح له أحد الموجودين',
    historyLabel: 'القادمون لاحقًا',
    historyKept: 'يقرؤون ما لم يختفِ بعد',
    historyNone: 'لا يقرؤون شيئًا كُتب قبل قدومهم',
    create: 'فتح غرفة',
    join: 'دخول الغرفة',
    connecting: 'جارٍ الاتصال…',
    makingKeys: 'جارٍ إنشاء المفاتيح…',
    tryingAgain: 'لا جواب بعد، تجري محاولة أخرى…',
    cancel: 'إلغاء',
    makeCode: 'أنشئ لي رمزًا',
    promiseEncrypted: 'تشفير من طرف إلى طرف: ينقل الخادم ما لا يستطيع قراءته.',
    promiseVanishing: 'لا يبقى شيء: تنتهي الرسائل والمفاتيح والغرف من تلقاء نفسها.',
    promiseAnonymous: 'بلا حساب ولا بريد ولا ملفات ارتباط.',
  },

  lobby: {
    heading: 'أنت مدعو',
    lead: 'يفتح هذا الرابط غرفة مشفّرة.',
    looking: 'جارٍ البحث عن الغرفة…',
    nobody: 'لا أحد في الداخل الآن. إن دخلت بدأت الغرفة من جديد وتعذّرت قراءة الرسائل السابقة.',
    inside: (count: number) =>
      counted(count, {
        zero: 'لا أحد في الداخل (#).',
        one: 'شخص واحد في الداخل.',
        two: 'شخصان في الداخل.',
        few: '# أشخاص في الداخل.',
        many: '# شخصًا في الداخل.',
        other: '# شخص في الداخل.',
      }),
    withPassword: 'تطلب كلمة مرور.',
    lifetime: (span: string) => `تختفي الرسائل بعد ${span}.`,
    gone: 'انتهت هذه الغرفة.',
    goneNext: 'الغرف لا تدوم. اطلب رابطًا جديدًا أو افتح غرفة خاصة بك.',
    full: 'هذه الغرفة ممتلئة.',
    makeOwn: 'فتح غرفة جديدة',
    lookAgain: 'انظر مرة أخرى',
    otherRoom: 'ليست هذه الغرفة؟ إلى الصفحة الأولى',
  },

  code: {
    incomplete: (length: number) => counted(length, { other: '# من 32 حرفًا حتى الآن.' }),
    incompleteFinal: (length: number) =>
      counted(length, { other: 'في الرمز 32 حرفًا، وفي هذا #. انسخه مرة أخرى.' }),
    tooLong: (length: number) => counted(length, { other: 'في الرمز 32 حرفًا، وفي هذا #.' }),
    mistyped: 'فيه حرف لا يوجد في الرموز. قارنه بالأصل.',
    chosenName: 'لا يمكن تسمية الغرف باسم تختاره: الاسم الذي يمكن تخمينه يُدخل الغرباء. أما الرمز فلا يُخمَّن.',
    linkWithoutSecret: 'ينقص هذا الرابطَ الجزءُ الذي بعد #. اطلب الرابط كاملًا.',
  },

  notice: {
    lostSecret: 'فقد هذا الرابط سرّه.',
    lostSecretNext:
      'الجزء الذي بعد # ناقص أو تالف، وهو وحده يفتح الغرفة. اطلب الرابط كاملًا أو أدخل الرمز أدناه.',
    codeInPath: 'رأى الخادم هذا الرمز.',
    codeInPathNext:
      'كان الرمز في العنوان نفسه فأُرسل إلى الخادم. أزلناه من شريط العنوان ولم ندخل. غرفة جديدة أكثر أمانًا.',
    useAnyway: 'استخدم الرمز مع ذلك',
  },

  name: {
    tooLong: (most: number) => counted(most, { other: '# حرفًا على الأكثر من فضلك.' }),
    hiddenCharacters: 'في هذا الاسم أحرف غير مرئية.',
  },

  environment: {
    heading: 'لا يمكن لـ ByteChat أن يعمل هنا',
    insecureContext: 'فُتحت هذه الصفحة عبر عنوان غير مشفّر.',
    insecureContextNext:
      'لا تسمح المتصفحات بالتشفير إلا على عناوين https:// وعلى localhost. افتح الصفحة عبر https:// أو اطلب من مشغّل الخادم إعداد ذلك.',
    webCrypto: 'ينقص هذا المتصفحَ Web Crypto الذي يتولى التشفير.',
    worker: 'لا يستطيع هذا المتصفح تشغيل الوحدات العاملة التي تُحفظ فيها المفاتيح.',
    browserNext: 'استخدم إصدارًا حديثًا من Firefox أو Chrome أو Edge أو Safari.',
  },

  closed: { again: 'الدخول مجددًا', toStart: 'الصفحة الأولى' },

  wiped: {
    heading: 'مُحي كل شيء.',
    text: 'اختفت الغرف والمفاتيح والرسائل من كل ألسنة هذا المتصفح. ولم يعد الرابط في شريط العنوان.',
    honest: 'ما قرأه الآخرون يبقى لديهم، وما نسخته لا يزال في الحافظة.',
  },

  settings: {
    heading: 'الإعدادات',
    theme: 'المظهر',
    themes: { system: 'مثل النظام', light: 'فاتح', dark: 'داكن', contrast: 'تباين عالٍ' },
    language: 'اللغة',
    notifications: 'الإشعارات',
    notificationsHint: 'تخبر بأن شيئًا وصل، ولا تذكر ما هو ولا ممّن.',
    notificationsRefused: 'لا يسمح بها هذا المتصفح. غيّر ذلك في إعداداته لهذه الصفحة.',
    newMessage: 'رسالة جديدة',
    sound: 'الصوت',
    forgotten: 'تُنسى الإعدادات عند إغلاق هذا اللسان.',
  },

  installed: {
    offline: 'لا يوجد اتصال.',
    offlineNext: 'تُفتح هذه الصفحة من دونه، لكن الغرفة تحتاج إليه. تابع حالما يعود.',
    updateReady: (version: string) => `الإصدار ${version} جاهز.`,
    useNow: 'استخدمه الآن',
    later: 'لاحقًا',
  },

  ui: { close: 'إغلاق' },
};
