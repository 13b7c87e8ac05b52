//! Fixtures of the tests: each hole of Anchor's own `Migration` next to `account_migration`.
//!
//! No instruction but the first asks who signs: this is not a program to deploy.

use anchor_lang::prelude::*;

pub mod constants;
pub mod error;
pub mod instructions;
pub mod state;

use instructions::*;

declare_id!("6mZrLVQZ9Zj6uiLsFZAkX1oQonCDNYRswue7U21QDrjX");

#[program]
pub mod migration_lab {
    use super::*;

    // Anchor's own `Migration`.

    /// What `migrate` of `programs/app` does, for comparison.
    pub fn anchor_migrate(ctx: Context<AnchorMigrate>) -> Result<()> {
        anchor_migrate::handler(ctx)
    }

    /// Succeeds and writes nothing.
    pub fn anchor_without_mut(ctx: Context<AnchorWithoutMut>) -> Result<()> {
        anchor_without_mut::handler(ctx)
    }

    /// Leaves the bytes of the old layout behind the new one.
    pub fn anchor_smaller(ctx: Context<AnchorSmaller>) -> Result<()> {
        anchor_smaller::handler(ctx)
    }

    /// Applies again to what it migrated: both layouts have one discriminator.
    pub fn anchor_equal(ctx: Context<AnchorEqual>) -> Result<()> {
        anchor_equal::handler(ctx)
    }

    /// Applies again to what it migrated: one discriminator begins with the other.
    pub fn anchor_prefix(ctx: Context<AnchorPrefix>) -> Result<()> {
        anchor_prefix::handler(ctx)
    }

    /// Panics in the second call.
    pub fn anchor_into_inner_twice(ctx: Context<AnchorIntoInner>) -> Result<()> {
        anchor_into_inner::twice(ctx)
    }

    /// Panics when it reads the old value.
    pub fn anchor_old_view_after(ctx: Context<AnchorIntoInner>) -> Result<()> {
        anchor_into_inner::old_view_after(ctx)
    }

    /// Gives every lamport above the new rent-exempt minimum to the payer.
    pub fn anchor_shrink(ctx: Context<AnchorShrink>) -> Result<()> {
        anchor_shrink::handler(ctx)
    }

    // `account_migration`.

    /// Migrates, and rejects what is migrated already.
    pub fn ours_migrate(ctx: Context<OursMigrate>) -> Result<()> {
        ours_migrate::handler(ctx)?;
        Ok(())
    }

    /// Rejected when it ends: it never migrates.
    pub fn ours_forget(ctx: Context<OursMigrate>) -> Result<()> {
        ours_migrate::forget(ctx)
    }

    /// Migrates: a beginning that was given up leaves nothing behind.
    pub fn ours_begin_again(ctx: Context<OursMigrate>) -> Result<()> {
        ours_migrate::begin_again(ctx)?;
        Ok(())
    }

    /// Rejected at the second beginning.
    pub fn ours_migrate_twice(ctx: Context<OursMigrate>) -> Result<()> {
        ours_migrate::migrate_twice(ctx)?;
        Ok(())
    }

    /// Migrates a card that the client passes as writable and rejects any other.
    pub fn ours_without_mut(ctx: Context<OursWithoutMut>) -> Result<()> {
        ours_without_mut::handler(ctx)?;
        Ok(())
    }

    /// Zeroes the bytes behind the new layout; the length stays.
    pub fn ours_smaller(ctx: Context<OursSmaller>) -> Result<()> {
        ours_smaller::handler(ctx)?;
        Ok(())
    }

    /// Gives the freed rent to the receiver, or to nobody.
    pub fn ours_shrink(ctx: Context<OursShrink>) -> Result<()> {
        ours_shrink::handler(ctx)?;
        Ok(())
    }

    /// From the first layout to the third.
    pub fn ours_chain(ctx: Context<OursChain>) -> Result<()> {
        ours_chain::handler(ctx)?;
        Ok(())
    }

    /// Migrates a zero-copy account.
    pub fn ours_zero_copy(ctx: Context<OursZeroCopy>) -> Result<()> {
        ours_zero_copy::handler(ctx)?;
        Ok(())
    }

    /// Closes a config that is not migrated.
    pub fn ours_close(ctx: Context<OursClose>) -> Result<()> {
        ours_close::handler(ctx)
    }

    /// Grows a ledger by up to 10,240 bytes, to `len`; then `missing` bytes are to be added.
    pub fn ours_grow(ctx: Context<OursGrow>, len: u64, missing: u64) -> Result<()> {
        ours_grow::handler(ctx, len, missing)
    }

    /// Rejects a ledger that the client does not pass as writable.
    pub fn ours_grow_without_mut(ctx: Context<OursGrowWithoutMut>) -> Result<()> {
        ours_grow_without_mut::handler(ctx)?;
        Ok(())
    }

    /// Migrates a ledger that was grown to its full length.
    pub fn ours_migrate_grown(ctx: Context<OursMigrateGrown>) -> Result<()> {
        ours_migrate_grown::handler(ctx)?;
        Ok(())
    }

    /// Migrates every ledger in the remaining accounts that was grown to its full length.
    pub fn ours_migrate_many<'info>(ctx: Context<'info, OursMigrateMany<'info>>) -> Result<()> {
        ours_migrate_many::handler(ctx)
    }

    /// Rejected when both fields are one config, whichever is written back last.
    pub fn ours_migrate_before(ctx: Context<OursMigrateBefore>) -> Result<()> {
        ours_migrate_beside::before(ctx)?;
        Ok(())
    }

    /// Rejected when both fields are one config, whichever is written back last.
    pub fn ours_migrate_behind(ctx: Context<OursMigrateBehind>) -> Result<()> {
        ours_migrate_beside::behind(ctx)?;
        Ok(())
    }

    /// Rejected when both fields are one config, although one is only read.
    pub fn ours_migrate_beside_reader(ctx: Context<OursMigrateBesideReader>) -> Result<()> {
        ours_migrate_beside::beside_reader(ctx)?;
        Ok(())
    }

    /// Migrates every config in the remaining accounts, and rejects the one that is also a field.
    pub fn ours_migrate_configs<'info>(
        ctx: Context<'info, OursMigrateConfigs<'info>>,
        max_top_up: u64,
    ) -> Result<()> {
        ours_migrate_configs::handler(ctx, max_top_up)
    }

    /// Changes a config in the first layout.
    pub fn set_value(ctx: Context<SetValue>, value: u64) -> Result<()> {
        set_value::handler(ctx, value)
    }

    /// Calls `set_value`, then migrates what that wrote.
    pub fn ours_call_before_begin(ctx: Context<OursCall>, value: u64) -> Result<()> {
        ours_call::before_begin(ctx, value)?;
        Ok(())
    }

    /// Fails when it calls `set_value`: the migration has begun.
    pub fn ours_call_while_begun(ctx: Context<OursCall>, value: u64) -> Result<()> {
        ours_call::while_begun(ctx, value)?;
        Ok(())
    }

    /// Gives the freed rent of one config to the receiver, which the payer tips, and migrates another.
    pub fn ours_shrink_and_grow(ctx: Context<OursShrinkAndGrow>, tip: u64) -> Result<()> {
        ours_shrink_and_grow::handler(ctx, tip)?;
        Ok(())
    }

    /// Ends an account's life.
    pub fn ours_retire(ctx: Context<OursRetire>) -> Result<()> {
        ours_retire::handler(ctx)
    }

    /// Migrates a note, and rejects one whose text or attachment announces more bytes than it has.
    pub fn ours_migrate_note(ctx: Context<OursMigrateNote>) -> Result<()> {
        ours_migrate_note::handler(ctx)?;
        Ok(())
    }

    /// Migrates every note in the remaining accounts.
    pub fn ours_migrate_notes<'info>(ctx: Context<'info, OursMigrateNotes<'info>>) -> Result<()> {
        ours_migrate_notes::handler(ctx)
    }

    /// Reads a note in either layout.
    pub fn ours_read_note(ctx: Context<OursReadNote>) -> Result<()> {
        ours_read_note::handler(ctx)
    }

    /// Grows an archive by up to 10,240 bytes.
    pub fn ours_grow_archive(ctx: Context<OursGrowArchive>) -> Result<()> {
        ours_grow_archive::handler(ctx)?;
        Ok(())
    }

    /// From the first layout to the third, of an archive that was grown to its full length.
    pub fn ours_migrate_archive(ctx: Context<OursMigrateArchive>) -> Result<()> {
        ours_migrate_archive::handler(ctx)?;
        Ok(())
    }

    // The runtime.

    /// Changes the account's first byte and puts it back. Features decide whether that may happen to a
    /// read-only account.
    pub fn change_and_restore(ctx: Context<ChangeAndRestore>) -> Result<()> {
        change_and_restore::handler(ctx)
    }
}
