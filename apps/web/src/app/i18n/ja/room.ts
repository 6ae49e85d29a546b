import { pluralsOf } from '../plurals.ts';
import type { RoomTexts } from '../texts.ts';

const counted = pluralsOf('ja');

export const JA_ROOM: RoomTexts = {
  room: {
    title: 'プライベートルーム',
    people: (count: number) => counted(count, { other: '#人' }),
    vanishing: (span: string) => `メッセージは${span}後に消えます`,
    copyLink: 'リンクをコピー',
    copied: 'コピーしました',
    copyFailed: 'ここではコピーが許可されていません。文字を選んでコピーしてください：',
    details: 'ルームの詳細',
    invite: '人を招待',
    leave: '退室',
    messages: 'メッセージ',
    empty: 'まだメッセージはありません',
    emptyNext: 'リンクを共有して人を招きましょう。ここに書いたことを読めるのは、中にいる人だけです。',
    terms: (span: string) => `メッセージは${span}後に消えます。`,
    termsHistory: '後から入る人は、まだ残っているものを読めます。',
    termsNoHistory: '後から入る人は、入る前に書かれたものを読めません。',
    unread: 'ここから新着',
    newMessages: (count: number) => counted(count, { other: '新しいメッセージ#件' }),
    toNewest: '最新のメッセージへ',
    you: 'あなた',
    today: '今日',
    yesterday: '昨日',
    goneIn: (span: string) => `あと${span}で消えます`,
    skip: 'メッセージ欄へ移動',
  },

  message: {
    sending: '送信中',
    sent: '送信済み',
    delivered: '配達済み',
    failed: '未送信',
    failedBecause: (reason: string) => `未送信。${reason}`,
    retry: '再試行',
    discard: '削除',
    actions: (name: string) => `${name} のメッセージの操作`,
    copyText: '文字をコピー',
    opens: (host: string) => `${host} を開きます`,
  },

  composer: {
    label: 'メッセージ',
    placeholder: 'メッセージを書く',
    send: '送信',
    left: (count: number) => counted(count, { other: '残り#文字' }),
    tooLong: (count: number) => counted(count, { other: '#文字多すぎます' }),
    notYet: '今から書けます。入室すると送信できます。',
    paused: '送信を止めています。',
    keys: 'Enter で送信、Shift + Enter で改行',
  },

  system: {
    joined: (names: string) => `${names} が入室しました`,
    left: (names: string) => `${names} が退室しました`,
    timeout: (names: string) => `${names} が退室しました（接続切れ）`,
    kicked: (names: string) => `${names} は外され、今後の内容を読めません`,
    linkChanged: '招待リンクが変わりました。古いリンクでは何も開けません。',
    reinit: 'ルームは新しい鍵で始まり直しました。後から入る人は以前のメッセージを読めません。',
    sameName: (name: string) =>
      `別の鍵を持つ、もう一人の「${name}」が入室しました。どちらが本物か、直接確かめてください。`,
    founded: 'あなたがこのルームを開きました。リンクを持つ人だけが入れます。',
    foundedAnew: 'ルームは空だったため、新しく始まりました。以前のメッセージは読めません。',
    rejoined: '長く離れていたため、新しく入り直しました。その間の一部は欠けているかもしれません。',
    renamed: (name: string, before: string) => `${before} は ${name} になりました`,
    gap: (missing: number) => counted(missing, { other: 'メッセージが#件欠けています。' }),
    unreadable: '読めないメッセージが一件あり、破棄しました。',
    andOthers: (shown: string, others: number) => counted(others, { other: `${shown} ほか#人` }),
  },

  connection: {
    idle: '未接続',
    connecting: '接続中…',
    online: '接続済み',
    recovering: '追いついています…',
    offline: 'オフライン',
    waiting: (span: string) => `接続が切れました。次の試行まで${span}`,
    waitingNow: '接続が切れました。再試行しています…',
    attempts: 'サーバーに届きません。下書きは残っています。',
    tryNow: '今すぐ試す',
  },

  membership: {
    keys: '鍵を作る',
    founding: 'ルームを開く',
    waiting: 'メンバーが入れてくれるのを待つ',
    joined: '入室',
    waitingNext: '中にいる誰かがオンラインである必要があります。たいてい一、二秒で済みます。',
    unanswered: '今は誰も入れてくれません',
    unansweredNext: '全員が離れているようです。リンクは引き続き使えます。',
    retry: 'もう一度試す',
    progress: '入室までの手順',
  },

  knocking: {
    asks: (name) => `${name}さんが入室を求めています。`,
    hint: '心当たりのある人だけを入れてください。',
    admit: '入れる',
    refuse: '断る',
  },

  session: {
    endsSoon: 'まだいますか？ あと一分でルームが閉じます。',
    stay: '残る',
  },

  invite: {
    heading: '人を招待',
    withPassword: 'このリンクとパスワードを持つ人は誰でも入れます。',
    withoutPassword: 'このリンクを持つ人は誰でも入れます。',
    code: '招待コード',
    link: '招待リンク',
    qr: 'QRコード',
    qrLabel: '招待リンクのQRコード',
    qrHint: 'スマートフォンのカメラを向けてください。',
    expiry: 'リンクは誰かが中にいる間使えます。空のルームは自動的に終わり、リンクも終わります。',
    copyLink: 'リンクをコピー',
    copyCode: 'コードをコピー',
    share: '共有…',
    shareTitle: 'プライベートルーム',
    hideLink: 'リンクを隠す',
    hideLinkHint: 'アドレスバーからリンクを取り除きます。再読み込みしてもルームには戻れません。',
    hidden: 'リンクはアドレスバーにありません。',
  },

  people: {
    heading: (count: number) => counted(count, { other: '参加者（#）' }),
    you: 'あなた',
    owner: '主催',
    away: '離席',
    verified: '確認済み',
    sameName: '同名',
    kick: (name: string) => `${name} を外す`,
  },

  kickDialog: {
    heading: (name: string) => `${name} を外しますか？`,
    text: '鍵と招待リンクはすぐに変わります。すでに読まれたものは取り戻せません。',
    next: 'その後に人を招くときは新しいリンクを共有してください。古いリンクでは何も開けません。',
    confirm: '外す',
    cancel: 'キャンセル',
  },

  leaveDialog: {
    heading: 'このルームを出ますか？',
    text: 'ここにあるメッセージと鍵は、このブラウザーからすぐに消去されます。戻るにはリンクが必要です。',
    confirm: '退室して消去',
    cancel: '残る',
    wipe: '全タブを消去',
    panic: '急ぐときは Esc を三回押してください。すべてのタブで退室して消去します。',
  },
};
