//! What people call the numbers of other countries in their own language, and what officials call those of theirs in full.
//! What stands in the rows is not repeated; of a number that many countries have, the country's name tells whose it is.

use crate::kind::Kind;

pub(super) const NAMES: &[(Kind, &str)] = &[
    (
        Kind::UsSsn,
        "ss number, ss no, ss nr, taxpayer social, social number, social sec, social sec number, soc sec, soc sec number, ssn us, \
         american social, numero social, numero de social, seguro social americano, mi social, su social, numero ssn, numero de ssn, \
         amerikanische ssn, us sozialversicherung, sozialversicherungsnummer aus den usa, us ssn number, numero ssn americain, \
         nss americain, numero de securite sociale des etats unis, numero de seguridad social estadounidense, \
         numero de seguridad social de estados unidos, numero do seguro social americano, seguro social americano, \
         numero de seguranca social americano, seguranca social americana, numero da seguranca social americana",
    ),
    (
        Kind::UsItin,
        "numero itin, numero de itin, itin nummer, individual tax id, individual taxpayer number, \
         numero de identificacion personal del contribuyente, numero de identificacion del contribuyente, \
         numero de contribuyente, steuerzahlernummer, numero de contribuable, numero de contribuable americain",
    ),
    (
        Kind::UsEin,
        "company s ein, company ein, business ein, ein nummer, numero ein, numero de ein, ein de la empresa, employer tax id, employer tax number, irs number, \
         numero de identificacion del empleador, numero de identificacion de empleador, numero patronal, numero del empleador, \
         identificacion del empleador, arbeitgebernummer, arbeitgeberidentifikationsnummer, us steuernummer, amerikanische steuernummer, \
         numero d identification d employeur, numero d identification de l employeur, numero d employeur, numero fiscal americain, \
         numero de identificacao do empregador, identificacao do empregador, numero do empregador",
    ),
    (
        Kind::UkNino,
        "nin uk, ni no, nino uk, uk national insurance, british national insurance number, british national insurance, uk ni number, \
         numero de seguro nacional, numero de seguro nacional britanico, seguro nacional, seguro nacional britanico, \
         numero de la seguridad social britanica, numero nino, britische sozialversicherungsnummer, britische versicherungsnummer, \
         nationale versicherungsnummer, britische national insurance nummer, national insurance nummer, \
         numero d assurance nationale, numero d assurance nationale britannique, assurance nationale, numero de securite sociale britannique, \
         numero de seguro nacional, numero do seguro nacional, numero do seguro nacional britanico, numero de seguranca social britanico, \
         numero de seguridad social britanico",
    ),
    (
        Kind::UkNhs,
        "nhs nummer, numero nhs, numero de nhs, numero del nhs, numero do nhs, nhs no, numero de la sanidad britanica, \
         numero de sante britannique",
    ),
    (
        Kind::UkUtr,
        "tax reference, tax reference number, unique tax reference number, hmrc reference, hmrc number, utr nummer, numero utr, sa utr",
    ),
    (
        Kind::IePps,
        "irish pps, irish pps number, irish social security number, pps nummer, numero pps, irish tax number, numero pps irlandes",
    ),
    (
        Kind::CaSin,
        "canadian social security number, sin nummer, numero sin, numero de sin, numero sin canadiense, numero de seguro social canadiense, \
         numero del seguro social canadiense, kanadische sozialversicherungsnummer, kanadische sin, numero de securite sociale canadien, \
         numero de seguro social canadense, numero do seguro social canadense, numero nas",
    ),
    (
        Kind::AuTfn,
        "australian tfn, australian tax id, tfn number, australische steuernummer, numero fiscal australien, numero fiscal australiano, \
         numero de identificacion fiscal australiano",
    ),
    (
        Kind::AuMedicare,
        "medicare nummer, numero medicare, numero de medicare, australian medicare, australian medicare card number",
    ),
    (Kind::NzIrd, "ird nummer, numero ird, new zealand ird, nz ird number, nz tax number"),
    (
        Kind::InAadhaar,
        "aadhaar nummer, aadhar nummer, adhaar number, adhar number, adhar card, aadhaar no, numero aadhaar, numero de aadhaar, numero d aadhaar, \
         indian aadhaar, indian aadhaar number, unique identification number, indian identity number, aadhar id, aadhaar id, \
         indische identitatsnummer, numero de identidad indio, numero d identite indien",
    ),
    (
        Kind::InPan,
        "pan nummer, numero pan indio, pan no, indian pan card, indian pan number, income tax pan, tarjeta pan, carte pan, pan karte",
    ),
    (
        Kind::DeSteuerId,
        "german tax identification, german tax code, german steuer id, german tin, tax id from germany, tax number from germany, tax number in germany, \
         deutsche steuer id, deutsche steuernummer, deutsche steueridentifikationsnummer, steuer ident nummer, steuer ident nr, steuer nr id, \
         persoenliche steuernummer, personliche steuernummer, tin nummer, \
         numero fiscal aleman, numero de identificacion fiscal aleman, identificacion fiscal alemana, numero de impuestos aleman, \
         numero fiscal allemand, numero d identification fiscale allemand, identifiant fiscal allemand, numero de tva allemand, \
         numero fiscal alemao, numero de identificacao fiscal alemao, identificacao fiscal alema, contribuinte alemao",
    ),
    (
        Kind::DePersonalausweis,
        "german identity card number, german identity number, german personal id, personalausweis no, personalausweis nr, perso nummer, perso nr, \
         ausweis nr, ausweis id, deutscher personalausweis, deutschen personalausweis, deutsche ausweisnummer, nummer vom personalausweis, \
         nummer vom ausweis, nummer des ausweises, nummer ihres ausweises, nummer des personalausweises, ausweisdokument, ausweisnr, \
         documento de identidad aleman, dni aleman, carne de identidad aleman, carte d identite allemande, \
         numero de carte d identite allemande, bilhete de identidade alemao, cartao de identidade alemao, documento de identidade alemao",
    ),
    (
        Kind::DeRentenversicherung,
        "sv nummer, sv nr, sv number, german sv number, sozialversicherungsnr, rv nr, rentenversicherungsnr, rentennummer, versicherungsnummer, \
         german pension insurance number, german pension insurance, german insurance, german national insurance number, sozialversicherung, \
         deutsche sozialversicherungsnummer, deutsche rentenversicherungsnummer, numero de la seguridad social alemana, \
         numero de seguridad social aleman, seguridad social alemana, numero de securite sociale allemand, securite sociale allemande, \
         numero de seguranca social alemao, seguranca social alema",
    ),
    (
        Kind::AtSvnr,
        "osterreichische sozialversicherungsnummer, oesterreichische sozialversicherungsnummer, osterreichische sv nummer, \
         osterreichische versicherungsnummer, austrian sv number, austrian svnr, austrian social insurance, austrian social security, \
         numero de seguridad social austriaco, numero de la seguridad social austriaca, numero de securite sociale autrichien, \
         numero de seguranca social austriaco, ecard nummer, nummer der e card",
    ),
    (
        Kind::ChAhv,
        "ahvn13, ahvn, ahv13, navs13, navs, neue ahv nummer, sozialversicherungsnummer schweiz, schweizer sozialversicherungsnummer, schweizer ahv nummer, \
         schweizerische ahv nummer, swiss ahv, swiss ahv number, swiss avs number, swiss avs, numero ahv, numero de ahv, numero avs suizo, numero avs suico, \
         numero de la seguridad social suiza, numero de seguridad social suizo, numero de securite sociale suisse, numero suisse avs, \
         numero de seguranca social suico, numero d assure avs, numero d assure",
    ),
    (
        Kind::FrNir,
        "french nir, nir number, french social number, french health insurance number, carte vitale number, numero de carte vitale, numero carte vitale, \
         numero de la carte vitale, ma carte vitale, numero de ss, numero ss, no de secu, no secu, numero d assure social, num secu, \
         franzosische sozialversicherungsnummer, franzoesische sozialversicherungsnummer, \
         numero de la seguridad social francesa, numero de seguridad social frances, seguridad social francesa, \
         numero de securite sociale francais, numero de seguranca social frances, seguranca social francesa, numero da seguranca social francesa",
    ),
    (
        Kind::EsDni,
        "carnet de identidad, carne de identidad, numero de carnet, numero de documento, numero de documento de identidad, numero del documento, \
         numero de identificacion fiscal, numero del dni, numero dni, dni con letra, dni y letra, spanish dni number, spanish id card, \
         spanish id number, spanish id card number, spanish identity card, spanish identity number, spanish nif, spanish national id, \
         spanische dni, spanischer personalausweis, spanische ausweisnummer, spanische steuernummer, dni nummer, nif nummer, \
         dni espagnol, carte d identite espagnole, numero de dni espagnol, nif espagnol, dni espanhol, nif espanhol, documento espanhol, \
         documento de identidad espanol, bilhete de identidade espanhol",
    ),
    (
        Kind::EsDni,
        "numero nie, nie nummer, spanische nie, spanische nie nummer, nie espagnol, numero nie espagnol, nie espanhol, numero del nie, \
         numero de extranjeria, tarjeta de extranjero, numero de la tarjeta de residencia, spanish foreigner number, foreigner id number, \
         foreigner s id number, foreigner identity number, spanish residency number, auslandernummer",
    ),
    (
        Kind::EsNuss,
        "numero seguridad social espanola, seguridad social espanola, spanische sozialversicherungsnummer, \
         numero de securite sociale espagnol, numero de seguranca social espanhol, naf, numero de afiliacion a la seguridad social",
    ),
    (
        Kind::PtNif,
        "numero fiscal, nif portugues, nif portuguesa, portuguese nif number, portuguese fiscal number, portuguese taxpayer number, \
         portuguese contribuinte, nr de contribuinte, n de contribuinte, no de contribuinte, num contribuinte, portugiesische steuernummer, \
         portugiesische nif, numero fiscal portugais, nif portugais, numero fiscal portugues, numero de identificacion fiscal portugues, \
         numero de contribuable portugais, numero fiscal de contribuinte, nr contribuinte",
    ),
    (
        Kind::ItCodiceFiscale,
        "codice fiscale nummer, codice fiscale number, codice fiscale italiano, italian codice fiscale, italienische steuernummer, \
         italienischer steuercode, italienischer codice fiscale, codigo fiscal italiano, numero fiscal italiano, numero fiscal italien, code fiscal, \
         codigo fiscal, identifiant fiscal italien, steuercode, italian fiscal number, italian tax number, italian taxpayer code",
    ),
    (
        Kind::NlBsn,
        "dutch bsn, dutch bsn number, dutch social security number, dutch citizen number, sofi number, niederlandische bsn, niederlaendische bsn, \
         niederlandische burgernummer, hollandische burgernummer, burgerservice nummer, numero bsn, numero de bsn, numero bsn neerlandais, \
         numero de servicio ciudadano, numero de service citoyen, numero bsn holandes, bsn holandes, bsn neerlandais, numero de servico ao cidadao",
    ),
    (
        Kind::BeNationalNumber,
        "nrn, belgian national registration number, belgian register number, belgian registry number, belgian nrn, belgian rijksregisternummer, \
         belgische nationalregisternummer, belgische nationalnummer, nationalregister nummer, belgische personennummer, \
         numero de registre national belge, numero national belge, numero nacional belga, numero de registro nacional belga, \
         registro nacional belga, niss belge, numero de registro nacional",
    ),
    (
        Kind::PlPesel,
        "polish pesel, polish pesel number, pesel nummer, pesel no, polnische pesel, polnische pesel nummer, numero pesel, numero de pesel, \
         pesel polaco, pesel polonais, numero pesel polonais, numero pesel polones, pesel polones",
    ),
    (
        Kind::CzRodneCislo,
        "czech personal number, czech national id, rodne cislo number, tschechische geburtsnummer, geburtsnummer, tschechische personennummer, \
         numero de nacimiento checo, numero personal checo, numero de naissance tcheque, numero de naissance, numero de nascimento tcheco, \
         numero de nascimento checo",
    ),
    (
        Kind::SePersonnummer,
        "swedish person number, swedish personnummer, swedish identity number, swedish personal id number, swedish pnr, swedish national id, \
         schwedische personennummer, schwedische personnummer, schwedische identitatsnummer, numero personal sueco, \
         numero de identidad sueco, personnummer sueco, numero personnel suedois, numero d identite suedois, personnummer suedois, \
         numero pessoal sueco, numero de identidade sueco",
    ),
    (
        Kind::NoFodselsnummer,
        "norwegian fodselsnummer, norwegian fnr, norwegian national id number, norwegian national identity, norwegian person number, birth number norwegian, \
         norwegische personennummer, norwegische geburtsnummer, norwegische identitatsnummer, numero de identidad noruego, \
         numero nacional noruego, numero de nacimiento noruego, numero d identite norvegien, numero de naissance norvegien, \
         numero de identidade noruegues, numero nacional noruegues",
    ),
    (
        Kind::DkCpr,
        "danish cpr number, danish national id, danish identity number, danish person number, cpr nr, danische cpr nummer, daenische cpr nummer, \
         danische cpr, danische personennummer, numero cpr, numero de cpr, cpr danes, numero cpr danes, cpr danois, numero cpr danois, \
         cpr dinamarques, numero cpr dinamarques",
    ),
    (
        Kind::FiHetu,
        "finnish hetu, finnish personal id code, finnish id code, finnish national id, finnish personal number, finnish henkilotunnus, hetu code, \
         finnische personenkennung, finnische personenkennziffer, personenkennung, personenkennziffer, finnische hetu, \
         finnische identitatsnummer, finnische personennummer, codigo de identidad finlandes, codigo personal finlandes, \
         numero de identidad finlandes, code personnel finlandais, code d identite finlandais, numero d identite finlandais, \
         codigo pessoal finlandes, codigo de identidade finlandes, numero de identidade finlandes",
    ),
    (
        Kind::TrTckn,
        "tc kimlik nummer, turkish kimlik, turkish kimlik number, turkish tc number, turkish citizenship number, turkische kimlik nummer, \
         tuerkische id, tuerkische personalnummer, turkische ausweisnummer, turkische tc nummer, numero tc kimlik, numero de tc kimlik, \
         numero de identidad turca, numero de identificacion turco, numero tc turc, numero d identification turc, numero de identificacao turco",
    ),
    (
        Kind::BrCpf,
        "cpf brasileiro, numero cpf, cpf nummer, brazilian cpf, brazilian cpf number, brazilian taxpayer number, brazilian tax number, \
         brasilianische cpf, brasilianische cpf nummer, brasilianische steuernummer, cpf brasileno, numero de cpf brasileno, numero fiscal brasileno, cpf bresilien, numero cpf bresilien, \
         numero fiscal bresilien, numero fiscal brasileiro, meu cpf, seu cpf, cpf do titular",
    ),
    (
        Kind::BrCnpj,
        "numero cnpj, brazilian cnpj, brazilian company tax id, brazilian company registration, cnpj da empresa, cnpj brasileiro, cnpj nummer, \
         brasilianische cnpj, cnpj brasileno, cnpj bresilien, cadastro da empresa, cadastro nacional de pessoa juridica",
    ),
    (
        Kind::MxCurp,
        "clave curp, curp code, codigo curp, curp nummer, curp mexicana, mexikanische curp, curp mexicain, numero curp, mexican curp code, mexican id, mexican population code",
    ),
    (
        Kind::MxRfc,
        "clave rfc, clave de rfc, clave del rfc, mexican rfc, mexican rfc number, mexican tax id, mexican tax number, rfc con homoclave, rfc mexicano, numero de rfc, numero rfc, \
         rfc code, rfc nummer, mexikanische rfc, mexikanische steuernummer, rfc mexicain, numero fiscal mexicain, numero fiscal mexicano",
    ),
    (
        Kind::ArCuit,
        "clave de identificacion tributaria, identificacion tributaria, numero de identificacion tributaria, clave tributaria, \
         clave unica de identificacion laboral, argentine cuit, argentinian cuit, argentine cuil, argentinian tax id, argentine tax number, argentinian tax number, numero cuit, numero cuil, \
         cuit argentino, cuil argentino, cuit nummer, argentinische cuit, argentinische steuernummer, cuit argentin",
    ),
    (
        Kind::ClRut,
        "chilean rut number, chilean tax id, chilean tax number, chilean national id, numero rut, numero run, rut chileno, run chileno, rut nummer, chilenische rut, \
         chilenische rut nummer, chilenische steuernummer, rut chilien, numero rut chilien, numero rut chileno, rol unico",
    ),
    (
        Kind::CoCedula,
        "cedula de identidad, numero de la cedula, colombian cedula number, colombian id number, colombian identity card, colombian national id, cedula colombiana, \
         numero de cedula colombiana, kolumbianische cedula, kolumbianische ausweisnummer, cedula colombienne, numero de cedula colombienne, \
         su cedula, mi cedula, la cedula",
    ),
    (
        Kind::SgNric,
        "nric nummer, singapore nric number, singaporean nric, singaporean id, singapore ic, singapore fin number, singapore id number, singapur nric, \
         numero nric, numero de nric",
    ),
    (
        Kind::KrRrn,
        "korean rrn, korean rrn number, korean identity number, korean national id, koreanische registrierungsnummer, koreanische rrn, numero de registro coreano, south korean id",
    ),
    (
        Kind::JpMyNumber,
        "japanese individual number, individual number card, japanische my number, japanese id number, my number japan, japanese mynumber, numero my number, numero personal japones",
    ),
    (
        Kind::CnResidentId,
        "chinese resident id number, chinese id card no, chinesische ausweisnummer, chinesische personalausweisnummer, numero de identidad chino, numero de identidad china, numero d identite chinois, carte d identite chinoise, numero de identidade chines, chinese identity card, chinese identity card number",
    ),
    (Kind::HkId, "hkid no, hong kong identity number, hong kong hkid, hk id, hk id card, hk identity card"),
    (Kind::TwId, "taiwan identity number, taiwanese identity card, taiwan id card, taiwan id card number"),
    (
        Kind::ZaId,
        "south african identity card, south african national id, south african id no, south african identity document, sudafrikanische id, \
         sudafrikanische identitatsnummer, sudafrikanische ausweisnummer, numero de identidad sudafricano, numero d identite sud africain, \
         numero de identidade sul africano",
    ),
    (
        Kind::IlId,
        "israeli teudat zehut, teudat zehut number, israeli id card, israeli identity card, israelische ausweisnummer, israelische identitatsnummer, numero de identidad israeli, numero d identite israelien",
    ),
    (
        Kind::RoCnp,
        "romanian personal code, romanian national id, romanian personal numeric code, rumanische personennummer, cnp roumain, cnp rumano, numar cnp, personal numeric code",
    ),
    (
        Kind::BgEgn,
        "bulgarian egn number, bulgarian national id, bulgarische personennummer, bulgarische egn, egn nummer, numero egn",
    ),
    (
        Kind::HrOib,
        "croatian oib, croatian oib number, kroatische oib, kroatische steuernummer, numero oib, oib croate, oib nummer",
    ),
    (
        Kind::ThId,
        "thai id no, thailandische ausweisnummer, thailandische id, numero de identidad tailandes, numero d identite thailandais, thailand id",
    ),
    (
        Kind::Passport,
        "pass, passport nr, passport book, reisepass nr, pass nr, nummer vom reisepass, nummer vom pass, nummer des reisepasses, us passport, \
         american passport, british passport, uk passport, german passport, french passport, spanish passport, numero passeport, \
         numero de mon passeport, numero de votre passeport, no de passeport, numero de su pasaporte, numero de mi pasaporte, \
         numero do meu passaporte, numero do seu passaporte, numero passaporte",
    ),
    (
        Kind::DrivingLicence,
        "driver s license no, drivers license no, license no, licence no, driver id, driving licence no, us driver s license, us drivers license, \
         state license number, dmv number, california license, texas license, new york license, numero de licencia de manejo, \
         numero de mi licencia, numero de su licencia, numero de carnet de conducir, numero del carnet de conducir, \
         numero del permiso de conducir, numero de permiso de conducir, licencia de conductor, amerikanischer fuhrerschein, \
         amerikanische fuhrerscheinnummer, nummer vom fuhrerschein, nummer des fuhrerscheins, numero de permis americain, numero permis, \
         permis americain, numero da carta, numero da carteira de motorista, numero da carteira, numero de carta de conducao, \
         numero da habilitacao, numero de habilitacao",
    ),
    // Spelt by its letters, and of several people.
    (Kind::MxCurp, "c u r p, curps"),
    (Kind::ArCuit, "c u i t, c u i l"),
    (Kind::ClRut, "r u t, ruts"),
    (Kind::EsCif, "c i f"),
    (Kind::EsDni, "dnis, los dni, n i e"),
    (Kind::BrCpf, "cpfs, os cpf"),
    (Kind::FrNir, "n i r, i n s e e, numeros de securite sociale"),
    (Kind::CaSin, "n a s, sins"),
    (Kind::UkNino, "n i n o"),
    (Kind::UsSsn, "socials, ssns, social security numbers, our socials, numeros de seguro social"),
    (Kind::DeSteuerId, "steuer ids"),
    (
        Kind::Passport,
        "passports, passport numbers, pasaportes, numeros de pasaporte, reisepasse, passnummern, reisepassnummern, passeports, \
         numeros de passeport, passaportes, numeros de passaporte",
    ),
    (
        Kind::DrivingLicence,
        "driving licences, licence numbers, license numbers, driver s licenses, drivers licenses, fuhrerscheine, \
         licencias de conducir, permisos de conducir, permis de conduire des, cartas de conducao",
    ),
];
