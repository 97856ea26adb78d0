/** Runs each side in turn, A B A B …, and returns medians and the median of the pairwise ratios. */
export async function rounds(count, sides) {
  const times = sides.map(() => []);
  for (let round = 0; round <= count; round++) {
    for (const [index, side] of sides.entries()) {
      const start = performance.now();
      await side.run();
      // The first round warms caches and does not count.
      if (round > 0) times[index].push(performance.now() - start);
    }
  }
  const [first, second] = times;
  const ratios = first.map((value, i) => value / second[i]);
  return {
    medians: times.map(median),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function report(sides, { medians, ratio, spread }, note = '') {
  for (const [i, side] of sides.entries())
    console.log(`${side.name.padEnd(48)} ${medians[i].toFixed(1)} ms (median)`);
  console.log(`ratio ${ratio.toFixed(2)} (${spread.map((r) => r.toFixed(2)).join(' to ')})${note}`);
}
