import type { Strategy } from '../../../core/contract/aliases.ts'

/** How a target is picked, each in a word or two and a sentence. */
export const strategies: readonly { value: Strategy; label: string; hint: string }[] = [
  { value: 'priority', label: 'In order', hint: 'The first is asked; the next one when it fails.' },
  { value: 'weighted', label: 'By weight', hint: 'Calls are spread over all, each by its share.' },
  { value: 'round-robin', label: 'In turn', hint: 'Each call goes to the next one in the list.' },
  { value: 'least-busy', label: 'Least busy', hint: 'The one with the fewest calls in flight.' },
  { value: 'lowest-latency', label: 'Fastest', hint: 'The one whose first words came soonest lately.' },
  { value: 'lowest-cost', label: 'Cheapest', hint: 'The one with the lowest price for this request.' },
  {
    value: 'capability',
    label: 'By ability',
    hint: 'The first that can do what the request needs: images, tools, JSON, its length.'
  },
  { value: 'rules', label: 'By rule', hint: 'The first whose rule fits the request.' }
]

export function strategyOf(value: Strategy): { label: string; hint: string } {
  return strategies.find((strategy) => strategy.value === value) ?? { label: value, hint: '' }
}
