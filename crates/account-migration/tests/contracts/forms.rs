//! compiles
//!
//! What Anchor's own `Migration` does not compile: boxed, zero-copy, closed.

include!("shared/declared.rs");

#[account(zero_copy)]
pub struct CounterV1 {
    pub count: u64,
}

#[account(zero_copy)]
pub struct CounterV2 {
    pub count: u64,
    pub limit: u64,
}

macro_rules! zero_copy {
    ($name:ident) => {
        impl Layout for $name {
            const OWNER: [u8; 32] = ID.to_bytes();
            const LAYOUT_DISCRIMINATOR: &'static [u8] = <Self as Discriminator>::DISCRIMINATOR;
            const BODY: usize = size_of::<Self>();
            type Encoding = account_migration::ZeroCopy;
        }
    };
}

zero_copy!(CounterV1);
zero_copy!(CounterV2);

impl MigrateFrom<CounterV1> for CounterV2 {
    type Error = CardError;

    fn migrate_from(old: CounterV1) -> Self {
        Self { count: old.count, limit: 0 }
    }
}

#[derive(Accounts)]
pub struct Migrate<'info> {
    #[account(mut)]
    pub boxed: Box<Account<'info, Pending<Old, New>>>,
    #[account(mut)]
    pub zero_copy: Account<'info, Pending<CounterV1, CounterV2>>,
    #[account(mut, close = receiver)]
    pub closed: Account<'info, Pending<Old, New>>,
    #[account(mut)]
    pub receiver: Signer<'info>,
    pub system_program: Program<'info, System>,
}

pub fn handler(ctx: Context<Migrate>) -> Result<Migrated<CounterV2>> {
    let accounts = ctx.accounts;
    let funding = Funding::new(&accounts.receiver, &accounts.system_program);
    Migration::begin(&accounts.boxed)?.migrate(&funding)?;
    Migration::begin(&accounts.zero_copy)?.migrate(&funding)
}

fn main() {
    let _ = <Migrate as Accounts<_>>::try_accounts as fn(_, _, _, _, _) -> _;
    let _ = handler as fn(_) -> _;
}
