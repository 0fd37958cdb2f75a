/** A number, what it counts where that is a unit, and whether it is the least or the most. */
export interface Quantity {
  value: number
  /** What is measured, and how much of its smallest unit this one is: hours are 3,600 of `time`. Null for none that is known. */
  unit: readonly [kind: string, factor: number] | null
  bound: 'least' | 'most' | null
}

/** Names of units by what they measure. Those of one or two letters that are words too, `in` and `s`, are left out. */
const unitNames: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  time: {
    'second seconds sec secs sekunde sekunden seconde secondes segundo segundos': 1,
    'minute minutes min mins minuten minuto minutos': 60,
    'hour hours h hr hrs stunde stunden std heure heures hora horas': 3600,
    'day days tag tage tagen jour jours día días': 86_400,
    'week weeks woche wochen semaine semaines semana semanas': 604_800
  },
  months: {
    'month months monat monate monaten mois mes meses': 1,
    'year years jahr jahre jahren an ans année années año años': 12
  },
  mass: {
    'mg milligram milligrams': 1,
    'g gram grams gramm gramme grammes gramo gramos': 1000,
    'kg kilo kilos kilogram kilograms kilogramm': 1_000_000,
    'lb lbs pound pounds': 453_592.37,
    'oz ounce ounces': 28_349.523
  },
  length: {
    'mm millimetre millimetres millimeter millimeters': 1,
    'cm centimetre centimetres centimeter centimeters zentimeter': 10,
    'm metre metres meter meters': 1000,
    'km kilometre kilometres kilometer kilometers': 1_000_000,
    'mile miles mi': 1_609_344,
    'foot feet ft': 304.8,
    'inch inches': 25.4
  },
  volume: {
    'ml millilitre millilitres milliliter milliliters': 1,
    'cl centilitre centilitres': 10,
    'l litre litres liter liters': 1000
  },
  power: { 'w watt watts': 1, 'kw kilowatt kilowatts': 1000 },
  energy: { wh: 1, kwh: 1000 },
  data: {
    'kb kilobyte kilobytes': 1,
    'mb megabyte megabytes': 1000,
    'gb gigabyte gigabytes': 1_000_000,
    'tb terabyte terabytes': 1_000_000_000
  },
  loudness: { 'db decibel decibels dezibel': 1 },
  share: { '% percent prozent pourcent': 1 },
  celsius: { '°c celsius': 1 },
  fahrenheit: { '°f fahrenheit': 1 },
  euros: { '€ eur euro euros': 1 },
  dollars: { '$ usd dollar dollars': 1 },
  sterling: { '£ gbp': 1 }
}
const units = new Map(
  Object.entries(unitNames).flatMap(([kind, scales]) =>
    Object.entries(scales).flatMap(([names, factor]) =>
      names.split(' ').map((name) => [name, [kind, factor] as const] as const)
    )
  )
)

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
const numberWords = new Map([
  ...ones.split(' ').map((word, value) => [word, value] as const),
  ...tens.split(' ').map((word, index) => [word, (index + 2) * 10] as const)
])
export const isNumberWord = (word: string): boolean => numberWords.has(word)

const numberOrWord = /\d+(?:[.,]\d+)*|[a-z]+/gi
const unitBehind = /\s*(°\s?[CF]\b|[%€$£]|\p{L}+)/iuy
const least =
  /(?:at least|a minimum of|minimum|no less than|not less than|more than|over|above|mindestens|mehr als|über|au moins|plus de|al menos|más de)\s*$/i
const most =
  /(?:at most|up to|a maximum of|maximum|no more than|not more than|less than|fewer than|under|below|höchstens|maximal|bis zu|weniger als|au plus|moins de|como máximo|menos de)\s*$/i
/** What stands before a number may bound it. Characters. */
const BEFORE = 24

/** What may stand behind a number and says nothing but what it counts. */
export const isUnit = (word: string): boolean => units.has(word) || bareUnits.has(word)
const bareUnits = new Set('degree degrees grad degrés grados c f'.split(' '))

/** The numbers of a text as they are meant: `1,000` is 1000, `3.50` is 3.5, `three` is 3. */
export function quantitiesOf(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const { index, 0: written } of text.matchAll(numberOrWord)) {
    const value = /^\d/.test(written) ? valueIn(written) : numberWords.get(written.toLowerCase())
    // "one" and "zero" are said without counting
    if (value === undefined || /^(?:one|zero)$/i.test(written)) continue
    const before = text.slice(Math.max(0, index - BEFORE), index)
    unitBehind.lastIndex = index + written.length
    const unit = unitOf(unitBehind.exec(text)?.[1]) ?? unitOf(/[€$£](?=\s?$)/.exec(before)?.[0])
    const bound = least.test(before) ? 'least' : most.test(before) ? 'most' : null
    found.push({ value, unit, bound })
  }
  return found
}

const unitOf = (written: string | undefined): Quantity['unit'] =>
  units.get(written?.toLowerCase().replace(/\s/g, '') ?? '') ?? null

function valueIn(written: string): number {
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(written)
    ? written.replaceAll(',', '')
    : written.replace(',', '.')
  // what is no number has to be written alike: a date, a version
  return Number.isFinite(Number(plain)) ? Number(plain) : Number(written.replace(/\D/g, ''))
}

/**
 * Whether one number can rest on another: as much of the same, in whatever unit. A number without a unit may be of any; the
 * least is not the most.
 */
export function restsOn(said: Quantity, known: Quantity): boolean {
  if (said.bound !== null && known.bound !== null && said.bound !== known.bound) return false
  if (said.unit === null || known.unit === null) return said.value === known.value
  const [[kind, factor], [knownKind, knownFactor]] = [said.unit, known.unit]
  const [one, other] = [said.value * factor, known.value * knownFactor]
  return kind === knownKind && Math.abs(one - other) <= 1e-9 * Math.max(one, other)
}
