//! Layouts of each kind. Their lengths are written out where the tests expect them.

use {
    account_migration::{
        Borsh, GrowthPath, Layout, MigrateFrom, Rejection, ZeroCopy, migration_chain,
    },
    anchor_lang::prelude::{AnchorDeserialize, AnchorSerialize},
    bytemuck::{Pod, Zeroable},
    proptest::{array::uniform32, collection::vec, prelude::*},
    std::io::{self, Read},
};

/// Declares a struct as a layout: its discriminator, its body's length, how it is encoded, and what
/// else differs from the defaults.
macro_rules! layout {
    ($name:ty, $discriminator:expr, $body:expr, $encoding:ty $(, $item:item)*) => {
        impl Layout for $name {
            const OWNER: [u8; 32] = [7; 32];
            const LAYOUT_DISCRIMINATOR: &'static [u8] = &$discriminator;
            const BODY: usize = $body;
            type Encoding = $encoding;
            $($item)*
        }
    };
}

/// Declares what an old value becomes.
macro_rules! migration {
    ($old:ty => $new:ty, $value:ident => $body:expr $(, $item:item)*) => {
        impl MigrateFrom<$old> for $new {
            type Error = Rejection;
            $($item)*

            fn migrate_from($value: $old) -> Self {
                $body
            }
        }
    };
}

macro_rules! borsh_struct {
    ($name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
        pub struct $name { $(pub $field: $type),* }
    };
}

borsh_struct!(V1 {
    authority: [u8; 32],
    value: u64,
});
borsh_struct!(V2 {
    authority: [u8; 32],
    value: u64,
    revision: u32,
    fee: u64,
    fee_mint: [u8; 32],
    operators: Vec<[u8; 32]>,
});
borsh_struct!(V3 {
    authority: [u8; 32],
    value: u64,
    revision: u32,
    fee: u64,
    fee_mint: [u8; 32],
    operators: Vec<[u8; 32]>,
    paused: bool,
});
// Shorter than V1.
borsh_struct!(Smaller {
    authority: [u8; 32],
});
// As long as V1.
borsh_struct!(SameSize {
    value: u64,
    authority: [u8; 32],
});
// One discriminator of one byte, one of three.
borsh_struct!(OneByte { value: u64 });
borsh_struct!(ThreeBytes { value: u64 });
// Ten thousand bytes and more of reserve.
borsh_struct!(Reserve { value: u64 });
borsh_struct!(Stepwise { value: u64 });

// What extends in place: behind a field that not every byte is a value of, and behind a list.
borsh_struct!(Switch {
    value: u64,
    paused: bool,
});
borsh_struct!(DimmedSwitch {
    value: u64,
    paused: bool,
    dim: u16,
});
borsh_struct!(List { items: Vec<u8> });
borsh_struct!(CountedList {
    items: Vec<u8>,
    count: u32,
});

// Its BODY is two bytes more than it writes.
borsh_struct!(Overstated { value: u64 });

/// What it writes does not decode: no program should have such a layout.
#[derive(AnchorSerialize, Debug)]
pub struct Unreadable {
    pub value: u64,
}

impl AnchorDeserialize for Unreadable {
    fn deserialize_reader<R: Read>(_: &mut R) -> io::Result<Self> {
        Err(io::ErrorKind::InvalidData.into())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct ZeroV1 {
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct ZeroV2 {
    pub count: u64,
    pub limit: u64,
}

/// `ZeroV1` with a field that is zero at first, and with reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct ZeroDefault {
    pub count: u64,
    pub limit: u64,
}

layout!(V1, [1, 2, 3, 4, 5, 6, 7, 8], 40, Borsh);
layout!(
    V2,
    [11, 12, 13, 14, 15, 16, 17, 18],
    88,
    Borsh,
    fn space(&self) -> usize {
        96 + 32 * self.operators.len()
    }
);
layout!(
    V3,
    [21, 22, 23, 24, 25, 26, 27, 28],
    89,
    Borsh,
    fn space(&self) -> usize {
        97 + 32 * self.operators.len()
    }
);
layout!(Smaller, [31, 32, 33, 34, 35, 36, 37, 38], 32, Borsh);
layout!(SameSize, [41, 42, 43, 44, 45, 46, 47, 48], 40, Borsh);
layout!(OneByte, [1], 8, Borsh);
layout!(ThreeBytes, [2, 1, 9], 8, Borsh);
layout!(
    Reserve,
    [51, 52, 53, 54, 55, 56, 57, 58],
    8,
    Borsh,
    const SPACE: usize = 48 + 10_240;
);
layout!(
    Stepwise,
    [61, 62, 63, 64, 65, 66, 67, 68],
    8,
    Borsh,
    const SPACE: usize = 30_000;
);
layout!(Overstated, [91, 92, 93, 94, 95, 96, 97, 98], 10, Borsh);
layout!(Unreadable, [92; 8], 8, Borsh);
layout!(Switch, [101; 8], 9, Borsh);
layout!(DimmedSwitch, [102; 8], 11, Borsh);
layout!(
    List,
    [103; 8],
    4,
    Borsh,
    fn space(&self) -> usize {
        12 + self.items.len()
    }
);
layout!(
    CountedList,
    [104; 8],
    8,
    Borsh,
    fn space(&self) -> usize {
        16 + self.items.len()
    }
);
layout!(
    ZeroDefault,
    [105; 8],
    16,
    ZeroCopy,
    const SPACE: usize = 8 + 16 + 100;
);
layout!(ZeroV1, [71, 72, 73, 74, 75, 76, 77, 78], 8, ZeroCopy);
layout!(ZeroV2, [81, 82, 83, 84, 85, 86, 87, 88], 16, ZeroCopy);

migration!(
    V1 => V2,
    old => V2 {
        authority: old.authority,
        value: old.value,
        revision: 0,
        fee: 0,
        fee_mint: [0; 32],
        operators: Vec::new(),
    },
    const EXTENDS_IN_PLACE: bool = true;
);
migration!(V2 => V1, old => V1 {
    authority: old.authority,
    value: old.value,
});
migration!(V2 => V3, old => V3 {
    authority: old.authority,
    value: old.value,
    revision: old.revision,
    fee: old.fee,
    fee_mint: old.fee_mint,
    operators: old.operators,
    paused: true,
});
migration_chain!(Rejection: V1 => V2 => V3);
migration!(V1 => Smaller, old => Smaller { authority: old.authority });
migration!(V1 => SameSize, old => SameSize { value: old.value, authority: old.authority });
migration!(SameSize => V1, old => V1 { value: old.value, authority: old.authority });
migration!(OneByte => ThreeBytes, old => ThreeBytes { value: old.value });
migration!(ThreeBytes => OneByte, old => OneByte { value: old.value });
migration!(V1 => Reserve, old => Reserve { value: old.value });
migration!(
    V1 => Stepwise,
    old => Stepwise { value: old.value },
    const GROWTH_PATH: GrowthPath = GrowthPath::StepWise;
);
migration!(
    Switch => DimmedSwitch,
    old => DimmedSwitch { value: old.value, paused: old.paused, dim: 0 },
    const EXTENDS_IN_PLACE: bool = true;
);
migration!(
    List => CountedList,
    old => CountedList { items: old.items, count: 0 },
    const EXTENDS_IN_PLACE: bool = true;
);
migration!(
    ZeroV1 => ZeroDefault,
    old => ZeroDefault { count: old.count, limit: 0 },
    const EXTENDS_IN_PLACE: bool = true;
);
migration!(ZeroV1 => ZeroV2, old => ZeroV2 { count: old.count, limit: u64::MAX });
migration!(ZeroV2 => ZeroV1, old => ZeroV1 { count: old.count });

prop_compose! {
    pub fn any_v1()(authority in uniform32(any::<u8>()), value: u64) -> V1 {
        V1 { authority, value }
    }
}

prop_compose! {
    pub fn any_v2()(
        authority in uniform32(any::<u8>()),
        value: u64,
        revision: u32,
        fee: u64,
        fee_mint in uniform32(any::<u8>()),
        operators in vec(uniform32(any::<u8>()), 0..20),
    ) -> V2 {
        V2 { authority, value, revision, fee, fee_mint, operators }
    }
}
