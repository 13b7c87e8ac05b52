use {anchor_lang::prelude::Pubkey, successor::state::SuccessorConfig};

/// What the program does besides, or instead of, adopting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Nothing besides: adopts as promised.
    Adopt,
    /// Leaves the new config's address as it is.
    AdoptNothing,
    /// Has the System program transfer `amount` lamports from the payer to the new config.
    TakeFromPayer,
    /// The same from the authority.
    TakeFromAuthority,
    /// Assigns the payer to this program.
    AssignPayer,
    /// Assigns the payer to this program, which then moves `amount` of its lamports to the new config.
    AssignPayerAndTake,
    /// Assigns the authority to this program.
    AssignAuthority,
    /// Allocates `amount` bytes in the payer.
    AllocatePayer,
    /// The same in the authority.
    AllocateAuthority,
    /// Writes another address than the old config's.
    WrongPredecessor,
    /// Writes another layout than the old config had.
    WrongVersion,
    /// Writes an authority that did not sign.
    WrongAuthority,
    /// Writes the value one too high.
    WrongValue,
    /// Writes the revision one too high.
    WrongRevision,
    /// Writes another mint of the fee.
    WrongFeeMint,
    /// Writes the fee one too high.
    WrongFee,
    /// Leaves the last operator out.
    DropOperator,
    /// Lets one more operator in.
    AddOperator,
}

impl Deed {
    pub const ALL: [Deed; 18] = [
        Self::Adopt,
        Self::AdoptNothing,
        Self::TakeFromPayer,
        Self::TakeFromAuthority,
        Self::AssignPayer,
        Self::AssignPayerAndTake,
        Self::AssignAuthority,
        Self::AllocatePayer,
        Self::AllocateAuthority,
        Self::WrongPredecessor,
        Self::WrongVersion,
        Self::WrongAuthority,
        Self::WrongValue,
        Self::WrongRevision,
        Self::WrongFeeMint,
        Self::WrongFee,
        Self::DropOperator,
        Self::AddOperator,
    ];

    /// The value of a config on whose adoption this happens. `amount` has 56 bits.
    pub const fn value(self, amount: u64) -> u64 {
        amount << 8 | self as u64
    }

    /// The deed and the amount of a [`value`](Self::value).
    ///
    /// # Panics
    /// When the value names no deed.
    pub fn of_value(value: u64) -> (Deed, u64) {
        let [deed, ..] = value.to_le_bytes();
        (Self::ALL[usize::from(deed)], value >> 8)
    }

    /// Changes what will be written, if that is the deed.
    pub(crate) fn falsify(self, config: &mut SuccessorConfig) {
        let another = Pubkey::new_from_array([7; 32]);
        match self {
            Self::WrongPredecessor => config.origin.predecessor = another,
            Self::WrongVersion => config.origin.version ^= 3,
            Self::WrongAuthority => config.authority = another,
            Self::WrongValue => config.value += 1,
            Self::WrongRevision => config.revision += 1,
            Self::WrongFeeMint => config.fee.mint = another,
            Self::WrongFee => config.fee.amount += 1,
            Self::DropOperator => {
                config.operators.pop();
            }
            Self::AddOperator => config.operators.push(another),
            _ => {}
        }
    }
}
