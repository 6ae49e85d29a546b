import { enter } from './enter.mjs';

enter(function () {
  return import('./ok-command.mjs');
});
