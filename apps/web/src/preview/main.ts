import { inject, provideAppInitializer, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from '../app/app.ts';
import { guardScripts } from '../app/environment/trusted-scripts.ts';
import { Language } from '../app/i18n/language.ts';
import { ROOM_CLIENT_FACTORY } from '../app/session/room-client-factory.ts';
import { aMessage, FakeRoomClient } from '../testing/fake-room-client.ts';
import { playScene } from './scenes.ts';

/**
 * The whole interface over a client that only pretends: `?scene=busy` shows a state that is hard to come by, and
 * `preview.emit({…})` in the console makes anything else happen; `aMessage({…})` makes a whole message of a few words.
 */
function startPreview(): void {
  guardScripts(window);
  const scene = new URLSearchParams(location.search).get('scene') ?? 'empty';
  const startClient = () => {
    const client = playScene(scene, new FakeRoomClient());
    Object.assign(window, { preview: client, aMessage });
    return client;
  };
  bootstrapApplication(App, {
    providers: [
      provideZonelessChangeDetection(),
      provideAppInitializer(() => inject(Language).chooseForBrowser()),
      { provide: ROOM_CLIENT_FACTORY, useValue: () => startClient() },
    ],
  }).catch((error: unknown) => {
    console.error(error);
  });
}

startPreview();
