import type { AttachmentTexts } from '../texts.ts';

export const JA_ATTACHMENTS: AttachmentTexts = {
  attachments: {
    add: 'ファイルを添付',
    camera: '写真を撮る',
    drop: 'ここで離すとルームに送ります',
    heading: 'ルームに送る',
    original: '画像をそのまま送る',
    stripped:
      '場所、日時、カメラなど、画像に隠れている情報は取り除かれます。大きな画像は縮小され、動く画像は静止します。',
    kept: '撮影した場所や日時など、画像に隠れている情報がすべて残ります。',
    asTheyAre: 'その他のファイルは、中身をすべて含めてそのまま送られます。',
    send: '送信',
    cancel: 'キャンセル',
    remove: (name: string) => `${name} を送らない`,
    show: (name: string) => `${name} を表示`,
    save: (name: string) => `${name} を保存`,
    saveIt: '保存',
    sending: (name: string) => `${name} を送信中`,
    fetching: (name: string) => `${name} を取得中`,
    stopSending: (name: string) => `${name} の送信を中止`,
    stopFetching: (name: string) => `${name} の取得を中止`,
    notShown: 'この画像はここでは表示できません。保存することはできます。',
  },
};
