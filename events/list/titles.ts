/** Job titles in a dozen languages to the seniority codes that scoring models name. Knows no person. */

export const seniorities = ['owner', 'executive', 'director', 'manager', 'specialist', 'assistant', 'student'] as const;
export type Seniority = (typeof seniorities)[number];

/** Whole words, in any case; `…~` = any ending, `~…` = any beginning (German and Nordic compounds). */
const words = (list: string): RegExp =>
  new RegExp(
    list
      .trim()
      .split(/\s*[|\n]\s*/)
      .map((word) => {
        const body = word.replaceAll('~', '').replaceAll(/[.&/]/g, '\\$&').replaceAll(' ', '[\\s-]+');
        return `${word.startsWith('~') ? '' : '(?<![\\p{L}])'}${body}${word.endsWith('~') ? '' : '(?![\\p{L}])'}`;
      })
      .join('|'),
    'iu',
  );

/** In this order: the first that fits decides. */
const rules: readonly (readonly [Seniority | undefined, RegExp])[] = [
  ['student', words('student~|intern|internship|trainee|apprentice|praktikant~|werkstudent~|azubi|auszubildende~|stagiaire|becario|becaria|stagista|estagiári~')],
  ['manager', words('assistant director|assistant vice president|assistant manager|associate director|deputy manager|chef de ~|projektchef|produktchef|jefe de ~|jefa de ~|~projektleiter|~projektleiterin')],
  ['specialist', words('product owner|process owner|account executive|sales executive|marketing executive|customer success executive|executive producer|business partner|hr partner')],
  ['assistant', words('assistant|assistant to|executive assistant|personal assistant|assistenz|assistent|assistentin|secretary|sekretär~|receptionist|clerk|office administrator|asistente|assistente|sachbearbeiter~|総務')],
  ['owner', words('owner|co-owner|founder|co-founder|cofounder|proprietor|partner|managing partner|inhaber|inhaberin|gründer|gründerin|gesellschafter~|partnerin|fondateur|fondatrice|propriétaire|associé|dueño|dueña|propietari~|fundador|fundadora|titolare|fondatore|socio|sócio|sócia|delägare|grundare|eigenaar|oprichter|właściciel~|владелец|собственик|основатель|創業者|オーナー|مالك|مؤسس')],
  ['director', words('vice president|vp|v.p.|svp|evp|avp|head|head of ~|director of ~')],
  ['executive', words('ceo|cfo|cto|coo|cmo|cio|cro|cpo|chro|ciso|cdo|cso|chief|c-level|president|chairman|chairwoman|chair|managing director|executive director|director general|directora general|general director|superintendent~ general|geschäftsführer|geschäftsführerin|geschäftsführung|vorstand~|vorständin|pdg|directeur général|directrice générale|président~|director ejecutivo|directora ejecutiva|gerente general|amministratore delegato|amministratrice delegata|presidente|diretor executivo|administrador|vd|verkställande direktör|administrerende direktør|tegevjuht|toimitusjohtaja|algemeen directeur|prezes~|генеральный директор|генеральна директорка|управител|~取締役|~社長|~总裁|~总经理|대표|대표이사|المدير العام|giám đốc|genel müdür|executive')],
  ['director', words('director|directora|direktor~|directeur|directrice|direttore|direttrice|diretor|diretora|direktör|direktør|dyrektor~|direktorė|директор~|директорка|~leiter|~leiterin|bereichsleiter~|abteilungsleiter~|teilhaber~|jefe|jefa|chefe|principal|~sjef|~chef|~部長|~总监|本部长|müdürü|opérations director|operations head|planning head|principal|dean|superintendent~|verftssjef|מנהל')],
  ['manager', words('~manager|~managerin|management|mgr|lead|leader|team lead|teamleader|supervisor|foreman|coordinator lead|gerente|encargad~|responsable|responsabile|chef de ~|chef d|kierownik~|менеджер~|керівник~|ръководител|vadovas|vadovė|projektleder|projektledare|prosjektleder|projektchef|produktchef|yöneticisi|~マネージャー|~課長|~经理|~팀장|~매니저|مدير|مديرة|líder ~|líder|editor in chief|managing editor|matron|jefe de proyecto~|管理者|head nurse|gestor|gestora|quản lý|trưởng phòng')],
  ['specialist', words('analyst|analista|engineer|ingenieur~|ingeniero|ingeniera|engenheir~|developer|entwickler~|développeu~|desarrollador~|arendaja|programmer|architect|architekt~|consultant|berater|beraterin|conseill~|consultor~|specialist|spezialist~|spécialiste|especialista|expert|experte|designer|scientist|researcher|technician|techniker~|planner|planer|planerin|planejador~|planlegger|werkvoorbereider|coordinator|koordinator~|coordonnat~|coordinador~|coordenador~|administrator|officer|accountant|buchhalter~|счетоводител|estimator|merchandiser|producer|produc~|buyer|einkäufer~|recruiter|editor|redakteur~|writer|nurse|teacher|lehrer~|professor|säljare|verkäufer~|sales|representative|rep|associate|marketer|маркетинг|~担当|operaciones|einkauf|welder|working professional|régisseu~|marketing')],
]; // prettier-ignore

/** `undefined` where the title is not understood: better unknown than wrong. */
export const seniorityOf = (title: string): Seniority | undefined => rules.find(([, pattern]) => pattern.test(title))?.[0];
