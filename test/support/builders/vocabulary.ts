import type { Random } from '../random.ts';

const list = (text: string): string[] => text.trim().split(/\s+/u);

/** Words that are hard to fold, cut, sort or write down, among plain ones. The first are drawn most. */
const wordPool: readonly string[] = [
  ...list(
    'review budget Offerte call Müller plan straße visit lunch Ärzte résumé naïve 2026 Q3 42 İstanbul ISPARTA',
  ),
  ...list(
    'ılık Diyarbakır Škoda Łódź Øresund smørrebrød Đà œuvre Æsir Þórr Ħal ŋa STRASSE ẞ Gödel e\u0301te\u0301',
  ),
  ...list(
    'Ａｂｃ ﬁnance ① Ⅷ x² Москва ёлка Ёж договор київ ΟΔΟΣ οδός Σίσυφος Ωμέγα 会议 東京 東京都 会 予算',
  ),
  ...list(
    "ミーティング ガイド ｶﾞｲﾄﾞ ひらがな 회의 서울 각 שלום مرحبا नमस्ते ประชุม tiếng Việt a b 7 O’Neil d'Artagnan",
  ),
  ...list(
    're-do e.mail C++ R&D 50% %s %d 100%% back\\slash "quoted" {"id":"x"} </script> 😀 👩‍👩‍👧 🇧🇪 𝔘nicode 𐐀𐐁𐐂 𠮷野家',
  ),
  ...list('null NaN 1e5 -0'),
  '\u2028',
];
const longWords = [
  'x'.repeat(95),
  'äöü'.repeat(17),
  '長い文章'.repeat(16),
  '𠮷'.repeat(45),
  'ab'.repeat(20),
  'ab'.repeat(20) + 'c',
];
const gaps = [' ', ' ', ' ', ' ', ' ', '  ', ', ', ' - ', '/', '_', ' 🎉 ', '…'];

/** Early words come often, late ones seldom, so that both crowded and rare words occur. */
export const word = (random: Random): string =>
  wordPool[Math.floor(random.next() ** 2 * wordPool.length)] as string;

export function sentence(random: Random, from: number, to: number): string {
  let text = word(random);
  for (let left = random.between(from, to) - 1; left > 0; left -= 1) text += random.pick(gaps) + word(random);
  return text.trim() || 'review';
}

export function details(random: Random): string {
  return random.weighted<() => string>([
    [3, () => ''],
    [5, () => sentence(random, 2, 12)],
    [2, () => [sentence(random, 1, 8), sentence(random, 1, 8), '', sentence(random, 1, 20)].join('\n')],
    [0.4, () => `${sentence(random, 1, 4)}\t${random.pick(longWords)} ${word(random)}`],
  ])();
}

/** Some titles are many meetings' title, and some differ only by case and accents. */
export function title(random: Random): string {
  return random.weighted<() => string>([
    [
      2,
      () =>
        random.pick([
          'Weekly review',
          'weekly Review',
          'Wéekly review',
          'Jour fixe',
          '会议',
          'Zürich',
          'zurich',
        ]),
    ],
    [
      8,
      () =>
        Array.from(sentence(random, 1, 5))
          .slice(0, 100)
          .join('')
          .trim() || 'plan',
    ],
    [0.2, () => random.pick(longWords)],
  ])();
}

const surnames = [
  ...list(
    'Müller Mueller MÜLLER Ångström Zoë Øster Łukasz İnce ışık Straßer Иванов Ёлкин Œuvrard 田中 山本 김',
  ),
  ...list('Παπαδόπουλος Smith smith O’Brien Aalto Zyx'),
  ...['de la Cruz', '😀 Ltd'],
];
const forms = ['', '', ' & Sons', ' GmbH', ' SA', ' 株式会社', ' ООО', ' (old)', ' 2'];

export const clientName = (random: Random): string =>
  random.chance(0.7)
    ? `${random.chance(0.6) ? `${word(random)} ` : ''}${random.pick(surnames)}${random.pick(forms)}`.trim()
    : sentence(random, 1, 3);

/** Two people may have the same name. */
export const personName = (random: Random): string =>
  `${random.pick(['Ana', 'Éva', 'Jörg', 'Ölaf', 'Иван', 'Zoë', 'ana', '美'])} ${random.pick(surnames)}`;

export const tags: readonly string[] = [
  ...list(
    'vip VIP follow-up été ete E\u0301te\u0301 straße strasse İzmir важно 重要 🔥 "q" a %s \\ 0 00 null north x,y',
  ),
  ...['🔥 hot', 'x y', 'x  y'],
  ...Array.from({ length: 36 }, (_, at) => `tag ${String(at)}`),
];

/** The first are drawn most; more of them than a wide facet lists, some alike but for case, accents and spaces around. */
export const cities: readonly string[] = [
  ...list('Gent Liège Köln 東京 gent GENT Liege koln İzmir Ёлкино Sint-Niklaas'),
  ...['São Paulo', ' Gent ', '  Den  Haag'],
  ...Array.from({ length: 16 }, (_, at) => `Stad ${String(at)}`),
];
export const durations: readonly number[] = [0, 5, 15, 15, 30, 30, 60, 90, 480, 10_080];

/** Days on and around which clocks change somewhere, some of them over midnight, and a skipped one. */
export const hardDays: readonly string[] = list(`
  2026-03-28 2026-03-29 2026-03-30 2026-10-24 2026-10-25 2026-10-26 2018-11-03 2018-11-04 2018-11-05 2018-02-17
  2018-02-18 2006-10-28 2006-10-29 2006-10-30 2011-12-29 2011-12-30 2011-12-31 2024-04-25 2024-04-26 2024-02-29
  1999-12-31 2000-01-01 1850-01-01 1000-01-01 9999-12-30`);
export const zones: readonly string[] = list(`
  Europe/Brussels America/Sao_Paulo America/St_Johns Asia/Kolkata Pacific/Apia Africa/Cairo UTC Australia/Lord_Howe
  America/New_York`);
