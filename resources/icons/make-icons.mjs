// Draws every icon from homeport.svg: node resources/icons/make-icons.mjs. Its output is committed.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

const folder = import.meta.dirname
const svg = readFileSync(join(folder, 'homeport.svg'), 'utf8')

/** macOS icons leave a margin around the tile: 100 of 1024 on each side. */
const withMargin = svg.replace('viewBox="0 0 1024 1024"', 'viewBox="-124 -124 1272 1272"')
/** The mark alone, for bars that are 16 pixels high. */
const markIn = (colour) =>
  svg
    .replace(/<rect id="tile"[^>]*>/, '')
    .replace('viewBox="0 0 1024 1024"', 'viewBox="186 186 652 652"')
    .replace('stroke="#ffffff"', `stroke="${colour}"`)

const png = (source, size) => new Resvg(source, { fitTo: { mode: 'width', value: size } }).render().asPng()

/** ICO: a directory of PNG pictures. https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10) */
function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { size, data }] of pictures.entries()) {
    const entry = 6 + 16 * index
    header.writeUInt8(size % 256, entry) // 256 is written as 0
    header.writeUInt8(size % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4) // colour planes
    header.writeUInt16LE(32, entry + 6) // bits per pixel
    header.writeUInt32LE(data.length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += data.length
  }
  return Buffer.concat([header, ...pictures.map(({ data }) => data)])
}

/** ICNS: chunks of a four-letter type, a length and a PNG. https://en.wikipedia.org/wiki/Apple_Icon_Image_format */
function icns(pictures) {
  const chunk = (type, data) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(8 + data.length, 4)
    return Buffer.concat([head, data])
  }
  return chunk('icns', Buffer.concat(pictures.map(({ type, data }) => chunk(type, data))))
}

const sizesOfIcns = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 }
const sizesOfIco = [16, 24, 32, 48, 64, 128, 256]
const sizesOfLinux = [16, 32, 48, 64, 128, 256, 512, 1024]
/** The system tints a template; `light` and `dark` name the bar a picture is for. */
const trayPictures = { Template: '#000000', light: '#1b2a2f', dark: '#f2f6f7' }

for (const name of ['linux', 'tray']) mkdirSync(join(folder, name), { recursive: true })
const write = (name, data) => writeFileSync(join(folder, name), data)

write('homeport.ico', ico(sizesOfIco.map((size) => ({ size, data: png(svg, size) }))))
write(
  'homeport.icns',
  icns(Object.entries(sizesOfIcns).map(([type, size]) => ({ type, data: png(withMargin, size) })))
)
for (const size of sizesOfLinux) write(`linux/${size}x${size}.png`, png(svg, size))
for (const [name, colour] of Object.entries(trayPictures)) {
  write(`tray/${name}.png`, png(markIn(colour), 16))
  write(`tray/${name}@2x.png`, png(markIn(colour), 32))
}
