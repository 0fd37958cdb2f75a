/** A line of a page: its text, and how far from the page's foot it is printed. */
export interface SampleLine {
  text: string
  y: number
}

/** A PDF of these pages in Helvetica, see ISO 32000-1, 7.5. */
export function samplePdf(pages: readonly SampleLine[][], { title = '', trailer = '' } = {}): Buffer {
  const pageNumber = (index: number): number => 4 + index * 2
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${pageNumber(index)} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, index) => {
      const content = lines.map(({ text, y }) => `BT /F1 12 Tf 72 ${y} Td (${text}) Tj ET`).join('\n')
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${pageNumber(index) + 1} 0 R ` +
          '/Resources << /Font << /F1 3 0 R >> >> >>',
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`
      ]
    }),
    `<< /Title (${title}) >>`
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ` +
      `/Info ${objects.length} 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1'
  )
}
