import { enter } from './enter.mjs';

enter(function () {
  return import('./dev-command.mjs');
});
