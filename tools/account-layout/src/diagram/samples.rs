//! Layouts to draw.

use crate::layout::{Field, Layout, Len, Offset};

/// A layout of fields (path, type, bytes; 0 for a Vec), each where the one before it ends.
pub fn layout(name: &str, discriminator: u8, fields: &[(&str, &str, u64)]) -> Layout {
    let mut offset = 0;
    let mut fixed = true;
    let field = |(path, ty, len): &(&str, &str, u64)| {
        let field = Field {
            path: (*path).to_owned(),
            ty: (*ty).to_owned(),
            offset: match fixed {
                true => Offset::Fixed(offset),
                false => Offset::AtLeast(offset),
            },
            len: match len {
                0 => Len::Variable { min: 4 },
                len => Len::Fixed(*len),
            },
        };
        fixed &= *len > 0;
        offset += (*len).max(if *len == 0 { 4 } else { 0 });
        field
    };
    let fields: Vec<_> = fields.iter().map(field).collect();
    Layout {
        name: name.to_owned(),
        discriminator: vec![discriminator; 8],
        fields,
        min_len: offset,
        exact: true,
    }
}

pub fn v1() -> Layout {
    layout(
        "ConfigV1",
        1,
        &[("authority", "Pubkey", 32), ("value", "u64", 8)],
    )
}

pub fn v2() -> Layout {
    layout(
        "ConfigV2",
        2,
        &[
            ("authority", "Pubkey", 32),
            ("value", "u64", 8),
            ("operators", "Vec<Pubkey>", 0),
            ("fee", "u64", 8),
        ],
    )
}

pub fn successor() -> Layout {
    layout(
        "Successor",
        3,
        &[
            ("owner", "Pubkey", 32),
            ("fee.amount", "u64", 8),
            ("value", "u32", 4),
        ],
    )
}
