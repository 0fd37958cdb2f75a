/** Makes the use of anything the stand-in does not have throw: it never pretends. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'string' && !(key in object) && key !== 'then' && key !== 'toJSON')
        throw new Error(`electron stand-in: ${name}.${key} is not implemented`)
      const value: unknown = Reflect.get(object, key, object)
      // private fields are the object's own, so its methods run on it and not on the proxy
      return typeof value === 'function' ? value.bind(object) : value
    },
    set: (object, key, value) => Reflect.set(object, key, value, object)
  })
}

export interface Cancelable {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

/** An event whose default action a listener may prevent. */
export function cancelable<T extends object>(details: T): T & Cancelable {
  let prevented = false
  return Object.defineProperties({ ...details } as T & Cancelable, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: {
      value: () => {
        prevented = true
      }
    }
  })
}
