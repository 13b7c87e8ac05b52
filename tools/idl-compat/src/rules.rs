//! Every rule of compatibility.

rules! {
    /// In the order of a catalogue: instructions, their arguments and accounts, account types, events,
    /// errors, constants, the program.
    RULES;

    INSTRUCTION_ADDED: Notable, "instruction-added", "An instruction is new",
        old_client: "Nothing: it does not know the instruction.",
        instead: "This is the compatible way to offer more.";
    INSTRUCTION_REMOVED: Breaking, "instruction-removed", "An instruction is gone",
        old_client: "Every call fails with error 101 InstructionFallbackNotFound.",
        instead: "Keep the instruction, and let its handler return an error that says what to call instead.";
    INSTRUCTION_RENAMED: Breaking, "instruction-renamed", "An instruction has another name, and so another discriminator",
        old_client: "Every call fails with error 101 InstructionFallbackNotFound: the discriminator derives from the name.",
        instead: "Keep the discriminator with #[instruction(discriminator = ...)], or keep the old instruction beside the new one.";
    INSTRUCTION_RELABELLED: Notable, "instruction-relabelled", "An instruction has another name and keeps its discriminator",
        old_client: "Nothing: the call is the same bytes.",
        instead: "This is the compatible way to rename an instruction.";
    INSTRUCTION_DISCRIMINATOR_CHANGED: Breaking, "instruction-discriminator-changed", "An instruction has another discriminator",
        old_client: "Every call fails with error 101 InstructionFallbackNotFound, or reaches another instruction that has the old discriminator now.",
        instead: "Keep the discriminator with #[instruction(discriminator = ...)].";
    INSTRUCTION_DISCRIMINATOR_SHADOWED: Breaking, "instruction-discriminator-shadowed", "A call can reach another instruction: its discriminator begins with the other's",
        old_client: "Nothing shows it: its call may run the handler of another instruction.",
        instead: "Give every instruction a discriminator that no other's begins with.";

    ARGUMENT_ADDED: Breaking, "argument-added", "An instruction takes an argument more",
        old_client: "Every call fails with error 102 InstructionDidNotDeserialize, also when the argument is an Option at the end; an argument in front of others makes them be misread.",
        instead: "Add an instruction `..._v2` that takes it, and keep the old one.";
    ARGUMENT_REMOVED_LAST: Notable, "argument-removed-last", "An instruction no longer takes its last argument",
        old_client: "Nothing fails: Anchor ignores the bytes behind the last argument, so what it passes has no effect.",
        instead: "This is compatible, if the argument had no effect worth keeping.";
    ARGUMENT_REMOVED: Breaking, "argument-removed", "An instruction no longer takes an argument that others follow",
        old_client: "The later arguments are read from the wrong bytes: silently, or with error 102 InstructionDidNotDeserialize.",
        instead: "Keep the argument and ignore it, or add an instruction `..._v2`.";
    ARGUMENT_RETYPED: Breaking, "argument-retyped", "An argument has another type",
        old_client: "The argument and those behind it are read from bytes that mean something else: silently, or with error 102 InstructionDidNotDeserialize.",
        instead: "Add an instruction `..._v2` with the new type, and keep the old one.";
    ARGUMENTS_REORDERED: Breaking, "arguments-reordered", "Arguments are in another order",
        old_client: "Where the types allow it nothing fails: one argument is read as another. Otherwise error 102 InstructionDidNotDeserialize.",
        instead: "Keep the order, or add an instruction `..._v2`.";
    ARGUMENT_RENAMED: Notable, "argument-renamed", "An argument has another name",
        old_client: "Nothing: names are not on the wire. A client that is generated again must use the new name.",
        instead: "This is compatible, if the argument still means the same.";
    ARGUMENT_VARIANT_APPENDED: Notable, "argument-variant-appended", "An enum in an argument has a new last variant",
        old_client: "Nothing: it does not send the new variant.",
        instead: "This is the compatible way to extend an enum in an argument.";
    RETURN_TYPE_CHANGED: Breaking, "return-type-changed", "An instruction returns another type",
        old_client: "It decodes the returned bytes as the old type: an error of its own, or a misread value.",
        instead: "Add an instruction `..._v2` that returns the new type.";

    ACCOUNT_ADDED: Breaking, "account-added", "An instruction takes an account more",
        old_client: "At the end of the list: error 3005 AccountNotEnoughKeys. In front of others: every later account is taken for another, and fails its checks or is mistaken silently.",
        instead: "Append the account as Option<...> (with anchor-lang's feature allow-missing-optionals), or add an instruction `..._v2`.";
    OPTIONAL_ACCOUNT_ADDED: Conditional, "optional-account-added", "An instruction takes an optional account more, at the end",
        old_client: "Nothing, if it passes no remaining accounts: the account is None. The first remaining account is otherwise taken for it. Without anchor-lang's feature allow-missing-optionals: error 3005 AccountNotEnoughKeys.",
        instead: "This is the compatible way to take one more account.";
    ACCOUNT_REMOVED_LAST: Conditional, "account-removed-last", "An instruction no longer takes its last account",
        old_client: "Nothing, unless the handler reads its remaining accounts: the account that it still passes is the first of them.",
        instead: "Keep the account as UncheckedAccount if the handler reads remaining accounts.";
    ACCOUNT_REMOVED: Breaking, "account-removed", "An instruction no longer takes an account that others follow",
        old_client: "Every later account is taken for another: it fails its checks (3007 AccountOwnedByWrongProgram, 3002 AccountDiscriminatorMismatch, 3010 AccountNotSigner, ...) or is mistaken silently.",
        instead: "Keep the account as UncheckedAccount, or add an instruction `..._v2`.";
    ACCOUNTS_REORDERED: Breaking, "accounts-reordered", "Accounts of an instruction are in another order",
        old_client: "One account is taken for another: a check fails (3007 AccountOwnedByWrongProgram, 3002 AccountDiscriminatorMismatch, 3010 AccountNotSigner, ...), or nothing fails and the wrong account is used.",
        instead: "Keep the order.";
    ACCOUNT_MADE_WRITABLE: Breaking, "account-made-writable", "An account must be writable",
        old_client: "Every call that passes it read-only fails with error 2000 ConstraintMut.",
        instead: "Add an instruction `..._v2` that writes it.";
    ACCOUNT_MADE_READ_ONLY: Notable, "account-made-read-only", "An account need not be writable any more",
        old_client: "Nothing: it takes a write lock that is not needed.",
        instead: "This is compatible.";
    SIGNER_ADDED: Breaking, "signer-added", "An account must sign",
        old_client: "Every call without the signature fails with error 3010 AccountNotSigner.",
        instead: "Add an instruction `..._v2` that asks for the signature.";
    SIGNER_REMOVED: Notable, "signer-removed", "An account need not sign any more",
        old_client: "Nothing. Others can call now without that signature: be sure that it is meant.",
        instead: "This is compatible.";
    ACCOUNT_MADE_REQUIRED: Breaking, "account-made-required", "An optional account is required",
        old_client: "A call that passes the program's id in its place fails (3007 AccountOwnedByWrongProgram, 3012 AccountNotInitialized or another check); one that leaves it out fails with 3005 AccountNotEnoughKeys.",
        instead: "Keep it optional and return an error from the handler when it is needed, or add an instruction `..._v2`.";
    ACCOUNT_MADE_OPTIONAL: Notable, "account-made-optional", "A required account is optional",
        old_client: "Nothing: it goes on passing the account.",
        instead: "This is compatible.";
    ACCOUNT_ADDRESS_CHANGED: Breaking, "account-address-changed", "An account must have another address",
        old_client: "Every call that passes another address fails with error 2012 ConstraintAddress (3008 InvalidProgramId for a program).",
        instead: "Accept the old address too, or add an instruction `..._v2`.";
    ACCOUNT_ADDRESS_REMOVED: Notable, "account-address-removed", "An account's address is no longer fixed",
        old_client: "Nothing: the address it passes is still accepted.",
        instead: "This is compatible, if the handler checks the account in another way.";
    PDA_SEEDS_CHANGED: Breaking, "pda-seeds-changed", "An account's address derives from other seeds",
        old_client: "It derives the old address: error 2006 ConstraintSeeds, or 3012 AccountNotInitialized where nothing lives.",
        instead: "Keep the seeds for live accounts, and migrate them or add an instruction `..._v2` for the new address.";
    PDA_SEEDS_ADDED: Conditional, "pda-seeds-added", "An account's address derives from seeds now",
        old_client: "A call that passes another address fails with error 2006 ConstraintSeeds.",
        instead: "Be sure that clients pass that address already; otherwise add an instruction `..._v2`.";
    PDA_SEEDS_REMOVED: Notable, "pda-seeds-removed", "An account's address no longer derives from seeds",
        old_client: "Nothing: the address it derives is still accepted.",
        instead: "This is compatible, if the handler checks the account in another way.";
    ACCOUNT_RELATION_ADDED: Conditional, "account-relation-added", "An account must be the one that another account names",
        old_client: "A call that passes another account fails with error 2001 ConstraintHasOne.",
        instead: "Be sure that clients pass the named account already; otherwise add an instruction `..._v2`.";
    ACCOUNT_RELABELLED: Notable, "account-relabelled", "An account of an instruction has another name",
        old_client: "Nothing: accounts go by their place. A client that is generated again must use the new name.",
        instead: "This is compatible, if the account is still the same one.";

    ACCOUNT_TYPE_ADDED: Notable, "account-type-added", "An account type is new",
        old_client: "Nothing: it does not know the type.",
        instead: "This is the compatible way to store more.";
    ACCOUNT_TYPE_REMOVED: Breaking, "account-type-removed", "An account type is gone",
        old_client: "Live accounts of the type can no longer be read or closed: their data and rent are stranded.",
        instead: "Keep the type until its last account is migrated or closed.";
    ACCOUNT_TYPE_RENAMED: Breaking, "account-type-renamed", "An account type has another name, and so another discriminator",
        old_client: "Live accounts are rejected with error 3002 AccountDiscriminatorMismatch.",
        instead: "Keep the discriminator with #[account(discriminator = ...)].";
    ACCOUNT_TYPE_RELABELLED: Notable, "account-type-relabelled", "An account type has another name and keeps its discriminator",
        old_client: "Nothing: the accounts are the same bytes.",
        instead: "This is the compatible way to rename an account type.";
    ACCOUNT_DISCRIMINATOR_CHANGED: Breaking, "account-discriminator-changed", "An account type has another discriminator",
        old_client: "Live accounts are rejected with error 3002 AccountDiscriminatorMismatch.",
        instead: "Keep the discriminator with #[account(discriminator = ...)], or migrate the accounts.";
    DISCRIMINATOR_PREFIX: Breaking, "discriminator-prefix", "One account type's discriminator begins with another's",
        old_client: "Nothing fails: an account of one type is accepted as the other, and its bytes are misread.",
        instead: "Give every account type, also a retired one, a discriminator that no other's begins with.";

    FIELD_APPENDED: Conditional, "field-appended", "An account type has a new last field",
        old_client: "Live accounts that are shorter than the new layout are rejected with error 3003 AccountDidNotDeserialize.",
        instead: "Give the layout a new type and migrate, or allocate spare zeroed bytes when accounts are created.";
    FIELD_APPENDED_AFTER_OPTION: Conditional, "field-appended-after-option", "An account type whose values vary in length has a new last field",
        old_client: "Live accounts without spare bytes are rejected with error 3003 AccountDidNotDeserialize. Where a longer value was once stored, nothing fails: its remains are read as the new field.",
        instead: "Give the layout a new type and migrate.";
    FIELD_INSERTED: Breaking, "field-inserted", "An account type has a new field in front of others",
        old_client: "Every later field of a live account is read from the wrong bytes: silently, or with error 3003 AccountDidNotDeserialize.",
        instead: "Append the field, or give the layout a new type and migrate.";
    FIELD_REMOVED_LAST: Conditional, "field-removed-last", "An account type no longer has its last field",
        old_client: "Accounts that the new release makes may be too short for it: error 3003 AccountDidNotDeserialize. What it stores in the field is lost on the program.",
        instead: "Keep the field and ignore it.";
    FIELD_REMOVED: Breaking, "field-removed", "An account type no longer has a field that others follow",
        old_client: "Every later field of a live account is read from the wrong bytes: silently, or with error 3003 AccountDidNotDeserialize.",
        instead: "Keep the field as reserved bytes, or give the layout a new type and migrate.";
    FIELD_RETYPED: Breaking, "field-retyped", "A field has another type",
        old_client: "The field and those behind it are read from bytes that mean something else: silently, or with error 3003 AccountDidNotDeserialize.",
        instead: "Append a field of the new type, or give the layout a new type and migrate.";
    FIELDS_REORDERED: Breaking, "fields-reordered", "Fields of an account type are in another order",
        old_client: "Where the types allow it nothing fails: one field is read as another. Otherwise error 3003 AccountDidNotDeserialize.",
        instead: "Keep the order, or give the layout a new type and migrate.";
    FIELD_RENAMED: Notable, "field-renamed", "A field has another name",
        old_client: "Nothing: names are not in the data. A client that is generated again must use the new name.",
        instead: "This is compatible, if the field still means the same.";
    RESERVED_BYTES_USED: Conditional, "reserved-bytes-used", "Reserved bytes of an account type became a field",
        old_client: "Nothing fails: what live accounts hold in the reserved bytes is read as the new field.",
        instead: "This is compatible, if live accounts hold zeros there and a zero is a valid value.";
    ENUM_VARIANT_APPENDED: Conditional, "enum-variant-appended", "An enum that is stored or emitted has a new last variant",
        old_client: "It cannot decode an account or event in which the new variant is stored.",
        instead: "Update the clients that read it before the program stores the new variant.";
    ENUM_VARIANT_INSERTED: Breaking, "enum-variant-inserted", "An enum has a new variant in front of others",
        old_client: "Nothing fails: every later variant is read as another.",
        instead: "Append the variant.";
    ENUM_VARIANT_REMOVED: Breaking, "enum-variant-removed", "An enum no longer has a variant",
        old_client: "Later variants are read as others; a value of the last one is rejected (error 102 in an argument, 3003 in an account).",
        instead: "Keep the variant, and reject it in the handler.";
    ENUM_VARIANTS_REORDERED: Breaking, "enum-variants-reordered", "Variants of an enum are in another order",
        old_client: "Nothing fails: one variant is read as another.",
        instead: "Keep the order.";
    ENUM_VARIANT_CHANGED: Breaking, "enum-variant-changed", "A variant of an enum has other fields",
        old_client: "A value of the variant, and what lies behind it, is misread: silently, or with an error (102 in an argument, 3003 in an account).",
        instead: "Append a variant with the new fields.";
    ENUM_VARIANT_RENAMED: Notable, "enum-variant-renamed", "A variant of an enum has another name",
        old_client: "Nothing: variants go by their number.",
        instead: "This is compatible, if the variant still means the same.";
    SERIALIZATION_CHANGED: Breaking, "serialization-changed", "A type is laid out in bytes in another way",
        old_client: "Nothing need fail: its fields are read from bytes where they do not lie.",
        instead: "Give the layout a new type and migrate.";
    ACCOUNT_SIZE_INCREASED: Breaking, "account-size-increased", "Live accounts are too short for the new release",
        old_client: "Live accounts are rejected with error 3003 AccountDidNotDeserialize.",
        instead: "Give the layout a new type and migrate, or reallocate every live account first.";
    ACCOUNT_SIZE_DECREASED: Notable, "account-size-decreased", "New accounts have less data than live ones",
        old_client: "Nothing, unless code reads or writes bytes that new accounts do not have.",
        instead: "Keep the size of accounts if other code depends on it.";

    EVENT_ADDED: Notable, "event-added", "An event is new",
        old_client: "Nothing: it does not know the event.",
        instead: "This is the compatible way to report more.";
    EVENT_REMOVED: Conditional, "event-removed", "An event is gone",
        old_client: "Nothing fails: an indexer never sees the event again.",
        instead: "Go on emitting the event until its readers are updated.";
    EVENT_DISCRIMINATOR_CHANGED: Breaking, "event-discriminator-changed", "An event has another discriminator",
        old_client: "Nothing fails: an indexer does not recognize the event any more.",
        instead: "Keep the discriminator with #[event(discriminator = ...)].";
    EVENT_DISCRIMINATOR_SHADOWED: Breaking, "event-discriminator-shadowed", "One event's discriminator begins with another's",
        old_client: "Nothing fails: an indexer decodes one event as the other.",
        instead: "Give every event a discriminator that no other's begins with.";
    EVENT_FIELD_APPENDED: Notable, "event-field-appended", "An event has a new last field",
        old_client: "Nothing: it ignores the bytes behind the fields it knows.",
        instead: "This is the compatible way to report more.";
    EVENT_FIELDS_CHANGED: Breaking, "event-fields-changed", "An event's fields are not what they were",
        old_client: "An indexer fails to decode the event, or misreads it silently.",
        instead: "Append fields only, or add an event.";

    ERROR_ADDED: Notable, "error-added", "An error is new",
        old_client: "It shows the number instead of a message.",
        instead: "Append errors behind the existing ones.";
    ERROR_RENUMBERED: Breaking, "error-renumbered", "An error code means another error",
        old_client: "It reports, and acts on, the wrong error.",
        instead: "Append new errors, never remove one in the middle; or fix the numbers with `Name = 7`.";
    ERROR_REMOVED: Notable, "error-removed", "An error is gone",
        old_client: "Nothing: the code no longer occurs.",
        instead: "This is compatible, while the code is not used again.";

    CONSTANT_CHANGED: Notable, "constant-changed", "A constant has another value",
        old_client: "It goes on using the old value.",
        instead: "Be sure that the program still accepts what follows from the old value.";
    CONSTANT_REMOVED: Notable, "constant-removed", "A constant is gone",
        old_client: "It goes on using the old value.",
        instead: "Be sure that the program still accepts what follows from the old value.";

    PROGRAM_ADDRESS_CHANGED: Breaking, "program-address-changed", "The program declares another address",
        old_client: "It calls the old address. If the new binary is deployed there, every call fails with error 4100 DeclaredProgramIdMismatch.",
        instead: "Deploy the new release at the address of the old one and declare that.";
    STACK_FRAME_OVERFLOW: Breaking, "stack-frame-overflow", "A function of the binary needs a larger stack frame than the runtime gives",
        old_client: "A call that runs the function fails with an access violation, or overwrites another frame.",
        instead: "Box large accounts and values, or split the function.";
}

#[cfg(test)]
mod tests {
    use {super::*, std::collections::HashSet};

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        let mut seen = HashSet::new();
        for rule in RULES {
            assert!(seen.insert(rule.id), "{}", rule.id);
            assert!(
                rule.id
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            );
        }
    }
}
