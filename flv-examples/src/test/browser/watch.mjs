// Watches one stream with one player and reports what was seen.
import { until } from './browsers.mjs';

const START_MILLIS = 15000;

/**
 * Plays `url` until `millis` of media were shown, then seeks if `seek` says to how many seconds.
 * Returns names and values; lists are joined by `; `.
 */
export async function watch(tab, pages, { url, player, live, millis, seek }) {
  tab.forget();
  await tab.open(pages.page({ url, player, live }));
  const report = () => window.report();
  const first = await until(tab, report, (seen) => seen.playing || seen.failed, START_MILLIS);
  const shown = await until(tab, report, (seen) => seen.currentMillis - first.currentMillis >= millis || seen.ended || !first.playing, START_MILLIS + millis);
  let last = shown;
  if (seek) {
    await tab.ask((seconds) => window.seekTo(seconds), seek);
    last = await until(tab, report, (seen) => seen.seekMillis >= 0, START_MILLIS);
  }
  return {
    ...last,
    shownMillis: shown.currentMillis - first.currentMillis,
    requests: tab.requests.join('; '),
    errors: [...last.errors, ...tab.faults].join('; '),
  };
}
