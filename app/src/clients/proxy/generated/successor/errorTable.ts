// Made from releases/proxy/successor.json by `npm run generate`: do not edit.

export const SUCCESSOR_ERRORS = [
  { code: 6000, name: "WrongMigrationAuthority", message: "the signer is not the migration program: call its instruction migrate_account instead" },
  { code: 6001, name: "NotRetired", message: "the predecessor is not a retired config of the old program: retire it first" },
  { code: 6002, name: "WrongAuthority", message: "the signer is not the config's authority" },
] as const;
