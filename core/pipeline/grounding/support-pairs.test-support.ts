/** A passage, and what an answer says with its number. */
export type SupportPair = readonly [passage: string, statement: string]

/** Said in other words, and true by the passage. */
export const supported: readonly SupportPair[] = [
  // negations, kept
  ['The soup does not contain any cream.', 'There is no cream in the soup.'],
  ['Do not open the hatch while the engine runs.', "Don't open the hatch while the engine is running."],
  ['The key cannot be recovered once it is lost.', "A lost key can't be recovered."],
  ['Nobody answered the letter from the landlord.', 'No one answered the letter from the landlord.'],
  ['The boiler was never serviced by the old owner.', 'The old owner never serviced the boiler.'],
  ['We went hiking without a map.', 'You had no map when you went hiking.'],
  ['Smoking is not allowed in the cabin.', 'Smoking is forbidden in the cabin.'],
  ['The tenant failed to pay the rent in March.', 'The tenant did not pay the rent in March.'],
  ['The old pump no longer starts in cold weather.', 'The old pump does not start in cold weather.'],
  ['Neither the roof nor the cellar was dry.', 'The roof and the cellar were not dry.'],
  // a negation nearby that belongs to something else
  ['It was not the Nordvent but the Brisa that was loud.', 'The Brisa was loud.'],
  [
    'The dough must rest for twelve hours, otherwise it will not rise.',
    'The dough must rest for twelve hours.'
  ],
  ['We did not take the ferry; we took the night train to Turin.', 'You took the night train to Turin.'],
  ['The garden is large, but it has no shed.', 'The garden is large.'],
  ['Water the ficus weekly. Never water the cactus in winter.', 'The ficus is watered weekly.'],
  ['Unless it freezes, the tap stays open.', 'The tap stays open unless it freezes.'],
  ['The contract does not end before June.', 'The contract does not end before June, so there is time.'],
  ['She not only repaired the clock but also cleaned it.', 'She repaired the clock.'],
  ['No later than Friday, send the form to the bank.', 'Send the form to the bank by Friday.'],
  [
    'The radiators, which are not new, work well with fifty degrees.',
    'The radiators work well with fifty degrees.'
  ],
  ['Not every radiator was replaced.', 'Some radiators were not replaced.'],
  // numbers and units, kept
  ['Bake it for 90 minutes at 180 °C.', 'It bakes for 1.5 hours at 180 degrees.'],
  ['The tank holds 2 litres of oil.', 'The oil tank holds 2000 ml.'],
  ['The parcel weighs 1.2 kg.', 'The parcel weighs 1,200 grams.'],
  ['The trail is 12 km long.', 'The trail has a length of 12 kilometres.'],
  ['Rent is €950 a month.', 'The monthly rent is 950 euros.'],
  ['The loan costs 4 % interest.', 'Interest on the loan is 4 percent.'],
  ['| Flour | 500 g |\n| Water | 350 g |', 'The recipe takes 500 g of flour and 350 g of water.'],
  ['The file has 3 MB and 120 pages.', 'The file is 120 pages long and 3 MB large.'],
  ['The meeting starts at 14:30.', 'The meeting starts at 14:30 in the afternoon.'],
  ['The pump needs at least 40 watts.', 'The pump needs a minimum of 40 W.'],
  ['Up to 12 guests can sleep in the house.', 'The house sleeps at most 12 guests.'],
  ['The lease began on 3 May 2021.', 'The lease began in May 2021.'],
  ['Hours of sun in June: 210', 'June has 210 hours of sun.'],
  ['He ran the ten kilometres in 52 minutes.', 'He ran 10 km in 52 minutes.'],
  ['The battery lasts 36 hours.', 'The battery lasts for a day and a half, 36 hours.'],
  ['The walk takes an hour and needs no map.', 'The walk takes one hour.'],
  // names, kept
  ['Anna called the plumber on Monday.', 'On Monday the plumber was called by Anna.'],
  [
    'Nordvent: seasonal factor 3.6, 920 euros of power a year. Brisa: 58 decibels.',
    'The Nordvent needs 920 euros of power a year.'
  ],
  ['Marta moved from Lisbon to Porto.', 'Marta moved to Porto from Lisbon.'],
  [
    'Dr. Keller prescribed ibuprofen after the operation.',
    'After the operation Keller prescribed ibuprofen.'
  ],
  ['The offer came from Aerlo. It includes two radiators.', "Aerlo's offer includes two radiators."],
  ['Met the lighthouse keeper, Tomas, on the pier.', 'You met Tomas, the lighthouse keeper, on the pier.'],
  ['Both Peter and Julia signed the lease.', 'Julia signed the lease.'],
  ['Heating takes forty minutes in winter.', 'In winter, heating takes 40 minutes.'],
  // other languages
  ['Die Suppe enthält keine Sahne.', 'In der Suppe ist keine Sahne enthalten.'],
  ['Der Vertrag endet nicht vor Juni.', 'Vor Juni endet der Vertrag nicht.'],
  ['Das Boot Luna braucht 920 Liter Diesel im Jahr.', 'Im Jahr braucht das Boot 920 Liter Diesel.'],
  ["La cave n'est pas humide.", "La cave n'est pas humide en été."],
  // written when the rules were there, and right at first
  [
    'The warranty covers the compressor for five years but excludes the fan.',
    'The compressor is covered by the warranty for five years.'
  ],
  [
    'Remember that the spare key is not in the drawer any more; Lena took it to the office in Graz.',
    'Lena took the spare key to the office in Graz.'
  ],
  ['Call the school before 8:15 if a child is ill.', 'If a child is ill, call the school before 8:15.'],
  [
    'The recipe makes 24 biscuits. Each needs 15 g of butter.',
    'The recipe makes 24 biscuits, each with 15 g of butter.'
  ],
  [
    'The train leaves Vienna at 9:10 and reaches Trieste at 18:40.',
    'It reaches Trieste at 18:40, having left Vienna at 9:10.'
  ],
  [
    'You should not prune the cherry tree in winter, only after the harvest.',
    'Prune the cherry tree only after the harvest.'
  ],
  ['The app stores nothing in the cloud. All data stays on the device.', 'All data stays on the device.'],
  ['- Deposit: 2,400 euros\n- Rent: 800 euros', 'The deposit is 2400 euros and the rent 800 euros.'],
  [
    'Kilian thinks that the roof will not last another winter.',
    "Kilian doesn't think the roof will last another winter."
  ],
  ['I have no allergies except to penicillin.', 'You are allergic to penicillin.'],
  ['The seminar was moved from Wednesday to Friday.', 'The seminar is on Friday.'],
  [
    'The heat pump was installed by Aerlo in 2023. Nordvent had offered it cheaper.',
    'Aerlo installed the heat pump in 2023.'
  ],
  ['Version 3.2 fixes the crash; version 3.1 does not.', 'Version 3.2 fixes the crash.'],
  ['The museum is closed on Mondays.', 'On Mondays the museum is closed.'],
  ['There were no survivors among the first lambs, sadly.', 'None of the first lambs survived.'],
  ['We met Paul and his sister Clara in Ghent.', 'You met Clara, who is Paul’s sister, in Ghent.'],
  [
    'The loan is repaid in 120 monthly instalments of 310 euros.',
    'It takes 120 instalments of €310 each month.'
  ],
  ['The walk takes around two hours without breaks.', 'The walk takes about 2 hours if you take no breaks.'],
  ['The sensor does not work below -10 °C.', 'Below -10 °C the sensor does not work.'],
  ['Without a permit you may not park here.', 'You may not park here without a permit.'],
  ['The well is 40 m deep and never ran dry.', 'The well has never run dry.'],
  ['Never mix bleach with vinegar.', 'Bleach and vinegar must not be mixed.'],
  ['Die Heizung wurde 2019 erneuert, die Fenster nicht.', 'Die Heizung wurde 2019 erneuert.']
]

/** Close to the words of the passage, and not what it says. */
export const unsupported: readonly SupportPair[] = [
  // a negation more or less
  ['The soup does not contain any cream.', 'The soup contains cream.'],
  ['The soup contains cream.', 'The soup does not contain cream.'],
  ['Do not open the hatch while the engine runs.', 'Open the hatch while the engine runs.'],
  ['The key can be recovered once it is lost.', "The key can't be recovered once it is lost."],
  ['Nobody answered the letter from the landlord.', 'Somebody answered the letter from the landlord.'],
  ['The boiler was never serviced by the old owner.', 'The boiler was serviced by the old owner.'],
  ['We went hiking with a map.', 'You went hiking without a map.'],
  ['Smoking is forbidden in the cabin.', 'Smoking is allowed in the cabin.'],
  ['The tenant paid the rent in March.', 'The tenant failed to pay the rent in March.'],
  ['The old pump no longer starts in cold weather.', 'The old pump starts in cold weather.'],
  ['The garden is large, but it has no shed.', 'The garden has a shed.'],
  ['We did not take the ferry; we took the night train to Turin.', 'You took the ferry.'],
  ['Water the ficus weekly. Never water the cactus in winter.', 'Water the cactus in winter.'],
  ['The insurance covers storm damage. It does not cover floods.', 'The insurance covers floods.'],
  [
    'The vaccine is not recommended for children under five.',
    'The vaccine is recommended for children under five.'
  ],
  ['Refunds are possible after departure.', 'Refunds are impossible after departure.'],
  [
    "The neighbours weren't informed about the building work.",
    'The neighbours were informed about the building work.'
  ],
  // numbers
  ['Bake it for 40 minutes at 180 °C.', 'Bake it for 45 minutes at 180 °C.'],
  ['The lease began in May 2021.', 'The lease began in May 2022.'],
  ['The loan runs for ten years.', 'The loan runs for twelve years.'],
  ['The parcel weighs 1.2 kg.', 'The parcel weighs 12 kg.'],
  // units
  ['Bake it for 40 minutes.', 'Bake it for 40 hours.'],
  ['The parcel weighs 3 kg.', 'The parcel weighs 3 g.'],
  ['The trail is 12 km long.', 'The trail is 12 miles long.'],
  ['The tank holds 2 litres of oil.', 'The tank holds 2 ml of oil.'],
  ['The loan costs 4 % interest.', 'The loan costs 4 euros of interest.'],
  ['Take the tablets for 7 days.', 'Take the tablets for 7 weeks.'],
  ['The file has 3 MB.', 'The file has 3 GB.'],
  ['Rent is €950 a month.', 'Rent is $950 a month.'],
  ['The oven reaches 250 °C.', 'The oven reaches 250 °F.'],
  ['The pump needs at least 40 watts.', 'The pump needs at most 40 watts.'],
  ['Up to 12 guests can sleep in the house.', 'At least 12 guests can sleep in the house.'],
  ['The flight takes less than 3 hours.', 'The flight takes more than 3 hours.'],
  [
    'Rest the dough for 2 hours and bake it for 40 minutes.',
    'Rest the dough for 2 minutes and bake it for 40 minutes.'
  ],
  // names
  ['On Monday the plumber was called by Anna.', 'On Monday the plumber was called by Ben.'],
  ['Anna called the plumber.', 'Ben called the plumber.'],
  ['Marta lives in Lisbon with her brother.', 'Marta lives in Porto with her brother.'],
  ['After the operation Keller prescribed ibuprofen.', 'After the operation Keller prescribed Aspirin.'],
  ['The meeting is on Tuesday at noon.', 'The meeting is on Thursday at noon.'],
  ['The contract ends in June.', 'The contract ends in July.'],
  ['The offer of Aerlo includes two radiators.', 'The offer of Brisa includes two radiators.'],
  [
    'The Nordvent needs 920 euros of power a year. The Brisa needs 760 euros of power a year.',
    'The Brisa needs 920 euros of power a year.'
  ],
  [
    'The Nordvent is silent at night. The Brisa has 58 decibels at the fence.',
    'The Nordvent has 58 decibels at the fence.'
  ],
  ['We stayed at Casa Azul. In Porto we stayed at Casa Verde.', 'In Porto you stayed at Casa Azul.'],
  // other languages
  ['Die Suppe enthält keine Sahne.', 'Die Suppe enthält Sahne.'],
  ['Der Vertrag endet nicht vor Juni.', 'Der Vertrag endet vor Juni.'],
  ['Die Fahrt dauert 40 Minuten.', 'Die Fahrt dauert 40 Stunden.'],
  ["La cave n'est pas humide.", 'La cave est humide.'],
  ['La llave no abre la puerta.', 'La llave abre la puerta.'],
  // written when the rules were there, and right at first
  [
    'The warranty covers the compressor for five years but excludes the fan.',
    'The warranty covers the compressor for three years.'
  ],
  [
    'You should not prune the cherry tree in winter, only after the harvest.',
    'You should prune the cherry tree in winter.'
  ],
  ['The app stores nothing in the cloud. All data stays on the device.', 'The app stores data in the cloud.'],
  ['The museum is closed on Mondays.', 'The museum is not closed on Mondays.'],
  ['The museum is closed on Mondays.', 'The museum is closed on Sundays.'],
  ['The train leaves Vienna at 9:10.', 'The train leaves Vienna at 9:50.'],
  ['The heat pump was installed by Aerlo in 2023.', 'The heat pump was installed by Nordvent in 2023.'],
  ['The well is 40 m deep and never ran dry.', 'The well is 40 km deep.'],
  ['Paul is allergic to nuts.', 'Paul is not allergic to nuts.'],
  ['Never mix bleach with vinegar.', 'Mix bleach with vinegar.'],
  ['The deposit was returned in full.', "The deposit wasn't returned in full."],
  ['The passport expires in October 2027.', 'The passport expires in August 2027.'],
  ['We met Paul and his sister Clara in Ghent.', 'You met Paul and his sister Clara in Bruges.'],
  ['The file server has 4 TB.', 'The file server has 4 GB.'],
  ['The sensor does not work below -10 °C.', 'The sensor works below -10 °C.'],
  ['Parking is free after 20:00.', 'Parking is not free after 20:00.'],
  ['Die Fenster wurden nicht erneuert.', 'Die Fenster wurden erneuert.'],
  ['Dr. Weiss recommended surgery.', 'Dr. Weiss did not recommend surgery.']
]
