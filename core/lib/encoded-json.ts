/** A value as JSON in UTF-8, which another thread has made of it: to be sent as it is. */
export class EncodedJson<T> {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** Takes its time, and the thread, where the value is large. */
  decode(): T {
    // whoever encoded it had a T
    return JSON.parse(
      Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length).toString()
    ) as T
  }
}
