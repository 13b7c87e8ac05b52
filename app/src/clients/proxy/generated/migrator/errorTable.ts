// Made from releases/proxy/migrator.json by `npm run generate`: do not edit.

export const MIGRATOR_ERRORS = [
  { code: 6000, name: "AlreadyMigrated", message: "the old config was migrated already: find its successor by the old address" },
  { code: 6001, name: "UnknownVersion", message: "the old config's discriminator is of no known release: pass a config of the old program" },
  { code: 6002, name: "Uninitialized", message: "the old config was never initialized: there is nothing to migrate" },
  { code: 6003, name: "Truncated", message: "the old config's data is shorter than its layout: the old program did not make it" },
  { code: 6004, name: "Corrupt", message: "the old config's fields do not decode: the old program did not make it" },
  { code: 6005, name: "WrongAuthority", message: "the signer is not the old config's authority" },
  { code: 6006, name: "WrongOldAddress", message: "the old config is not at the address derived from its authority and old_bump" },
  { code: 6007, name: "UnexpectedData", message: "the old config holds other bytes than expected: fetch it again and review it" },
  { code: 6008, name: "WrongMigrationAuthority", message: "the migration authority is not this program's: pass the address derived from its id" },
  { code: 6009, name: "NotEquivalent", message: "the new config does not hold what the old one held: the successor program was changed" },
  { code: 6010, name: "PaymentAboveLimit", message: "the payer would pay more lamports (right) than max_payment (left): pass a higher limit" },
  { code: 6011, name: "PayerChanged", message: "the payer got an owner or data: the successor program was changed" },
  { code: 6012, name: "WrongNewOwner", message: "the new config is not the successor program's: that program was changed" },
  { code: 6013, name: "InsufficientFunds", message: "the payer has fewer lamports (left) than it would pay (right): fund the payer" },
  { code: 6014, name: "PayerCannotPay", message: "the payer belongs to another program or holds data: pass an account of the System program" },
] as const;
