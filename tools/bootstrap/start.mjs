import { enter } from './enter.mjs';

enter(function () {
  return import('./start-command.mjs');
});
