import type { ContentPart } from '../../../providers/spec/prompt.ts'
import { badParameter } from '../json-fields.ts'

/** How files of each type begin, as hex; `..` is any byte. */
const beginnings: readonly [mediaType: string, pattern: RegExp][] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^47494638/],
  ['image/webp', /^52494646.{8}57454250/],
  ['image/bmp', /^424d/],
  ['image/tiff', /^(49492a00|4d4d002a)/],
  ['image/avif', /^.{8}6674797061766966/],
  ['image/heic', /^.{8}66747970(68656963|68656978|6d696631)/]
]
/** Base64 of the first 24 bytes. */
const headChars = 32

/** Pictures as the dialect sends them: bare base64, whose type only their bytes tell. Throws `bad-request`. */
export function toImages(images: unknown, place: string): ContentPart[] {
  if (images === undefined || images === null) return []
  if (!Array.isArray(images)) throw badParameter(place, 'must be a list')
  return images.map((image: unknown, index) => {
    if (typeof image !== 'string') throw badParameter(`${place}[${index}]`, 'must be base64')
    // some clients send what they show
    const data = image.replace(/^data:[^,]{0,100};base64,/, '')
    const mediaType = mediaTypeOf(data)
    if (mediaType === null) throw badParameter(`${place}[${index}]`, 'is not a picture of a known type')
    return { type: 'image', source: { kind: 'base64', mediaType, data } }
  })
}

function mediaTypeOf(base64: string): string | null {
  const head = Buffer.from(base64.slice(0, headChars), 'base64').toString('hex')
  return beginnings.find(([, pattern]) => pattern.test(head))?.[0] ?? null
}
