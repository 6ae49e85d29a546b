import { pluralsOf } from '../plurals.ts';
import type { SafetyTexts } from '../texts.ts';

const counted = pluralsOf('ja');

export const JA_SAFETY: SafetyTexts = {
  security: {
    heading: 'セキュリティ',
    active: 'エンドツーエンド暗号化',
    pending: 'まだ暗号化されていません：何も送信できません',
    verified: '確認済み',
    verifiedOf: (members: number, of: number) => counted(of, { other: `#人中${members}人` }),
    nobodyElse: 'ほかに誰もいません',
    inSync: '同期',
    inSyncSince: (members: number, of: number, ago: string) => `${of}人中${members}人と、${ago}`,
    noProof: 'ほかの人からの証明はまだありません',
    newcomers: '後から入る人',
    history: 'まだ残っているものを読める',
    noHistory: '以前のメッセージは読めない',
    lifetime: 'メッセージの寿命',
    epoch: '鍵の世代',
    epochHint: '鍵は、人の出入りと時間の経過で変わります。',
    suite: '方式',
    unknownSuite: '不明',
    verify: '相手を確認',
    honest: '参加者は、読んだものをコピーしたり撮影したりできます。',
  },

  safety: {
    heading: '相手を確認',
    lead: '電話や対面で、この言葉をほかの人に読み上げてください。全員が同じ十二語を見ていれば、間に誰も入っていません。',
    words: '安全の言葉',
    qrLabel: '安全の言葉のQRコード',
    qrHint: 'どのQRリーダーでも、ルームの全員に同じ文字が表示されます。',
    people: '一人ずつ',
    peopleHint: '六十桁の数字を、その人の画面の「あなたの数字」と見比べてください。',
    fingerprint: (name: string) => `${name} の数字`,
    own: 'あなたの数字',
    markVerified: '確認済みにする',
    verified: '確認済み',
    session: '印は退室するまで有効です。人の出入りがあると言葉は変わります。',
    loading: '言葉を計算しています…',
    alone: '見比べる相手がまだいません。',
  },

  alarm: {
    fork: 'サーバーが、このルームの人たちに異なる会話を見せています。',
    forkBy: (name) => `${name}さんには、あなたと違う会話が見えています。`,
    forkNext: '送信を止めました。退室し、別の手段で新しいルームを決めてください。',
    forkSent: 'それでも送信しています。全員には見えないかもしれません。',
    gap: 'メッセージが欠けています。',
    gapOf: (missing, name) => counted(missing, { other: `${name}さんのメッセージが#件届いていません。` }),
    gapNext: 'ここで送られたものが届きませんでした。重要だったか、ほかの人に尋ねてください。',
    stale: 'しばらくの間、あなたに見えているルームを誰も確認していません。',
    staleSince: (ago) => `最後の確認は${ago}です。`,
    oldKeys: 'このルームの鍵が長い間更新されていません。',
    oldKeysSince: (ago) => `更新の予定は${ago}でした。`,
    staleNext:
      '誰かが外されたことなどを、サーバーが隠しているかもしれません。待つか、承知のうえで送信してください。',
    replay: 'サーバーが同じものを二度届けました。',
    replayNext:
      '拒否したので、失われたものはありません。続くようなら、別のサーバーでルームを決めてください。',
    sendAnyway: 'それでも送信',
    understood: 'わかりました',
  },
};
