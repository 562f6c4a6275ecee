use super::rules;
use crate::kind::Kind;

#[track_caller]
fn check(kind: Kind, code: &str, expected: bool) {
    let fits = |pattern: &str| {
        pattern.len() == code.len()
            && pattern.bytes().zip(code.bytes()).all(|(place, c)| match place {
                b'9' => c.is_ascii_digit(),
                b'A' => c.is_ascii_uppercase(),
                _ => true,
            })
    };
    // Rows without any check say nothing about a number.
    let checks = |rule: &super::Rule| !std::ptr::fn_addr_eq(rule.check, super::checks::any as fn(&[u8]) -> bool);
    let found = rules().any(|rule| rule.kind == kind && checks(rule) && fits(rule.pattern) && (rule.check)(code.as_bytes()));
    assert_eq!(found, expected, "{kind} {code}");
}

/// Examples that the authorities, or who describes their numbers, have published.
#[test]
fn published_examples_pass_and_changed_ones_do_not() {
    for (kind, code) in [
        (Kind::BrCpf, "11144477735"),
        (Kind::BrCnpj, "11222333000181"),
        (Kind::CaSin, "046454286"),
        (Kind::ChAhv, "7569217076985"),
        (Kind::DeSteuerId, "36574261809"),
        (Kind::EsDni, "54362315K"),
        (Kind::EsDni, "X2482300W"),
        (Kind::FrNir, "295117823456784"),
        (Kind::InAadhaar, "234123412346"),
        (Kind::ItCodiceFiscale, "RCCMNL83S18D969H"),
        (Kind::MxCurp, "BOXW310820HNERXN09"),
        (Kind::NlBsn, "111222333"),
        (Kind::PlPesel, "44051401359"),
        (Kind::PtNif, "501964843"),
        (Kind::SePersonnummer, "8803200016"),
        (Kind::SgNric, "S0000001I"),
        (Kind::TrTckn, "17291716060"),
        (Kind::UkNhs, "9434765870"),
        (Kind::ZaId, "7503305044089"),
        (Kind::BeNationalNumber, "85073003328"),
        (Kind::CnResidentId, "11010519491231002X"),
        (Kind::FiHetu, "131052A308T"),
        (Kind::NoFodselsnummer, "15108695088"),
        (Kind::IePps, "6433435F"),
        (Kind::AuTfn, "123456782"),
        (Kind::ArCuit, "20055361682"),
        (Kind::ClRut, "125319092"),
        (Kind::RoCnp, "1630615123457"),
        (Kind::BgEgn, "7523169263"),
        (Kind::CzRodneCislo, "7103192745"),
        (Kind::HrOib, "33392005961"),
        (Kind::AtSvnr, "1237010180"),
        (Kind::TwId, "A123456789"),
        (Kind::HkId, "A1234563"),
        (Kind::HkId, "AB9876543"),
        (Kind::ThId, "1101700230708"),
        (Kind::IlId, "039337423"),
        (Kind::DeRentenversicherung, "15070649C103"),
        (Kind::DeKrankenversicherung, "A123456780"),
        (Kind::DePersonalausweis, "T220001293"),
        (Kind::PlDowod, "ABA300000"),
        (Kind::HuTaj, "111111110"),
        (Kind::HuTaxId, "8071592153"),
        (Kind::RuSnils, "11223344595"),
        (Kind::IrMelli, "0084575948"),
        (Kind::LuMatricule, "1893120105732"),
        (Kind::EsNuss, "281234567840"),
        (Kind::BrPis, "26827649960"),
        (Kind::BrPis, "46952280637"),
        (Kind::KwCivilId, "288020122596"),
        (Kind::PtNiss, "12345678910"),
        (Kind::UyCedula, "12345672"),
        (Kind::NzNhi, "ZAC5361"),
        (Kind::BankAccount, "032180000118359719"),
        (Kind::BankAccount, "12341234161234567890"),
        (Kind::BrCnpj, "12ABC34501DE35"),
        (Kind::CaHealth, "9698658215"),
        (Kind::InGstin, "27AAPFU0939F1ZV"),
        (Kind::MxRfc, "GODE561231GR8"),
        (Kind::UsRouting, "111000025"),
    ] {
        check(kind, code, true);
        let at = code.len() - 2;
        if code.as_bytes()[at].is_ascii_digit() {
            let changed = if code.as_bytes()[at] == b'9' { "0" } else { "9" };
            check(kind, &format!("{}{}{}", &code[..at], changed, &code[at + 1..]), false);
        }
    }
}

/// Kind, numbers that pass, and numbers that do not, as `python-stdnum` 2.2 judges them.
const VECTORS: &[(Kind, &str, &str)] = &[
    (Kind::UsSsn, "526018159 083016613 186091390", "996030824 993518190"),
    (Kind::UsItin, "932882024 901948440 944765012", ""),
    (Kind::CaSin, "700588221 752909846 197955370", ""),
    (Kind::MxCurp, "GDZM590705HNEHHJM1 FGTB340613MMCGDC72 QSDK630826MJCHCFX1", "MVCB540708HMCBHBS4 LBGI150520MNEDHJ63"),
    (Kind::BrCpf, "60930900863 89499282645 28219129867", "00678961141 97306449426"),
    (Kind::BrCnpj, "95287669526904 08526915413140 45153942767899", "52884512810305 89199234036342"),
    (Kind::ArCuit, "55826510047 33089714201 23054732996", "34729133054 51877811108"),
    (Kind::ClRut, "335511069 176095989 05917570K", "313033519 75917579K"),
    (Kind::EcCedula, "1763864350 5014025406 0560488884", "4906978521 4905280959"),
    (Kind::DoCedula, "11120356172 36918084827 68669826007", "11814481962 48925355252"),
    (Kind::PeRuc, "15628216409 15479181923 15577023121", "20447684966 17433674076"),
    (Kind::CoNit, "4602298239 0928790394 6435349861", "7513320308 1870028378"),
    (Kind::UkNhs, "1428207864 9537020843 1363712837", "7374889878 5045645150"),
    (Kind::UkUtr, "1163644501 5380905533 6444859382", "2964330300 6567019435"),
    (Kind::IePps, "7994867DW 1435218QH 8142578SB", "2059310RB 6348122OT"),
    (Kind::FrNir, "222077556531613 293117505271249 217102A37810573", "293052B25679598 297042A66564661"),
    (Kind::FrSpi, "3039183031311 1054071720338 3517040820027", "2032536173266 2929195024828"),
    (Kind::EsDni, "X7593060R X3824226Q 90500452Y", "96680339W L6395300B"),
    (Kind::EsCif, "J9113956H U21187216 U1193729I", "S8147099Q C12401908"),
    (Kind::PtNif, "827441134 691483965 124348319", "976167520 424975456"),
    (Kind::PtCartaoCidadao, "249622516VN8 892101269HX5 868232130SI0", "959597232RQ1 376569342WZ4"),
    (Kind::ItCodiceFiscale, "KRVSAM97E01EP6RO YXHYHE83T12RP8RF CDCWCI99P01A11MW", "WWYQDR58B01Y88MR EOOBMT81D41RLMNG"),
    (Kind::NlBsn, "263854486 483088407 797023720", "475128098 975631119"),
    (Kind::BeNationalNumber, "31060810359 94080245659 38092497638", ""),
    (Kind::ChAhv, "7562588887334 7566779989159 7563992663934", "7567386738496 7566460939989"),
    (Kind::DeSteuerId, "91836276459 94586721071 73096661283", "18919204191 85548607711"),
    (Kind::AtSvnr, "2519170320 1964150948 9903031108", "9897091029 2833180277"),
    (Kind::FiHetu, "170778A518E 050646W4404 061189X255X", "200146X795S 081124A789A"),
    (Kind::SePersonnummer, "9812305036 9906265054 4010250423", "6404283515 2610177850"),
    (Kind::DkCpr, "0108332678 1007233221 0806240659", ""),
    (Kind::NoFodselsnummer, "08014028731 23120480316 28080973049", ""),
    (Kind::IsKennitala, "1612613789 2009382919 1310808839", "0906697410 1812672640"),
    (Kind::EeIsikukood, "35012299053 55710175951 55304146768", "25701134261 38512210491"),
    (Kind::LtAsmensKodas, "38208069134 50306199859 68607230826", "69306241231 53501053669"),
    (Kind::LvPersonasKods, "25038009715 32434265521 07012700200", "19126015059 08052512193"),
    (Kind::PlPesel, "17021748008 09071823547 37102657087", "97110222438 72081274246"),
    (Kind::PlNip, "3831946891 1553050889 8317442797", "1967807810 1685160366"),
    (Kind::CzRodneCislo, "7260047828 0807171475 7103230189", "1111226812 6759182493"),
    (Kind::RoCnp, "1820628407216 6670218332262 2320817333127", "2161224336178 6161115403120"),
    (Kind::BgEgn, "0404128294 5309238659 6503087739", "6409223357 0212269500"),
    (Kind::HrOib, "23873615681 74679120595 79852957192", "41438371365 04255980789"),
    (Kind::YuJmbg, "0807014837575 2004913560747 1007079937035", "0103053067647 1512925948748"),
    (Kind::GrAmka, "04084221979 28039940268 29031349136", "29047305540 06062529214"),
    (Kind::GrAfm, "940140125 347493903 222937652", "064904071 671008351"),
    (Kind::TrTckn, "68883053988 32271790854 56215257418", "34639170276 89200941901"),
    (Kind::UaTaxNumber, "7130433994 7113671798 3369687873", "4163142024 6077798740"),
    (Kind::RuInn, "659034207400 491039910410 663322293866", "907165382588 182874569717"),
    (Kind::MdIdnp, "0636390803615 0717095628458 2442804928698", "2292513296722 0897190189939"),
    (Kind::CnResidentId, "110105193801136837 110105195603113537 110105200312246878", "110105195208066672 110105194501257538"),
    (Kind::InPan, "KGEHO1026X XFYJR3936I EFHAZ0380N", ""),
    (Kind::InGstin, "29WPJHR3111P1Z8 27ABRPC0300U2ZD 29YHYPG1608C3ZL", "29BRSCG8737L2ZG 27VSICL9646M1ZH"),
    (Kind::InAadhaar, "423144791461 449030209088 596127170918", "883072566066 052338293625"),
    (Kind::KrRrn, "9108152019166 7105064018727 5305082965556", ""),
    (Kind::JpMyNumber, "983031961541 949579176202 485222859402", "608454707847 736503943353"),
    (Kind::ThId, "4688284532325 2230836633746 3486392974661", "3165310779034 1387045595140"),
    (Kind::IlId, "068881671 287994107 528452485", "271771888 747975257"),
    (Kind::MyNric, "101129832652 250319380066 311230145557", "340706952231 251207961492"),
    (Kind::PkCnic, "6381570943687 5782337155929 4477806318827", "9896937224827 9149743280071"),
    (Kind::ZaId, "2602076426031 5411063642148 4810257512051", "0103162044118 3210172367102"),
    (Kind::AuTfn, "642980436 152939182 550183146", "443345251 563411436"),
    (Kind::AuAbn, "45011713755 41803881755 87372162832", "99032179268 42104273088"),
    (Kind::NzIrd, "049142862 063890650 053836631", "014691309 179854924"),
    (Kind::UsRouting, "119423031 016437492 125720171", "219950065 328737138"),
    (Kind::MxRfc, "BVYH241103SK3 BVYH241103SK3 PBF410706FX0", "PBF410706FXP UMY020512AUY"),
];

#[test]
fn an_independent_library_judges_alike() {
    for (kind, right, wrong) in VECTORS {
        right.split(' ').for_each(|code| check(*kind, code, true));
        wrong.split(' ').filter(|code| !code.is_empty()).for_each(|code| check(*kind, code, false));
    }
}

#[test]
fn numbers_without_check_digits_keep_their_rules() {
    check(Kind::UsSsn, "078051120", true);
    check(Kind::UsSsn, "666051120", false);
    check(Kind::UsSsn, "900051120", false);
    check(Kind::UsItin, "900701234", true);
    check(Kind::UkNino, "AB123456C", true);
    check(Kind::UkNino, "GB123456C", false);
    check(Kind::UkNino, "AB123456E", false);
    check(Kind::InPan, "ABCPE1234F", true);
    check(Kind::UsMbi, "1EG4TE5MK73", true);
    check(Kind::UsMbi, "1EG4TE5MS73", false);
    check(Kind::DrivingLicence, "MORGA657054SM9IJ", true);
    check(Kind::DrivingLicence, "MORGA663054SM9IJ", false);
    check(Kind::DrivingLicence, "FO999752054SM9IJ", true);
    check(Kind::AuMedicare, "2123456701", true);
    check(Kind::AuMedicare, "21234567011", true);
}

/// What changed lately: Korea's lots, Norway's first check digit, Finland's signs, foreigners in Taiwan and Singapore.
#[test]
fn newer_forms_pass_as_the_older_do() {
    check(Kind::KrRrn, "2101013123456", true);
    check(Kind::FiHetu, "131052Y308T", true);
    check(Kind::FiHetu, "131052G308T", false);
    check(Kind::SgNric, "M1234567K", true);
    check(Kind::TwId, "A800000014", true);
    check(Kind::NoFodselsnummer, "55108695032", false);
}

/// Whatever fits a pattern may be asked about.
#[test]
fn no_check_panics_on_what_fits_its_pattern() {
    for rule in rules() {
        for (digit, letter, either) in [(b'0', b'A', b'0'), (b'9', b'Z', b'Z'), (b'5', b'O', b'A'), (b'1', b'W', b'9')] {
            let sign = |place| match place {
                b'9' => digit,
                b'A' => letter,
                _ => either,
            };
            let code: Vec<u8> = rule.pattern.bytes().map(sign).collect();
            let _ = (rule.check)(&code);
        }
    }
}

/// A phrase of two kinds would be the first one's alone; an empty or unfolded one would never be found.
#[test]
fn names_are_folded_and_each_kinds_own() {
    let mut seen = std::collections::HashMap::new();
    for rule in rules() {
        for name in rule.names.split(',').map(|name| name.trim().trim_start_matches('~')).filter(|_| !rule.names.is_empty()) {
            assert!(
                !name.is_empty() && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b' '),
                "{name:?}"
            );
            assert_eq!(*seen.entry(name).or_insert(rule.kind), rule.kind, "{name}");
        }
    }
}
