// Made from releases/v2/app.json by `npm run generate`: do not edit.

import { AppInstruction } from "./programs";

export const APP_ACCOUNT_COUNTS = {
  [AppInstruction.Close]: { all: 2, required: 2 },
  [AppInstruction.Initialize]: { all: 3, required: 3 },
  [AppInstruction.InitializeV2]: { all: 3, required: 3 },
  [AppInstruction.Migrate]: { all: 5, required: 4 },
  [AppInstruction.MigrateMany]: { all: 4, required: 4 },
  [AppInstruction.Retire]: { all: 4, required: 4 },
  [AppInstruction.Rollback]: { all: 4, required: 4 },
  [AppInstruction.SetFee]: { all: 2, required: 2 },
  [AppInstruction.SetOperators]: { all: 3, required: 3 },
  [AppInstruction.Update]: { all: 2, required: 2 },
  [AppInstruction.UpdateV2]: { all: 6, required: 2 },
} as const;
