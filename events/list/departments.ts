/** Job titles in several languages to the department people work in, as scoring models name it. Knows no person. */

/** In this order: the first that fits decides. A title of the whole company (CEO, owner) has no department but `management`. */
const rules = [
  ['marketing', /market|brand|content|communicat|kommunikation|werbung|comunica|growth|\bseo\b|\bcmo\b|public relations|demand gen/i],
  ['sales', /\bsales|account (executive|manager)|business development|vertrieb|verk[äa]uf|commercial|ventas|vente|vendit|\bcro\b|säljare/i],
  ['it', /\bit\b|\bcto\b|\bcio\b|information technology|system(s)? administrat|software|developer|entwickl|programm(er|ier)|informatik|devops|data (engineer|scien)|cyber|\bciso\b/i],
  ['finance', /financ|\bcfo\b|account(ant|ing)|controll|buchhalt|treasur|finanz|contab|comptab|audit/i],
  ['hr', /human resources|\bhr\b|\bchro\b|talent|recruit|personal(leiter|wesen|abteilung|referent)|people (ops|operations|partner|manager|officer|lead)|ressources humaines|recursos humanos/i],
  ['purchasing', /purchas|procure|buyer|einkauf|einkäufer|compras|achats|acquisti/i],
  ['product', /product (manager|owner|lead|director|designer)|head of product|\bcpo\b|produktmanage|\bux\b/i],
  ['operations', /operation|\bcoo\b|logisti|supply|production|manufactur|fertigung|produktion|betriebsleit|plant|facilit|warehouse|project manage|projektleit|planner|planning/i],
  ['engineering', /engineer|ingenieur|ingenier|research|\br&d\b|entwicklung|technician|techniker|architect|architekt/i],
  ['service', /support|customer (success|service|care)|kundendienst|kundenservice|help ?desk|service/i],
  ['legal', /legal|lawyer|counsel|attorney|jurist|rechts|compliance|notar/i],
  ['management', /\bceo\b|\bchief executive|founder|owner|inhaber|geschäftsführ|managing director|president(?!ial)|general manag|gerente general|\bpdg\b|gründer|vorstand/i],
] as const satisfies readonly (readonly [string, RegExp])[]; // prettier-ignore

export type Department = (typeof rules)[number][0];
export const departments: readonly Department[] = rules.map(([department]) => department);

/** Of a title, or of a department's own name; `undefined` where it does not tell. */
export const departmentOf = (title: string): Department | undefined =>
  departments.find((code) => code === title.trim().toLowerCase()) ??
  (/vice president/i.test(title)
    ? departmentOf(title.replace(/vice president/gi, 'head'))
    : rules.find(([, pattern]) => pattern.test(title))?.[0]);
