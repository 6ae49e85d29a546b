import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { overlays, render, renderedFile, sourcesDigest } from './sources.mjs';

// Writes deploy/k8s/rendered anew with kubectl: node tools/manifests/render.mjs
// The tests look at these files, so that they run where no kubectl is, and refuse them when the sources have changed since.
for (const overlay of overlays()) {
  const file = renderedFile(overlay);
  const head = `# Rendered from overlays/${overlay} by \`node tools/manifests/render.mjs\`; not for editing.\n# sources sha256: ${sourcesDigest()}\n`;
  const options = await resolveConfig(file);
  writeFileSync(file, await format(head + render(overlay), { ...options, filepath: file }));
}
