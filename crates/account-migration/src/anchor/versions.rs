use {
    crate::core::{contract::bytes_equal, encoding::Borsh, layout::Layout},
    anchor_lang::Discriminator,
};

/// Fails to compile unless Anchor writes an account of this layout as it is read: by Borsh, behind the
/// same discriminator.
#[track_caller]
pub const fn check_written<T: Layout<Encoding = Borsh> + Discriminator>() {
    assert!(
        bytes_equal(T::LAYOUT_DISCRIMINATOR, T::DISCRIMINATOR),
        "a version's LAYOUT_DISCRIMINATOR is not the DISCRIMINATOR that Anchor writes back"
    );
}

/// Declares an account that may have any of several layouts and is written back in the one it was
/// read in.
///
/// ```text
/// any_version! {
///     /// A config in either layout.
///     pub enum AnyConfig: ConfigError { V1(ConfigV1), V2(ConfigV2) }
/// }
/// ```
///
/// `Account<'info, AnyConfig>` then reads either; an unknown discriminator is an error of the named
/// type, never a guess. The IDL lists the first layout as an account and knows the types of all.
#[macro_export]
macro_rules! any_version {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident: $error:ty {
            $(#[$first_attribute:meta])* $first_variant:ident($first:ty)
            $(, $(#[$rest_attribute:meta])* $variant:ident($layout:ty))* $(,)?
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $visibility enum $name {
            $(#[$first_attribute])* $first_variant($first),
            $($(#[$rest_attribute])* $variant($layout)),*
        }

        const _: () = {
            assert!(
                $crate::core::contract::discriminators_differ($name::DISCRIMINATORS),
                "a version's discriminator is empty, all zero, that of retired accounts, or begins \
                 with another version's"
            );
            $(
                assert!(
                    $crate::core::contract::bytes_equal(
                        &<$first as $crate::Layout>::OWNER,
                        &<$layout as $crate::Layout>::OWNER,
                    ),
                    "the versions have different owner programs: an account has one"
                );
            )*
            $crate::anchor::versions::check_written::<$first>();
            $($crate::anchor::versions::check_written::<$layout>();)*

            use $crate::__anchor_lang as anchor_lang;

            impl $name {
                /// The discriminators of every version, oldest first.
                pub const DISCRIMINATORS: &'static [&'static [u8]] = &[
                    <$first as $crate::Layout>::LAYOUT_DISCRIMINATOR,
                    $(<$layout as $crate::Layout>::LAYOUT_DISCRIMINATOR),*
                ];

                /// Reads whichever layout the discriminator names.
                pub fn read(data: &[u8]) -> ::core::result::Result<Self, $crate::Rejection> {
                    if let Some(body) = data.strip_prefix(<$first as $crate::Layout>::LAYOUT_DISCRIMINATOR) {
                        return $crate::core::transition::decode(body).map(Self::$first_variant);
                    }
                    $(
                        if let Some(body) = data.strip_prefix(<$layout as $crate::Layout>::LAYOUT_DISCRIMINATOR) {
                            return $crate::core::transition::decode(body).map(Self::$variant);
                        }
                    )*
                    Err($crate::core::transition::unrecognized(data, Self::DISCRIMINATORS))
                }
            }

            impl anchor_lang::AccountDeserialize for $name {
                fn try_deserialize_unchecked(data: &mut &[u8]) -> anchor_lang::Result<Self> {
                    Ok(Self::read(data).map_err(<$error>::from)?)
                }

                fn try_deserialize(data: &mut &[u8]) -> anchor_lang::Result<Self> {
                    Self::try_deserialize_unchecked(data)
                }
            }

            impl anchor_lang::AccountSerialize for $name {
                fn try_serialize<W: ::std::io::Write>(&self, writer: &mut W) -> anchor_lang::Result<()> {
                    match self {
                        Self::$first_variant(value) => anchor_lang::AccountSerialize::try_serialize(value, writer),
                        $(Self::$variant(value) => anchor_lang::AccountSerialize::try_serialize(value, writer)),*
                    }
                }
            }

            impl anchor_lang::Owner for $name {
                fn owner() -> anchor_lang::prelude::Pubkey {
                    anchor_lang::prelude::Pubkey::new_from_array(<$first as $crate::Layout>::OWNER)
                }
            }

            #[cfg(feature = "idl-build")]
            impl anchor_lang::Discriminator for $name {
                const DISCRIMINATOR: &'static [u8] = <$first as $crate::Layout>::LAYOUT_DISCRIMINATOR;
            }

            #[cfg(feature = "idl-build")]
            impl anchor_lang::IdlBuild for $name {
                fn create_type() -> Option<anchor_lang::idl::types::IdlTypeDef> {
                    <$first as anchor_lang::IdlBuild>::create_type()
                }

                fn insert_types(
                    types: &mut ::std::collections::BTreeMap<String, anchor_lang::idl::types::IdlTypeDef>,
                ) {
                    <$first as anchor_lang::IdlBuild>::insert_types(types);
                    $(
                        if let Some(layout) = <$layout as anchor_lang::IdlBuild>::create_type() {
                            types.insert(layout.name.clone(), layout);
                        }
                        <$layout as anchor_lang::IdlBuild>::insert_types(types);
                    )*
                }
            }
        };
    };
}
