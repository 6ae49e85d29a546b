import { pluralsOf } from '../plurals.ts';
import type { DoorTexts } from '../texts.ts';

const counted = pluralsOf('ja');

export const JA_DOOR: DoorTexts = {
  start: {
    heading: '残らない、プライベートなルーム。',
    lead: 'ルームを開き、リンクを共有して、話す。メッセージはこのブラウザーで暗号化され、自動的に消えます。アカウントは不要です。',
    codeLabel: '招待リンクまたはコード',
    codeHint: '空欄のままなら新しいルームを作ります。',
    codePlaceholder: 'リンクまたはコードを貼り付け',
    nameLabel: 'あなたの名前',
    namePlaceholder: '空欄なら自動で付けます',
    optional: '任意',
    passwordLabel: 'パスワード',
    newPasswordHint: 'リンクのほかに、全員に必要になります。',
    joinPasswordHint: 'このルームで必要です。保存されません。',
    showPassword: 'パスワードを表示',
    hidePassword: 'パスワードを隠す',
    suggestPassword: '四つの単語を提案',
    lifetimeLabel: 'メッセージが消えるまで',
    newcomersLabel: '入れる人',
    newcomersOpen: 'リンクを持つ人',
    newcomersApprove: '中の人が許可した人',
    historyLabel: '後から入る人',
    historyKept: 'まだ消えていないメッセージを読める',
    historyNone: '入る前に書かれたものは読めない',
    create: 'ルームを作る',
    join: 'ルームに入る',
    connecting: '接続しています…',
    makingKeys: '鍵を作っています…',
    tryingAgain: 'まだ応答がありません。再試行しています…',
    cancel: 'キャンセル',
    makeCode: 'コードを作る',
    promiseEncrypted: 'エンドツーエンド暗号化：サーバーは読めないものを渡すだけです。',
    promiseVanishing: '何も残りません：メッセージも鍵もルームも自動的に終わります。',
    promiseAnonymous: 'アカウントも、メールも、クッキーもありません。',
  },

  lobby: {
    heading: '招待されています',
    lead: 'このリンクは暗号化されたルームを開きます。',
    looking: 'ルームを確認しています…',
    nobody: '今は誰もいません。入るとルームは新しく始まり、以前のメッセージは読めません。',
    inside: (count: number) => counted(count, { other: '#人が入っています。' }),
    withPassword: 'パスワードが必要です。',
    lifetime: (span: string) => `メッセージは${span}後に消えます。`,
    gone: 'このルームは終了しました。',
    goneNext: 'ルームは残りません。新しいリンクをもらうか、自分でルームを作ってください。',
    full: 'このルームは満員です。',
    makeOwn: '新しいルームを作る',
    lookAgain: 'もう一度確認',
    otherRoom: 'このルームではありませんか？ 最初のページへ',
  },

  code: {
    incomplete: (length: number) => counted(length, { other: '32文字中#文字です。' }),
    incompleteFinal: (length: number) =>
      counted(length, { other: 'コードは32文字ですが、これは#文字です。もう一度コピーしてください。' }),
    tooLong: (length: number) => counted(length, { other: 'コードは32文字ですが、これは#文字です。' }),
    mistyped: 'コードには使われない文字が含まれています。元のコードと見比べてください。',
    chosenName:
      'ルームに好きな名前は付けられません。推測できる名前は見知らぬ人を招き入れます。コードは推測できません。',
    linkWithoutSecret: 'このリンクには # の後の部分がありません。リンク全体をもう一度もらってください。',
  },

  notice: {
    lostSecret: 'このリンクから秘密の部分が失われています。',
    lostSecretNext:
      'ルームを開けるのは # の後の部分だけですが、それが欠けているか壊れています。リンク全体をもう一度もらうか、下にコードを入力してください。',
    codeInPath: 'サーバーがこのコードを見ました。',
    codeInPathNext:
      'コードがアドレスそのものに入っていたため、サーバーに送られました。アドレスバーから取り除き、入室はしていません。新しいルームの方が安全です。',
    useAnyway: 'それでもこのコードを使う',
  },

  name: {
    tooLong: (most: number) => counted(most, { other: '#文字以内にしてください。' }),
    hiddenCharacters: 'この名前には見えない文字が含まれています。',
  },

  environment: {
    heading: 'ここでは ByteChat を使えません',
    insecureContext: 'このページは暗号化されていないアドレスで開かれました。',
    insecureContextNext:
      'ブラウザーが暗号化を許すのは https:// のアドレスと localhost だけです。https:// で開くか、サーバーの運営者に設定を頼んでください。',
    webCrypto: 'このブラウザーには、暗号化を行う Web Crypto がありません。',
    worker: 'このブラウザーでは、鍵を保持するモジュールワーカーを実行できません。',
    browserNext: '最新の Firefox、Chrome、Edge、Safari をお使いください。',
  },

  closed: { again: 'もう一度入る', toStart: '最初のページ' },

  wiped: {
    heading: 'すべて消去しました。',
    text: 'ルームも鍵もメッセージも、このブラウザーのすべてのタブから消えました。リンクはアドレスバーにありません。',
    honest:
      'ほかの人が読んだものはその人の手元に残り、あなたがコピーしたものはクリップボードに残っています。',
  },

  settings: {
    heading: '設定',
    theme: '外観',
    themes: { system: 'システムに合わせる', light: 'ライト', dark: 'ダーク', contrast: 'ハイコントラスト' },
    language: '言語',
    notifications: '通知',
    notificationsHint: '届いたことだけを知らせ、内容や送り主は示しません。',
    notificationsRefused:
      'このブラウザーでは許可されていません。このページに対するブラウザーの設定で変更できます。',
    newMessage: '新しいメッセージ',
    sound: '音',
    forgotten: '設定はこのタブを閉じると忘れられます。',
  },

  installed: {
    offline: '接続がありません。',
    offlineNext: 'このページは接続なしでも開きますが、ルームには接続が必要です。戻ったら続けてください。',
    updateReady: (version: string) => `バージョン ${version} の準備ができました。`,
    useNow: '今すぐ使う',
    later: 'あとで',
  },

  ui: { close: '閉じる' },
};
