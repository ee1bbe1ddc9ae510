/** `pnpm bench preview [accounts]`: weights moved by keyboard in a real browser, until the preview of 10,000 accounts stands still (perf.md, targets). */
import { inLivedBook, type Lived } from './lived.ts';
import { type BenchResult, median, percentile } from './rounds.ts';

const MOVES = 60;
const STILL_MS = 400;

export default async (args: readonly string[]): Promise<BenchResult> => {
  const accounts = Number(args[0] ?? 10_000);
  const moves = await inLivedBook(accounts, 400, measure);
  return {
    bench: 'preview',
    figures: { move_ms: median(moves), move_p95_ms: percentile(moves, 0.95) },
    notes: [`${moves.length} moves of one weight on ${accounts} accounts: from the key to the last change on the page, then its frame`],
  };
};

const measure = async ({ page, slug }: Lived): Promise<number[]> => {
  await page.goto(`/w/${slug}/health-model`);
  await page.getByRole('region', { name: 'Who changes band' }).waitFor({ timeout: 60_000 });
  const slider = page.getByRole('slider', { name: /Momentum/ });
  await slider.focus();
  const moves: number[] = [];
  for (let i = 0; i < MOVES; i++) {
    const settled = page.evaluate(untilStill, STILL_MS);
    await slider.press(i % 20 < 10 ? 'ArrowRight' : 'ArrowLeft');
    moves.push(await settled);
  }
  return moves;
};

/** In the page: milliseconds from the next key to the frame after the last change that is followed by stillness. */
const untilStill = (stillMs: number): Promise<number> =>
  new Promise((resolve) => {
    let last = 0;
    let timer = 0;
    const start = (event: KeyboardEvent) => {
      const from = event.timeStamp;
      const watch = new MutationObserver(() => {
        requestAnimationFrame(() => (last = performance.now()));
        clearTimeout(timer);
        timer = window.setTimeout(end, stillMs);
      });
      const end = () => {
        watch.disconnect();
        resolve(last - from);
      };
      watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      timer = window.setTimeout(end, 5 * stillMs);
    };
    document.addEventListener('keydown', start, { once: true, capture: true });
  });
