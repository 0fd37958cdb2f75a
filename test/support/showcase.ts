import { fakeModels } from './fake-upstream.ts'

/** What the fake upstream pretends to be for pictures: models people know, and answers worth looking at. */
export const showcase = {
  models: {
    'gpt-5': 'answers',
    'gpt-5-mini': 'answers',
    'gpt-5-nano': 'answers',
    'o4-mini': fakeModels.badParameter
  },
  answers: {
    'Which of the three heat pump offers is cheapest over ten years, if I keep the old radiators?': `Over ten years the **Nordvent 9** comes out lowest, about €1,400 below the next one, because it keeps its efficiency at the 50 °C flow your radiators need.

| Offer | Installed | Power, 10 years | Total |
|---|---:|---:|---:|
| **Nordvent 9** | €14,900 | €9,200 | **€24,100** |
| Aerlo Compact | €12,700 | €12,800 | €25,500 |
| Brisa 8S | €13,950 | €12,300 | €26,250 |

Two things could change this: the Aerlo quote leaves out the hydraulic balancing that the others include, and floor heating in the living room would favour the Brisa.`,
    'How do I count sessions per week in SQLite, with gaps filled in?': `Make the weeks first, then join the sessions to them:

\`\`\`sql
WITH RECURSIVE weeks (start) AS (
  SELECT date('now', 'weekday 1', '-84 days')
  UNION ALL
  SELECT date(start, '+7 days') FROM weeks WHERE start < date('now', '-7 days')
)
SELECT start, count(sessions.id) AS sessions
FROM weeks
LEFT JOIN sessions ON sessions.started_at >= start AND sessions.started_at < date(start, '+7 days')
GROUP BY start;
\`\`\`

A week without sessions keeps its row, with a count of **0**.`,
    'Rewrite this release note so that a user knows what changed for them': `**Faster search.** Results now appear while you type, also in large vaults. Nothing to set up.`,
    'Lisbon in four days, slow mornings, no museums': `1. **Alfama and Graça** on foot, tram 28 back down
2. **Belém** along the river, pastry in hand
3. **Sintra** by the 10 o'clock train
4. **Cacilhas** by ferry, lunch by the water`,
    'Why does fsync matter for a ledger?': `Because a row the kernel still holds in memory is not on the disk. After a power cut only what was synced before is there.`
  }
} as const

/** The question of the picture in the README. */
export const shownQuestion =
  'Which of the three heat pump offers is cheapest over ten years, if I keep the old radiators?'
