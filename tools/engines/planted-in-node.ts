import { step, type Step } from './browser/planted.ts';

/** Does each step that its parent names, and tells the masked secrets. */
process.on('message', (name: Step) => {
  step(name).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
