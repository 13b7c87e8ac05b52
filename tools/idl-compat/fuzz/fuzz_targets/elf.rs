//! The stack frames of any bytes.

#![no_main]

use {idl_compat::elf, libfuzzer_sys::fuzz_target};

fuzz_target!(|bytes: &[u8]| {
    let _ = elf::large_frames(bytes);
    let _ = elf::findings("new.so", bytes);
});
