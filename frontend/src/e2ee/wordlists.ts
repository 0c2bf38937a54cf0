/** The BIP-39 lists, each in a file of its own that loads when it is asked for. */

export type WordLanguage = 'en' | 'es'

/** 2048 words, NFKD; the first four letters name one. */
export async function wordList(language: WordLanguage): Promise<readonly string[]> {
  const { wordlist } = await (language === 'es'
    ? import('@scure/bip39/wordlists/spanish.js')
    : import('@scure/bip39/wordlists/english.js'))
  return wordlist
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))

/** Never drawn: somebody may have to learn these words on the worst day of their life, or be found with them. Without accents. */
export const HURTFUL: Readonly<Record<WordLanguage, ReadonlySet<string>>> = {
  en: set(
    'abandon abuse accuse alarm alcohol anger angry assault attack betray blame blood bomb bullet cage cannon crime cruel crush cry damage ' +
      'danger denial despair destroy disease dumb dwarf enemy evil fatal fat fault fever fragile gun guilt hurt injury inmate insane kick ' +
      'knife liar lonely mad monster obey owner panic penalty pistol poverty prison punch rifle sad sadness scare shoot sick slam ' +
      'suffer tragic trap ugly unable unfair unhappy useless vicious warfare weapon whip wreck wrong',
  ),
  es: set(
    'aborto abuso acoso agonia agotar ahogo asalto ataque atroz azote bestia bobo bomba bruja bruto burla cadaver cadena cancer carcel ' +
      'cerdo ciego cochino crimen crudo culpa delito derrota desnudo deuda dolor droga ebrio enano enemigo engano esposa fallo feo fiebre fiera fobia ' +
      'fracaso fuga furia fusil golpe gordo guerra hembra herir hostil huir huida inutil ira jaula joroba lagrima lesion letal llaga llanto llorar ' +
      'loco locura mafia maldad malo matar miedo miseria morir mortal muerte necio obeso odiar odio ofensa orgia panico pecado pelea peligro pena ' +
      'pesimo pleito policia prision punal quemar rabia rapto rehen rencor rescate riesgo ruina sangre sexo soledad sordo sufrir terror ' +
      'tonto torpedo trauma triste tumba tumor tuerto ulcera veneno vengar victima',
  ),
}
