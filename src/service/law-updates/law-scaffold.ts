/** Returns a commented book with one clause in YAML. Its example addresses keep it from being signed as it is. */
export const scaffoldBook = (
  id: string,
  today: string,
): string => `# A law, standard or code as data. Fill it in, then:
#   assay law check ${id}.yaml
#   assay law sign ${id}.yaml --signer 'Your desk' --key law.key.pem --out law.tar --expires YYYY-MM-DD
# docs/adding-a-law-layer.md goes through it step by step, docs/adding-a-rulebook.md explains each member.
# Assay tells what a file declares. No text says that a file, or somebody, passed or failed.

id: ${id}
# Country (ES), state (US-CA), EU, or INT for standards and practice.
jurisdiction: ES
# law, code (a voluntary code), or practice (what platforms or standards do).
kind: law
instrument:
  # The official name in English, and in its own language.
  title: Invented Law on Labels
  originalTitle: Ley inventada de etiquetas
  language: es
  number: Law 1/2027
  # The page of the authority that publishes it.
  address: https://www.example.org/law
# The day of this text. Another text needs another day, or .2 after it.
edition: "${today}"

# One block for each language. English is required; without Chinese, Chinese pages show the English.
texts:
  en:
    title: Spain, Law on Labels
    # Sentences about the law begin with it.
    short: Spain, Law on Labels
    about: Files that were made with AI carry a label. Invented as an example.
  zh-Hans:
    title: 西班牙标签法
    short: 西班牙标签法
    about: 使用人工智能制作的文件应带有标签。此为示例。

clauses:
  - id: 3.1-label
    provision: Article 3
    # As it is cited alone.
    clause: Article 3(1)
    # mark: the file carries something. tell: people are told. prohibition: something is forbidden.
    # safe-harbour: what is enough. process: what nobody sees in a file. encouraged: a mark that is recommended.
    kind: mark
    # provider, deployer, platform, user, device-maker, publisher or anyone.
    binds: [provider]
    # What the law itself speaks of: image, video, audio, document (PDF, Word), text. Not what Assay reads.
    covers: [image, video, audio, document]
    # Conditions that no file shows: election, advertisement, candidate, imitation-of-person-or-event, imitation.
    # onlyIf: [advertisement]
    # First day on which it applies; "until" is the first day on which it no longer does.
    periods:
      - from: "2027-01-01"
        until: "2030-01-01"
    # Who read what, where, on which day. official-text or verbatim-copy with "wording" makes the clause verified.
    sources:
      - kind: official-text
        title: Official gazette, Law 1/2027
        address: https://www.example.org/law/article-3
        locator: Article 3(1)
        seenOn: "${today}"
        seenBy: Your name
        # sha256 of the text that was read, if you kept it:
        # sha256: 0000000000000000000000000000000000000000000000000000000000000000
        supports: [wording, number, date, binds]
    # What the file has to carry. assay signals lists the signals that a condition can name.
    parts:
      - id: label
        when:
          any:
            - signal: file.aiMark.signed
              backing: [trusted, valid]
            - signal: file.aiMark.unsigned
    texts:
      en:
        title: A label in the file
        asks: A file that was made with AI carries a label that a machine can read.
        part.label: a label that names AI
      zh-Hans:
        title: 文件中的标签
        asks: 使用人工智能制作的文件带有机器可读的标签。
        part.label: 注明人工智能的标签

# What each clause gives for a file on a day: before and after each date. They are run before the law is used.
cases:
  - name: the day before
    asOf: "2026-12-31"
    kind: image
    signals: [{ id: file.aiMark.unsigned, backing: unsigned }]
    expect: { 3.1-label: not-in-force }
  - name: the first day, with a label
    asOf: "2027-01-01"
    kind: image
    signals: [{ id: file.aiMark.unsigned, backing: unsigned }]
    expect: { 3.1-label: answered }
  - name: the first day, without one
    asOf: "2027-01-01"
    kind: image
    signals: []
    expect: { 3.1-label: no-signal-found }
  - name: the last day
    asOf: "2029-12-31"
    kind: image
    signals: []
    expect: { 3.1-label: no-signal-found }
  - name: the day after
    asOf: "2030-01-01"
    kind: image
    signals: []
    expect: { 3.1-label: superseded }
`;
