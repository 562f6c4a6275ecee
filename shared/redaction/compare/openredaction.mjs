// OpenRedaction with all of its patterns of cards, security codes, expiry dates, bank accounts and identity numbers.
import { createRequire } from 'node:module';
import { GONE, run } from './lines.mjs';

// Packages are looked for from the folder the comparison is run in, which is not this one.
const { OpenRedaction } = createRequire(`${process.cwd()}/`)('openredaction');
const patterns = `CREDIT_CARD CVV CVV_CODE CARD_EXPIRY IBAN UK_BANK_ACCOUNT_IBAN SSN ITIN US_EIN TAX_ID UTR_UK
  NATIONAL_INSURANCE_UK NHS_NUMBER CHI_NUMBER SIN_CA CANADIAN_SIN INDIAN_AADHAAR AUSTRALIAN_TFN AUSTRALIAN_MEDICARE JAPANESE_MY_NUMBER
  SOUTH_KOREAN_RRN UAE_EMIRATES_ID SAUDI_NATIONAL_ID ISRAEL_ID TURKEY_ID SOUTH_AFRICA_ID NIGERIA_NIN CHILE_RUT CZECH_NATIONAL_ID
  ROMANIAN_CNP FRENCH_SOCIAL_SECURITY SPANISH_DNI ITALIAN_FISCAL_CODE DUTCH_BSN POLISH_PESEL SINGAPORE_NRIC BRAZILIAN_CPF
  BRAZILIAN_CNPJ MEXICAN_CURP MEXICAN_RFC GERMAN_TAX_ID HUNGARIAN_PERSONAL_ID HUNGARIAN_TAX_ID BULGARIAN_PERSONAL_NUMBER SERBIAN_JMBG
  NEW_ZEALAND_IRD KAZAKHSTAN_IIN UKRAINIAN_INN RUSSIAN_SNILS ARGENTINA_DNI ARGENTINA_CUIT COLOMBIA_CEDULA PERU_DNI ECUADOR_CEDULA
  URUGUAY_CEDULA INDONESIA_NIK THAILAND_NATIONAL_ID MALAYSIA_MYKAD EGYPT_NATIONAL_ID KENYA_NATIONAL_ID GHANA_CARD QATAR_ID
  KUWAIT_CIVIL_ID`.split(/\s+/);
const options = { patterns, includeNames: false, includeAddresses: false, includePhones: false, includeEmails: false };
const redactor = new OpenRedaction(options);

await run(async (text) => {
  const { detections } = await redactor.detect(text);
  let [out, done] = ['', 0];
  for (const [start, end] of detections.map(({ position }) => position).sort(([a], [b]) => a - b)) {
    if (end <= done) continue;
    out += text.slice(done, Math.max(start, done)) + GONE;
    done = end;
  }
  return out + text.slice(done);
});
