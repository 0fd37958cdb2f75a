import { classNames } from './class-names.ts'

const tones = { ok: 'bg-ok', warn: 'bg-warn', bad: 'bg-bad', idle: 'bg-text-3', accent: 'bg-accent pulse' }
export type DotTone = keyof typeof tones

/** Colour alone says nothing to some people: pass a label unless text beside it says the same. */
export function StatusDot({ tone, label }: { tone: DotTone; label?: string }) {
  return (
    <span className={classNames('inline-block size-[7px] shrink-0 rounded-full', tones[tone])}>
      {label && <span className="sr-only">{label}</span>}
    </span>
  )
}
