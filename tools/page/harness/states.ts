import type { Page } from 'playwright-core';

const CODE = '7K3F9QX2M8VBT4ND0RJH5WCZ6GPSAE1Y';

/** A state of the page, and the clicks that lead to it. */
export interface State {
  readonly name: string;
  readonly scene: string;
  /** Opened by an invitation. */
  readonly invited?: boolean;
  readonly clicks: readonly string[];
  /** What is written into fields before the clicks, by test id. */
  readonly types?: Readonly<Record<string, string>>;
  /** Files have been picked, after the clicks. */
  readonly picks?: boolean;
  /** What is there once the state is reached. */
  readonly shows: string;
}

const inRoom = (scene: string, shows = 'composer', ...clicks: readonly string[]): State => ({
  name: [scene, ...clicks].join(' · '),
  scene,
  clicks: ['enter-room', ...clicks],
  shows,
});

/** Every state worth a look, some of which are hard to come by in life. */
export const STATES: readonly State[] = [
  { name: 'landing', scene: 'empty', clicks: [], shows: 'enter-room' },
  { name: 'lobby', scene: 'password', invited: true, clicks: [], shows: 'room-look' },
  { name: 'ended room', scene: 'gone', invited: true, clicks: [], shows: 'make-own' },
  { name: 'rate limited', scene: 'rate', clicks: ['enter-room'], shows: 'error' },
  ...['empty', 'busy', 'discussion', 'waiting', 'unanswered', 'lost', 'attempts', 'kicked'].map((scene) =>
    inRoom(scene),
  ),
  ...['fork', 'stale', 'soon'].map((scene) => inRoom(scene, 'alarm')),
  inRoom('discussion', 'menu-reply', 'message-actions'),
  inRoom('discussion', 'composing', 'message-actions', 'menu-reply'),
  inRoom('discussion', 'emoji-cell', 'open-emoji'),
  inRoom('own words', 'composing', 'message-actions', 'menu-edit'),
  inRoom('own words', 'confirm-delete', 'message-actions', 'menu-delete'),
  inRoom('files', 'attachment'),
  inRoom('files', 'picture', 'show-picture'),
  { ...inRoom('empty', 'send-files'), name: 'empty · picked files', picks: true },
  inRoom('expired', 'closed'),
  inRoom('busy', 'invite-expiry', 'open-invite'),
  inRoom('busy', 'confirm-leave', 'leave'),
  inRoom('busy', 'wiped', 'leave', 'wipe'),
];

/** States whose way leads through the details: a column on wide screens, a sheet behind a button on narrow ones. */
export const DETAIL_STATES: readonly State[] = [
  inRoom('busy', 'newcomers'),
  inRoom('busy', 'safety-words', 'open-safety'),
  inRoom('busy', 'confirm-kick', 'kick'),
];

/** The ones with the most words. */
export const FEW_STATES: readonly State[] = [...STATES, ...DETAIL_STATES].filter(({ name }) =>
  ['landing', 'lobby', 'stale', 'discussion', 'busy · leave', 'busy · open-safety', 'busy · kick'].includes(
    name,
  ),
);

/** The twelve that are photographed in every look. */
export const PICTURED_STATES: readonly State[] = [
  { name: 'landing', scene: 'empty', clicks: [], shows: 'enter-room' },
  { name: 'lobby', scene: 'password', invited: true, clicks: [], shows: 'room-look' },
  { ...inRoom('empty', 'empty-room'), name: 'empty room' },
  { ...inRoom('full', 'message'), name: 'busy room' },
  { ...inRoom('lost', 'connection-trouble'), name: 'reconnecting' },
  { ...inRoom('soon', 'alarm'), name: 'recovered with a gap' },
  { ...inRoom('busy', 'retry'), name: 'failed message' },
  { ...inRoom('busy', 'invite-expiry', 'open-invite'), name: 'invitation' },
  {
    name: 'wrong password',
    scene: 'gate',
    invited: true,
    types: { password: 'not this one' },
    clicks: ['enter-room'],
    shows: 'error',
  },
  { name: 'rate limited', scene: 'rate', clicks: ['enter-room'], shows: 'error' },
  { ...inRoom('expired', 'closed'), name: 'expired' },
  { name: 'full room', scene: 'crowded', invited: true, clicks: [], shows: 'room-look' },
];

const PICKED = [
  { name: 'beach.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(2_000_000) },
  { name: 'umowa-najmu-2026.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(40_000) },
];

/** Leads a page to a state. */
export async function reach(page: Page, origin: string, state: State, wide: boolean): Promise<void> {
  const place = state.invited ? `/room?scene=${state.scene}#1.${CODE}` : `/?scene=${state.scene}`;
  await page.goto(origin + place);
  for (const [field, text] of Object.entries(state.types ?? {})) await page.getByTestId(field).fill(text);
  const [enter, ...clicks] = state.clicks;
  if (enter !== undefined) await page.getByTestId(enter).click();
  if (DETAIL_STATES.includes(state) && !wide) await page.getByTestId('details').click();
  for (const click of clicks) await page.getByTestId(click).first().click();
  if (state.picks) await page.getByTestId('file-picker').setInputFiles(PICKED);
  await page.getByTestId(state.shows).first().waitFor();
}
