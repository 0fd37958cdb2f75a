import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AppEvent } from '../../core/contract/events.ts'
import { errorText } from './app-request-error.ts'
import { daemon } from './daemon.ts'

export interface ResourceState<T> {
  /** null until it was loaded once; then the last good value, also while it is loaded again. */
  data: T | null
  /** Why the last load failed. */
  error: string | null
}

export interface Resource<T> {
  store: StoreApi<ResourceState<T>>
  /** Loads it, if nobody did yet. */
  ensure(): void
  get(): T | null
  /** Replaces the value with what an answer or event brought. */
  set(data: T): void
  refresh(): Promise<void>
}

export interface ResourceOptions<T> {
  load: () => Promise<T>
  /** Events after which it is loaded again, if anybody ever used it. */
  refreshOn?: AppEvent['type'][]
  /** Takes the new value from an event, sparing a load. */
  take?: (event: AppEvent, current: T) => T
  /** Loads follow each other at this distance at least. Milliseconds. */
  spacing?: number
}

/** A piece of the daemon's state that windows show: loaded once, kept fresh by events. */
export function createResource<T>({
  load,
  refreshOn = [],
  take,
  spacing = 0
}: ResourceOptions<T>): Resource<T> {
  const store = createStore<ResourceState<T>>(() => ({ data: null, error: null }))
  let used = false
  let running: Promise<void> | null = null
  let again = false

  async function loadOnce(): Promise<void> {
    try {
      store.setState({ data: await load(), error: null })
    } catch (thrown) {
      store.setState({ error: errorText(thrown) })
    }
  }

  function refresh(): Promise<void> {
    used = true
    again = running !== null
    running ??= loadOnce().then(async () => {
      if (spacing > 0) await new Promise((resolve) => setTimeout(resolve, spacing))
      running = null
      if (again) await refresh()
    })
    return running
  }

  daemon.subscribe(({ event }) => {
    if (!used) return
    const { data } = store.getState()
    if (event.type === 'reset' || refreshOn.includes(event.type)) void refresh()
    else if (take && data !== null) {
      const next = take(event, data)
      // most events say nothing about it, and every token of an answer is one: nobody is to draw anew for them
      if (next !== data) store.setState({ data: next })
    }
  })
  daemon.store.subscribe((state, before) => {
    const failed = store.getState().error !== null
    if (used && failed && state.state === 'ready' && before.state !== 'ready') void refresh()
  })

  return {
    store,
    ensure() {
      if (!used) void refresh()
    },
    get: () => store.getState().data,
    set: (data) => store.setState({ data, error: null }),
    refresh
  }
}

/** The resource in a component: loads on first use, re-renders on every change. */
export function useResource<T>(resource: Resource<T>): ResourceState<T> {
  useEffect(() => resource.ensure(), [resource])
  return useStore(resource.store)
}
