/** What the name of a column says about when it was written: supporting evidence for the guard against leaks. Knows no cells. */
import { wordsOf } from './answers';

/** Words of what is written when a sale ends or after somebody spoke to the lead; roots, since languages bend them. */
const afterwards =
  /^(clos(ed?|ing)|won|wins?|lost|los(s|ing)|outcomes?|results?|resultado|resultat|ergebnis|resultaat|reasons?|grund|gruende|raison|motivo|reden|status|stages?|etapa|etape|phase|fase|disposition|quality|qualitat|qualite|calidad|rating|verdict|tags?|contract|vertrag|contrat[oe]?|invoiced?|rechnung|factur[ae]|facture|revenue|umsatz|ingresos|deal|orders?|bestellung|commande|pedido|purchased?|paid|payments?|zahlung|paiement|pago|signed|converted|conversion|abschluss|gewonnen|verloren|gagne|perdu|ganado|perdido|churn(ed)?|onboarding|onboarded|cancell?ed|refund(ed)?|activated|enrolled)$/;

/** How long a talk lasted; of a column in whose name nothing else stands, since how long a page was read is known before. */
const howLong = /^(durations?|dauer|duree|duracion|duracao|durata|duur|length|lange|minutes?|mins?|minuten|seconds?|secs?|sekunden|s)$/;
const talk =
  /^(calls?|talk(ed|time)?|phone|conversation|contact|last|avg|mean|total|in|of|the|anrufs?|telefonat|gesprachs?|appels?|llamadas?|chiamata|gesprek)$/;
const inOneWord = /^(call|talk|phone|anruf|gesprachs?|telefonats?)(duration|length|time|minutes|seconds|dauer)$/;

/** A column of how long somebody was spoken to. */
export const ofATalk = (column: string): boolean => {
  const words = wordsOf(column);
  const long = words.some((word) => howLong.test(word) && word.length > 1);
  return words.some((word) => inOneWord.test(word)) || (long && words.every((word) => howLong.test(word) || talk.test(word)));
};

export const namedAfterwards = (column: string): boolean => wordsOf(column).some((word) => afterwards.test(word)) || ofATalk(column);

/** Of a column that is `namedAfterwards`. */
export const nameSays = (column: string): string =>
  ofATalk(column) ? 'how long somebody was spoken to, known only when the answer was' : 'something written when a sale ends';

const changing =
  /^(last|latest|modified|updated?|changed?|edited|letzte[rsn]?|zuletzt|geandert|anderung\w*|aktualisiert|dernier\w*|modifie\w*|ultim[ao]|actualiza\w*|modifica\w*|laatste?|gewijzigd)$/;

/** A date that is written anew for as long as somebody works on the lead: how new it is tells how the sale went. */
export const changesLater = (column: string): boolean => namedAfterwards(column) || wordsOf(column).some((word) => changing.test(word));
