import { pluralsOf } from '../plurals.ts';
import type { SafetyTexts } from '../texts.ts';

const counted = pluralsOf('ar');
const number = (count: number): string => counted(count, { other: '#' });

export const AR_SAFETY: SafetyTexts = {
  security: {
    heading: 'الأمان',
    active: 'مشفّر من طرف إلى طرف',
    pending: 'لم يُشفَّر بعد: لا يمكن إرسال شيء',
    verified: 'تم التحقق',
    verifiedOf: (members: number, of: number) => `من ${number(members)} من أصل ${number(of)}`,
    nobodyElse: 'لا أحد غيرك هنا',
    inSync: 'التزامن',
    inSyncSince: (members: number, of: number, ago: string) =>
      `مع ${number(members)} من أصل ${number(of)}، ${ago}`,
    noProof: 'لا إثبات من الآخرين بعد',
    newcomers: 'القادمون لاحقًا',
    history: 'يقرؤون ما لا يزال هنا',
    noHistory: 'لا يقرؤون ما سبق',
    lifetime: 'عمر الرسائل',
    epoch: 'حقبة المفاتيح',
    epochHint: 'تتغيّر المفاتيح عند قدوم أحد أو ذهابه، ومع الوقت.',
    suite: 'الطريقة',
    unknownSuite: 'غير معروفة',
    verify: 'التحقق من الأشخاص',
    honest: 'يستطيع الأعضاء نسخ ما يقرؤونه أو تصويره.',
  },

  safety: {
    heading: 'التحقق من الأشخاص',
    lead: 'اقرأ هذه الكلمات على الآخرين، بالهاتف أو وجهًا لوجه. إن رأى الجميع الكلمات الاثنتي عشرة نفسها فلا أحد بينكم.',
    words: 'كلمات الأمان',
    qrLabel: 'رمز QR لكلمات الأمان',
    qrHint: 'يعرض أي قارئ لرموز QR النص نفسه لكل من في الغرفة.',
    people: 'شخصًا شخصًا',
    peopleHint: 'قارن الأرقام الستين بما يراه هذا الشخص تحت «أرقامك».',
    fingerprint: (name: string) => `أرقام ${name}`,
    own: 'أرقامك',
    markVerified: 'وضع علامة تحقق',
    verified: 'تم التحقق',
    session: 'تبقى العلامات حتى تغادر. وعند قدوم أحد أو ذهابه تتغيّر الكلمات.',
    loading: 'جارٍ حساب الكلمات…',
    alone: 'لا أحد لتقارن معه بعد.',
  },

  alarm: {
    fork: 'يعرض الخادم على من في هذه الغرفة محادثات مختلفة.',
    forkBy: (name) => `رأى ${name} محادثة غير التي تراها.`,
    forkNext: 'أُوقف الإرسال. غادر واتفقوا على غرفة جديدة بوسيلة أخرى.',
    forkSent: 'اخترتَ الإرسال مع ذلك: قد لا يراه الجميع.',
    gap: 'هناك رسائل مفقودة.',
    gapOf: (missing, name) =>
      counted(missing, {
        one: `لم تصل رسالة واحدة من ${name}.`,
        two: `لم تصل رسالتان من ${name}.`,
        few: `لم تصل # رسائل من ${name}.`,
        other: `لم تصل # رسالة من ${name}.`,
      }),
    gapNext: 'شيء أُرسل هنا لم يصل. اسأل الآخرين هل كان مهمًا.',
    stale: 'لم يؤكد أحد منذ مدة ما تراه من الغرفة.',
    staleSince: (ago) => `آخر تأكيد كان ${ago}.`,
    oldKeys: 'لم تُجدَّد مفاتيح هذه الغرفة منذ مدة طويلة جدًا.',
    oldKeysSince: (ago) => `كان ينبغي أن يحدث ذلك ${ago}.`,
    staleNext: 'قد يحجب الخادم عنك جديدًا، كإخراج أحدهم. انتظر، أو أرسل على هذه المخاطرة.',
    replay: 'سلّم الخادم شيئًا مرة ثانية.',
    replayNext: 'رُفض ولم يُفقد شيء. إن استمر فاتفقوا على غرفة في خادم آخر.',
    sendAnyway: 'أرسل مع ذلك',
    understood: 'حسنًا',
  },
};
