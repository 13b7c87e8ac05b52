use {
    super::kind::Kind,
    anchor_lang::solana_program::system_program,
    svm_harness::{Pubkey, rent_exempt_minimum},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The program whose account it should be.
    Right,
    System,
    Token,
    /// A program that nobody knows.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Whoever should sign is named but does not sign.
    Nobody,
    Authority,
    /// The operator of a config that has one.
    Operator,
    UpgradeAuthority,
    Stranger,
}

/// In which form the instruction is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Every place has an account of its own.
    Plain,
    /// What its subject says: the signer pays or receives as well, or another argument is passed.
    Other,
    /// The account stands in another place as well.
    ConfigTwice,
    /// The account stands behind the others as well.
    ConfigBehind,
}

#[derive(Clone, Copy, Debug)]
pub enum Funds {
    Nothing,
    OneLamport,
    /// Exactly rent-exempt at its length.
    Exempt,
    Surplus,
}

#[derive(Clone, Copy, Debug)]
pub struct Case {
    pub owner: Owner,
    pub kind: Kind,
    pub len: usize,
    pub who: Who,
    pub form: Form,
    pub funds: Funds,
    pub lamports_per_byte: u64,
}

/// Lengths of the account, in bytes.
pub type Lengths = [usize; LENGTHS];

const LENGTHS: usize = 19;

/// The rents, in lamports per byte.
const RENTS: [u64; 2] = [6_960, 696];

impl Owner {
    pub const ALL: [Owner; 4] = [Self::Right, Self::System, Self::Token, Self::Unknown];

    pub fn address(self, right: Pubkey) -> Pubkey {
        match self {
            Self::Right => right,
            Self::System => system_program::ID,
            Self::Token => anchor_spl::token::ID,
            Self::Unknown => Pubkey::new_from_array([7; 32]),
        }
    }
}

impl Who {
    pub const ALL: [Who; 5] = [
        Self::Nobody,
        Self::Authority,
        Self::Operator,
        Self::UpgradeAuthority,
        Self::Stranger,
    ];
}

impl Form {
    pub const ALL: [Form; 4] = [
        Self::Plain,
        Self::Other,
        Self::ConfigTwice,
        Self::ConfigBehind,
    ];
}

impl Funds {
    pub const ALL: [Funds; 4] = [Self::Nothing, Self::OneLamport, Self::Exempt, Self::Surplus];
}

impl Case {
    /// Cases of a subject at all rents.
    pub const COUNT: usize = Owner::ALL.len()
        * Kind::ALL.len()
        * LENGTHS
        * Who::ALL.len()
        * Form::ALL.len()
        * Funds::ALL.len()
        * RENTS.len();

    /// The case of this number, below [`COUNT`](Self::COUNT). The cases of a rent follow each other.
    pub fn numbered(number: usize, lengths: &Lengths) -> Self {
        let mut rest = number;
        Self {
            funds: next(&mut rest, &Funds::ALL),
            form: next(&mut rest, &Form::ALL),
            who: next(&mut rest, &Who::ALL),
            len: next(&mut rest, lengths),
            kind: next(&mut rest, &Kind::ALL),
            owner: next(&mut rest, &Owner::ALL),
            lamports_per_byte: next(&mut rest, &RENTS),
        }
    }

    pub fn minimum(&self, len: usize) -> u64 {
        rent_exempt_minimum(len, self.lamports_per_byte)
    }

    pub fn lamports(&self) -> u64 {
        match self.funds {
            Funds::Nothing => 0,
            Funds::OneLamport => 1,
            Funds::Exempt => self.minimum(self.len),
            Funds::Surplus => self.minimum(self.len) + 1_000_000,
        }
    }

    /// The lamports, once what they lack at this length is paid.
    pub fn lamports_at(&self, len: usize) -> u64 {
        self.lamports().max(self.minimum(len))
    }
}

/// Takes the lowest digit of a number whose digits count through lists like this one.
fn next<T: Copy>(rest: &mut usize, list: &[T]) -> T {
    let item = list[*rest % list.len()];
    *rest /= list.len();
    item
}
