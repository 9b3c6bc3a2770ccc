// Watches one stream with one player and reports what was seen.
import { until } from './browsers.mjs';

const START_MILLIS = 15000;
const report = () => window.report();

/**
 * Plays `url` until `millis` of media were shown, then seeks if `seek` says to how many seconds.
 * Returns names and values; lists are joined by `; `.
 */
export async function watch(tab, pages, { url, player, live, millis, seek }) {
  tab.forget();
  await tab.open(pages.page({ url, player, live }));
  const first = await until(tab, report, (seen) => seen.playing || seen.failed, START_MILLIS);
  const shown = await until(tab, report, (seen) => seen.currentMillis - first.currentMillis >= millis || seen.ended || !first.playing, START_MILLIS + millis);
  let last = shown;
  if (seek) {
    await tab.ask((seconds) => window.seekTo(seconds), seek);
    last = await until(tab, report, (seen) => seen.seekMillis >= 0, START_MILLIS);
  }
  return told(tab, last, shown.currentMillis - first.currentMillis);
}

/** Watches on what `watch` left playing, until `millis` more were shown. */
export async function watchOn(tab, millis) {
  const first = await tab.ask(report);
  const last = await until(tab, report, (seen) => seen.currentMillis - first.currentMillis >= millis || seen.ended || seen.failed, START_MILLIS + millis);
  return told(tab, last, last.currentMillis - first.currentMillis);
}

function told(tab, last, shownMillis) {
  return {
    ...last,
    shownMillis,
    requests: tab.requests.join('; '),
    errors: [...last.errors, ...tab.faults].join('; '),
  };
}
