import { pluralsOf } from '../plurals.ts';
import type { ConversationTexts } from '../texts.ts';

const counted = pluralsOf('ja');

/** What one does with messages: answer, react, correct, take back, find; and the keys for it. */
export const JA_CONVERSATION: ConversationTexts = {
  conversation: {
    reply: '返信',
    react: 'リアクションする',
    moreEmoji: 'ほかの絵文字',
    edit: '編集',
    remove: '全員から削除',
    deleted: '削除されたメッセージ',
    edited: '編集済み',
    editedBy: (name: string, text: string) => `${name} がメッセージを編集：${text}`,
    deletedBy: (name: string) => `${name} がメッセージを削除しました`,
    changing: '変更を送信中',
    changeFailed: '変更は送信されませんでした。',
    replyingTo: (name: string) => `${name} への返信`,
    toOriginal: (name: string) => `${name} への返信：元のメッセージへ`,
    originalGone: '元のメッセージはもうありません',
    editing: 'メッセージを編集中',
    cancel: 'キャンセル',
    save: '変更を保存',
    reactions: 'リアクション',
    reactedBy: (emoji: string, names: string) => `${emoji} ${names}`,
  },

  deleteDialog: {
    heading: 'このメッセージを削除しますか？',
    text: '部屋にいる全員の画面から消えます。すでに読んだ人が控えを残している可能性はあります。',
    confirm: '削除',
    cancel: '残す',
  },

  typing: {
    now: (names: string, count: number) => counted(count, { other: `${names} が入力中…` }),
    many: '複数の人が入力中…',
    setting: '入力中であることをほかの人に見せる',
    hint: 'メッセージと同じく暗号化されます。',
  },

  emoji: {
    open: '絵文字を選ぶ',
    search: '絵文字を検索',
    none: '絵文字が見つかりません',
    failed: '絵文字を読み込めませんでした。',
    suggestions: '絵文字の候補',
    groups: 'カテゴリ',
    tone: '肌の色',
    tone0: '標準',
    tone1: '明るい',
    tone2: 'やや明るい',
    tone3: '中間',
    tone4: 'やや濃い',
    tone5: '濃い',
    smileys: '顔',
    people: '人',
    nature: '動物と自然',
    food: '食べ物と飲み物',
    travel: '旅行と場所',
    activities: '活動',
    objects: 'もの',
    symbols: '記号',
    flags: '旗',
  },

  shortcuts: {
    heading: 'キーボード',
    send: '送信',
    newLine: '改行',
    editLast: '欄が空のとき、直前の自分のメッセージを編集',
    emojiByName: '名前で絵文字',
    actions: 'メッセージの操作',
    find: 'メッセージを検索',
    list: 'この一覧',
    close: '閉じる・取り消す',
    panic: 'すべてのタブで退出して消去',
  },

  find: {
    heading: 'メッセージを検索',
    label: '言葉または名前',
    none: '見つかりません',
    hint: '画面上のメッセージだけを検索し、何も送信しません。',
  },

  links: {
    lookAlike: (host: string) => `見た目の似た文字に注意：${host} に移動します`,
  },
};
