import { createContext, type ReactNode } from 'react'

/** Draws a mark of the text from its value; `words` is what stands there in the text. */
export type DrawMark = (value: string, words: ReactNode) => ReactNode

/** How the marks of the text around here are drawn; null where it has none. */
export const InlineMarks = createContext<DrawMark | null>(null)
