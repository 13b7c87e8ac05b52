//! What an error of a transaction means.

use {
    super::Transition, anchor_lang_error::ErrorCode, solana_instruction_error::InstructionError,
    solana_pubkey::Pubkey, solana_system_interface::error::SystemError,
    solana_transaction_error::TransactionError,
};

impl Transition {
    /// The error in words: `instruction 2: Truncated (6005): The account … [caused by account: config]`.
    /// Its name and message are from the IDL, Anchor or the System program, whichever failed; `logs` may
    /// be empty.
    pub fn explain(&self, error: &TransactionError, logs: &[String]) -> String {
        let TransactionError::InstructionError(index, inner) = error else {
            return error.to_string();
        };
        let mut text = format!("instruction {index}: ");
        match inner {
            InstructionError::Custom(code) => text += &self.custom(*code, logs),
            other => text += &other.to_string(),
        }
        if let Some(line) = detail(logs) {
            text += &format!(" [{line}]");
        }
        text
    }

    /// `Truncated (6005): message`
    fn custom(&self, code: u32, logs: &[String]) -> String {
        let failed = logs.iter().find_map(|line| failed_program(line));
        let own = failed.is_none_or(|program| program == self.program_id);
        let system = failed.is_none_or(|program| program == solana_sdk_ids::system_program::ID);
        if own && let Some(error) = self.errors.iter().find(|error| error.code == code) {
            let message = error.msg.as_deref().unwrap_or_default();
            return named(&error.name, code, message);
        }
        if system && let Ok(error) = SystemError::try_from(code) {
            return named(&format!("{error:?}"), code, &error.to_string());
        }
        if let Some(error) = ANCHOR.iter().find(|error| u32::from(**error) == code) {
            return named(&error.name(), code, &error.to_string());
        }
        match failed {
            Some(program) if !own => format!("error {code} of program {program}"),
            _ => format!("error {code}"),
        }
    }
}

fn named(name: &str, code: u32, message: &str) -> String {
    if message.is_empty() {
        format!("{name} ({code})")
    } else {
        format!("{name} ({code}): {message}")
    }
}

/// The first program that fails is the innermost.
fn failed_program(line: &str) -> Option<Pubkey> {
    let (program, _) = line.strip_prefix("Program ")?.split_once(" failed: ")?;
    program.parse().ok()
}

/// What the failing program said of it: where Anchor saw the error, or else its last line.
fn detail(logs: &[String]) -> Option<&str> {
    let end = logs
        .iter()
        .position(|line| failed_program(line).is_some())?;
    let mut said = logs[..end].iter().rev();
    let anchor = |line: &String| line.starts_with(ANCHOR_ERROR);
    if let Some(line) = said.clone().find(|line| anchor(line)) {
        let (place, _) = line[ANCHOR_ERROR.len()..].split_once(". Error Code: ")?;
        return (place != "occurred").then_some(place);
    }
    let last = said.find(|line| !line.contains(" consumed "))?;
    match last.strip_prefix("Program log: ") {
        Some(line) => Some(line),
        None if last.starts_with("Program ") => None,
        None => Some(last),
    }
}

/// It goes on with the place, the error's name, number and message; values that differ follow.
const ANCHOR_ERROR: &str = "Program log: AnchorError ";

/// The errors of Anchor itself: the crate has no list of them.
pub(super) const ANCHOR: &[ErrorCode] = &[
    ErrorCode::InstructionMissing,
    ErrorCode::InstructionFallbackNotFound,
    ErrorCode::InstructionDidNotDeserialize,
    ErrorCode::InstructionDidNotSerialize,
    ErrorCode::IdlInstructionStub,
    ErrorCode::IdlInstructionInvalidProgram,
    ErrorCode::IdlAccountNotEmpty,
    ErrorCode::EventInstructionStub,
    ErrorCode::ConstraintMut,
    ErrorCode::ConstraintHasOne,
    ErrorCode::ConstraintSigner,
    ErrorCode::ConstraintRaw,
    ErrorCode::ConstraintOwner,
    ErrorCode::ConstraintRentExempt,
    ErrorCode::ConstraintSeeds,
    ErrorCode::ConstraintExecutable,
    ErrorCode::ConstraintState,
    ErrorCode::ConstraintAssociated,
    ErrorCode::ConstraintAssociatedInit,
    ErrorCode::ConstraintClose,
    ErrorCode::ConstraintAddress,
    ErrorCode::ConstraintZero,
    ErrorCode::ConstraintTokenMint,
    ErrorCode::ConstraintTokenOwner,
    ErrorCode::ConstraintMintMintAuthority,
    ErrorCode::ConstraintMintFreezeAuthority,
    ErrorCode::ConstraintMintDecimals,
    ErrorCode::ConstraintSpace,
    ErrorCode::ConstraintAccountIsNone,
    ErrorCode::ConstraintTokenTokenProgram,
    ErrorCode::ConstraintMintTokenProgram,
    ErrorCode::ConstraintAssociatedTokenTokenProgram,
    ErrorCode::ConstraintMintGroupPointerExtension,
    ErrorCode::ConstraintMintGroupPointerExtensionAuthority,
    ErrorCode::ConstraintMintGroupPointerExtensionGroupAddress,
    ErrorCode::ConstraintMintGroupMemberPointerExtension,
    ErrorCode::ConstraintMintGroupMemberPointerExtensionAuthority,
    ErrorCode::ConstraintMintGroupMemberPointerExtensionMemberAddress,
    ErrorCode::ConstraintMintMetadataPointerExtension,
    ErrorCode::ConstraintMintMetadataPointerExtensionAuthority,
    ErrorCode::ConstraintMintMetadataPointerExtensionMetadataAddress,
    ErrorCode::ConstraintMintCloseAuthorityExtension,
    ErrorCode::ConstraintMintCloseAuthorityExtensionAuthority,
    ErrorCode::ConstraintMintPermanentDelegateExtension,
    ErrorCode::ConstraintMintPermanentDelegateExtensionDelegate,
    ErrorCode::ConstraintMintTransferHookExtension,
    ErrorCode::ConstraintMintTransferHookExtensionAuthority,
    ErrorCode::ConstraintMintTransferHookExtensionProgramId,
    ErrorCode::ConstraintDuplicateMutableAccount,
    ErrorCode::AccountAlreadyMigrated,
    ErrorCode::AccountNotMigrated,
    ErrorCode::ConstraintMintPausableExtension,
    ErrorCode::ConstraintMintPausableAuthority,
    ErrorCode::RequireViolated,
    ErrorCode::RequireEqViolated,
    ErrorCode::RequireKeysEqViolated,
    ErrorCode::RequireNeqViolated,
    ErrorCode::RequireKeysNeqViolated,
    ErrorCode::RequireGtViolated,
    ErrorCode::RequireGteViolated,
    ErrorCode::AccountDiscriminatorAlreadySet,
    ErrorCode::AccountDiscriminatorNotFound,
    ErrorCode::AccountDiscriminatorMismatch,
    ErrorCode::AccountDidNotDeserialize,
    ErrorCode::AccountDidNotSerialize,
    ErrorCode::AccountNotEnoughKeys,
    ErrorCode::AccountNotMutable,
    ErrorCode::AccountOwnedByWrongProgram,
    ErrorCode::InvalidProgramId,
    ErrorCode::InvalidProgramExecutable,
    ErrorCode::AccountNotSigner,
    ErrorCode::AccountNotSystemOwned,
    ErrorCode::AccountNotInitialized,
    ErrorCode::AccountNotProgramData,
    ErrorCode::AccountNotAssociatedTokenAccount,
    ErrorCode::AccountSysvarMismatch,
    ErrorCode::AccountReallocExceedsLimit,
    ErrorCode::AccountDuplicateReallocs,
    ErrorCode::DeclaredProgramIdMismatch,
    ErrorCode::TryingToInitPayerAsProgramAccount,
    ErrorCode::InvalidNumericConversion,
    ErrorCode::Deprecated,
];
