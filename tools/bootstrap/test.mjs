import { enter } from './enter.mjs';

enter(function () {
  return import('./test-command.mjs');
});
