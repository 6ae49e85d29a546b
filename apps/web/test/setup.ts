import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';
import { fillInTheBrowser } from './browser-stubs.ts';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });
fillInTheBrowser();
