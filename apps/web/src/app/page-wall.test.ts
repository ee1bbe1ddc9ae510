import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, 'w');
const pages = globSync('**/{page,route,layout}.{ts,tsx}', { cwd: folder });

// A layout does not guard its pages: Next keeps it while one moves between them.
test.each(pages)('w/%s asks who the person is in the workspace of its own address', (page) => {
  expect(readFileSync(join(folder, page), 'utf8')).toMatch(/await whoIs\(|workspacePage\(/);
});

test('there are pages to look at', () => {
  expect(pages.length).toBeGreaterThan(5);
});
