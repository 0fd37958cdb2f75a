/** All of an input as text. */
export async function readAll(input: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of input)
    chunks.push(Buffer.from(chunk instanceof Uint8Array ? chunk : String(chunk)))
  return Buffer.concat(chunks).toString('utf8')
}
