/** Results of one lane: counts, the slowest inputs, memory before and after, and findings. */
export class Tally {
  inputs = 0;
  bytes = 0;
  /** Number of inputs that were also judged without their bytes. */
  kept = 0;
  findings = [];
  #types = new Map();
  #deaths = new Map();
  #slowest = [];
  #memory = {};
  #onFinding;

  constructor(onFinding = () => {}) {
    this.#onFinding = onFinding;
  }

  read({ number, done = number, name, bytes, mediaType, slowest, findings = [] }) {
    this.inputs += 1;
    this.bytes += bytes;
    if (mediaType) count(this.#types, mediaType);
    for (const one of findings) this.found(one);
    this.#slowest.push({ number: done, name, step: slowest.step, millis: Math.round(slowest.millis) });
    if (this.#slowest.length > 200) this.#keepSlowest();
  }

  found(finding) {
    this.findings.push(finding);
    this.#onFinding(finding);
  }

  /** `about`: the input that caused the crash; the first is recorded. */
  died(carrier, how, { number, name } = {}) {
    const key = `${carrier}: ${how}`;
    const before = this.#deaths.get(key);
    if (before === undefined) this.#deaths.set(key, { count: 1, number, name });
    else before.count += 1;
  }

  get deaths() {
    return this.#deaths;
  }

  memory(when, figures) {
    this.#memory[when] = figures;
  }

  #keepSlowest() {
    this.#slowest = this.#slowest.sort((a, b) => b.millis - a.millis).slice(0, 10);
  }

  toJSON() {
    this.#keepSlowest();
    const sorted = (map) => Object.fromEntries([...map].sort(([, a], [, b]) => b - a));
    return {
      inputs: this.inputs,
      megabytes: Math.round(this.bytes / 1e6),
      ...(this.kept > 0 ? { judgedWithoutBytes: this.kept } : {}),
      mediaTypes: sorted(this.#types),
      deathsInThePool: Object.fromEntries([...this.#deaths].sort(([, a], [, b]) => b.count - a.count)),
      slowest: this.#slowest,
      memory: this.#memory,
      findings: this.findings,
    };
  }
}

function count(map, key) {
  map.set(key, (map.get(key) ?? 0) + 1);
}
