//! Functions of a program whose stack frame is larger than the runtime gives them.
//!
//! In SBPF v0 a frame is 4,096 bytes with a gap of as many below it: an access beyond it fails. In v3
//! frames have no gaps: it changes the caller's frame. In v1 and v2 a function makes its own frame with
//! `add64 r10`, and the same limit is applied.

use {
    crate::{Finding, Place, Side, rules::STACK_FRAME_OVERFLOW},
    object::{
        LittleEndian, Object, ObjectSection, ObjectSegment, ObjectSymbol, SegmentFlags, SymbolKind,
        elf::{EM_BPF, EM_SBF, FileHeader64, PF_X},
        read::elf::{ElfFile, FileHeader},
    },
    std::collections::BTreeMap,
    thiserror::Error,
};

/// Bytes of stack that the runtime gives to a function.
pub const FRAME: i64 = 4_096;

const INSTRUCTION: usize = 8;
/// The register with the address of the frame's end.
const FRAME_POINTER: usize = 10;
/// The last of the registers, from r0, that a call does not keep.
const LAST_CLOBBERED: usize = 5;
/// The ELF flags of the one version that encodes loads and stores differently.
const V2: u32 = 2;
/// Classes of opcodes; the second one means arithmetic in v2.
const JUMP: u8 = 5;
const JUMP_32: u8 = 6;

/// Why a file is not examined.
#[derive(Debug, Error)]
pub enum ElfError {
    #[error("it is not a 64-bit little-endian ELF file: {0}")]
    Format(#[from] object::Error),
    #[error("its machine is {0}, not SBPF: pass the .so that is deployed")]
    Machine(u16),
    #[error("it has no code: pass the .so that is deployed")]
    NoCode,
}

/// A function with more stack than it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LargeFrame {
    /// The function's name, if the file has symbols.
    pub name: Option<String>,
    /// The function's address in the file: of the closest start known before the access.
    pub function: u64,
    /// The instruction that reaches furthest.
    pub instruction: u64,
    /// Bytes of stack that the function uses, at least.
    pub bytes: i64,
}

/// The functions of a program that use more than [`FRAME`] bytes of stack, by address.
pub fn large_frames(elf: &[u8]) -> Result<Vec<LargeFrame>, ElfError> {
    let file = ElfFile::<FileHeader64<LittleEndian>>::parse(elf)?;
    let header = file.elf_header();
    let machine = header.e_machine(LittleEndian);
    if ![EM_BPF, EM_SBF].contains(&machine) {
        return Err(ElfError::Machine(machine));
    }
    let (address, text) = code(&file)?.ok_or(ElfError::NoCode)?;
    let code: Vec<_> = text
        .as_chunks::<INSTRUCTION>()
        .0
        .iter()
        .map(Instruction::new)
        .collect();
    if code.is_empty() {
        return Err(ElfError::NoCode);
    }
    let flow = Flow::of(&code, header.e_flags(LittleEndian) == V2);
    let at = |index: usize| address.wrapping_add((index * INSTRUCTION) as u64);
    let index_of = |address_of: u64| {
        let index = usize::try_from(address_of.checked_sub(address)?).ok()? / INSTRUCTION;
        (index < code.len()).then_some(index)
    };

    let mut functions = BTreeMap::from([(0, None)]);
    functions.extend(flow.called.iter().map(|index| (*index, None)));
    functions.extend(index_of(file.entry()).map(|index| (index, None)));
    for symbol in file.symbols().chain(file.dynamic_symbols()) {
        if symbol.kind() == SymbolKind::Text
            && let Some(index) = index_of(symbol.address())
        {
            functions.insert(index, symbol.name().ok().map(str::to_owned));
        }
    }

    let mut large = BTreeMap::<usize, LargeFrame>::new();
    for (index, bytes) in flow.reaches(&code) {
        if bytes <= FRAME {
            continue;
        }
        let Some((start, name)) = functions.range(..=index).next_back() else {
            continue;
        };
        let frame = large.entry(*start).or_insert_with(|| LargeFrame {
            name: name.clone(),
            function: at(*start),
            instruction: at(index),
            bytes,
        });
        if bytes > frame.bytes {
            (frame.instruction, frame.bytes) = (at(index), bytes);
        }
    }
    Ok(large.into_values().collect())
}

/// A finding for every function that uses too much stack; `file` is what a report calls the program.
pub fn findings(file: &str, elf: &[u8]) -> Result<Vec<Finding>, ElfError> {
    let finding = |frame: LargeFrame| {
        let LargeFrame {
            name,
            function,
            instruction,
            bytes,
        } = frame;
        let subject = name.unwrap_or_else(|| format!("{function:#x}"));
        Finding {
            rule: &STACK_FRAME_OVERFLOW,
            severity: STACK_FRAME_OVERFLOW.severity,
            message: format!(
                "function `{subject}` of {file} uses at least {bytes} bytes of stack at {instruction:#x}; \
                 it is given {FRAME}"
            ),
            subject,
            condition: None,
            old: None,
            new: None,
            place: Place {
                side: Side::New,
                pointer: String::new(),
            },
        }
    };
    Ok(large_frames(elf)?.into_iter().map(finding).collect())
}

/// The code and its address: the section `.text`, or the executable segment of a file without sections.
fn code<'a>(
    file: &ElfFile<'a, FileHeader64<LittleEndian>>,
) -> Result<Option<(u64, &'a [u8])>, ElfError> {
    if let Some(section) = file.section_by_name(".text") {
        return Ok(Some((section.address(), section.data()?)));
    }
    for segment in file.segments() {
        if let SegmentFlags::Elf { p_flags } = segment.flags()
            && p_flags & PF_X != 0
        {
            return Ok(Some((segment.address(), segment.data()?)));
        }
    }
    Ok(None)
}

#[derive(Clone, Copy)]
struct Instruction {
    opcode: u8,
    destination: usize,
    source: usize,
    offset: i64,
    immediate: i64,
}

impl Instruction {
    fn new(bytes: &[u8; INSTRUCTION]) -> Self {
        let [opcode, registers, low, high, a, b, c, d] = *bytes;
        Self {
            opcode,
            destination: usize::from(registers & 15),
            source: usize::from(registers >> 4),
            offset: i16::from_le_bytes([low, high]).into(),
            immediate: i32::from_le_bytes([a, b, c, d]).into(),
        }
    }

    /// What it does to the registers that hold addresses on the stack.
    fn effect(&self, v2: bool) -> Effect {
        let Self {
            opcode,
            destination,
            source,
            offset,
            immediate,
        } = *self;
        match opcode {
            0x61 | 0x69 | 0x71 | 0x79 if !v2 => Effect::Load(source, offset),
            0x62 | 0x6a | 0x72 | 0x7a | 0x63 | 0x6b | 0x73 | 0x7b if !v2 => {
                Effect::Store(destination, offset)
            }
            0x2c | 0x3c | 0x8c | 0x9c if v2 => Effect::Load(source, offset),
            0x27 | 0x37 | 0x87 | 0x97 | 0x2f | 0x3f | 0x8f | 0x9f if v2 => {
                Effect::Store(destination, offset)
            }
            0xbf => Effect::Copy(source),
            0x07 => Effect::Add(immediate),
            0x17 if !v2 => Effect::Add(-immediate),
            0x85 | 0x8d => Effect::Call,
            0x05 | 0x95 => Effect::Leave,
            _ if opcode & 7 == JUMP || (opcode & 7 == JUMP_32 && !v2) => Effect::None,
            _ => Effect::Write,
        }
    }
}

enum Effect {
    /// Reads memory at a register plus an offset, into the destination.
    Load(usize, i64),
    /// Writes memory at a register plus an offset.
    Store(usize, i64),
    /// The destination becomes what a register is.
    Copy(usize),
    Add(i64),
    Call,
    /// What follows is not run after it.
    Leave,
    /// The destination becomes something else.
    Write,
    None,
}

/// Where control can go to.
struct Flow {
    v2: bool,
    /// First instructions of functions that are called by their place.
    called: Vec<usize>,
    /// Whether control can come to an instruction from elsewhere than the one before it.
    targets: Vec<bool>,
}

impl Flow {
    fn of(code: &[Instruction], v2: bool) -> Self {
        let mut flow = Self {
            v2,
            called: Vec::new(),
            targets: vec![false; code.len()],
        };
        for (index, instruction) in code.iter().enumerate() {
            let call = instruction.opcode == 0x85;
            let class = instruction.opcode & 7;
            let distance = match class {
                _ if call => instruction.immediate,
                JUMP => instruction.offset,
                JUMP_32 if !v2 => instruction.offset,
                _ => continue,
            };
            let target = usize::try_from(index as i64 + 1 + distance).ok();
            // The immediate of a call by name is -1 or a hash, which lies outside of the code.
            if let Some(target) = target.filter(|target| *target < code.len())
                && !(call && instruction.immediate == -1)
            {
                flow.targets[target] = true;
                if call {
                    flow.called.push(target);
                }
            }
        }
        flow
    }

    /// Instructions that reach below the end of their frame, with the bytes that they reach.
    fn reaches(&self, code: &[Instruction]) -> Vec<(usize, i64)> {
        const UNKNOWN: [Option<i64>; 16] = {
            let mut registers = [None; 16];
            registers[FRAME_POINTER] = Some(0);
            registers
        };
        let mut reaches = Vec::new();
        let mut registers = UNKNOWN;
        for (index, instruction) in code.iter().enumerate() {
            if self.targets[index] {
                registers = UNKNOWN;
            }
            let destination = instruction.destination;
            let (reached, becomes) = match instruction.effect(self.v2) {
                Effect::Load(base, offset) => (registers[base].map(|at| at + offset), None),
                Effect::Store(base, offset) => (
                    registers[base].map(|at| at + offset),
                    registers[destination],
                ),
                Effect::Copy(source) => (None, registers[source]),
                Effect::Add(distance) => {
                    let moved = registers[destination].map(|at| at + distance);
                    (moved, moved)
                }
                Effect::Write => (None, None),
                Effect::None => (None, registers[destination]),
                Effect::Call => {
                    registers[..=LAST_CLOBBERED].fill(None);
                    continue;
                }
                Effect::Leave => {
                    registers = UNKNOWN;
                    continue;
                }
            };
            reaches.extend(reached.map(|at| (index, -at)));
            registers[destination] = becomes;
            // `add64 r10` makes the frame in v1 and v2: what follows counts from its new end.
            registers[FRAME_POINTER] = Some(0);
        }
        reaches
    }
}

#[cfg(test)]
mod tests {
    use {super::*, proptest::prelude::*, std::fs};

    const TEXT: u64 = 0x100;

    /// An ELF file with this code in an executable segment and no sections.
    fn elf(flags: u32, code: &[[u8; 8]]) -> Vec<u8> {
        let len = (code.len() * INSTRUCTION) as u64;
        let mut bytes = b"\x7fELF\x02\x01\x01".to_vec();
        bytes.resize(16, 0);
        bytes.extend(3_u16.to_le_bytes());
        bytes.extend(EM_SBF.to_le_bytes());
        bytes.extend(1_u32.to_le_bytes());
        for header in [TEXT, 64, 0] {
            bytes.extend(header.to_le_bytes());
        }
        bytes.extend(flags.to_le_bytes());
        for size in [64_u16, 56, 1, 64, 0, 0] {
            bytes.extend(size.to_le_bytes());
        }
        for word in [1_u32, PF_X] {
            bytes.extend(word.to_le_bytes());
        }
        for word in [120, TEXT, TEXT, len, len, 8] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(code.as_flattened());
        bytes
    }

    fn instruction(
        opcode: u8,
        destination: u8,
        source: u8,
        offset: i16,
        immediate: i32,
    ) -> [u8; 8] {
        let [low, high] = offset.to_le_bytes();
        let [a, b, c, d] = immediate.to_le_bytes();
        [opcode, destination | source << 4, low, high, a, b, c, d]
    }

    const EXIT: [u8; 8] = [0x95, 0, 0, 0, 0, 0, 0, 0];

    fn store(base: u8, offset: i16) -> [u8; 8] {
        instruction(0x7b, base, 1, offset, 0)
    }

    fn copy(destination: u8, source: u8) -> [u8; 8] {
        instruction(0xbf, destination, source, 0, 0)
    }

    fn add(register: u8, immediate: i32) -> [u8; 8] {
        instruction(0x07, register, 0, 0, immediate)
    }

    /// The (function, instruction, bytes) found in v0 code.
    fn found(flags: u32, code: &[[u8; 8]]) -> Vec<(u64, u64, i64)> {
        let large = large_frames(&elf(flags, code)).unwrap();
        large
            .into_iter()
            .map(|frame| (frame.function - TEXT, frame.instruction - TEXT, frame.bytes))
            .collect()
    }

    #[test]
    fn a_whole_frame_may_be_used() {
        let code = [
            store(10, -4096),
            copy(1, 10),
            add(1, -4096),
            store(1, 0),
            EXIT,
        ];
        assert_eq!(found(0, &code), []);
    }

    #[test]
    fn an_access_beyond_the_frame_is_found() {
        assert_eq!(found(0, &[store(10, -4104), EXIT]), [(0, 0, 4104)]);
        let load = instruction(0x79, 1, 10, -4104, 0);
        assert_eq!(found(3, &[EXIT, load]), [(0, 8, 4104)]);
    }

    #[test]
    fn an_address_beyond_the_frame_is_found() {
        assert_eq!(
            found(0, &[copy(1, 10), add(1, -5000), EXIT]),
            [(0, 8, 5000)]
        );
        let subtract = instruction(0x17, 6, 0, 0, 4000);
        let code = [
            copy(6, 10),
            subtract,
            instruction(0x85, 0, 0, 0, -1),
            store(6, -200),
            EXIT,
        ];
        assert_eq!(found(0, &code), [(0, 24, 4200)]);
    }

    #[test]
    fn the_furthest_access_of_a_function_counts() {
        let call = instruction(0x85, 0, 1, 0, 2);
        let code = [
            call,
            store(10, -8),
            EXIT,
            store(10, -4104),
            store(10, -6000),
            store(10, -5000),
            EXIT,
        ];
        assert_eq!(found(0, &code), [(24, 32, 6000)]);
    }

    #[test]
    fn other_values_in_a_register_are_no_addresses() {
        let load = instruction(0x79, 1, 10, -8, 0);
        for between in [
            load,
            instruction(0x85, 0, 0, 0, -1),
            instruction(0xb7, 1, 0, 0, 7),
            EXIT,
        ] {
            assert_eq!(found(0, &[copy(1, 10), between, add(1, -5000), EXIT]), []);
        }
        // A jump comes to the last access with something else in the register.
        let jump = instruction(0x15, 2, 0, 1, 0);
        assert_eq!(found(0, &[jump, copy(1, 10), store(1, -5000), EXIT]), []);
        // The value is kept behind a jump that is not taken.
        let jump = instruction(0x15, 1, 0, 1, 0);
        assert_eq!(
            found(0, &[copy(1, 10), jump, store(1, -5000), EXIT]),
            [(0, 16, 5000)]
        );
    }

    #[test]
    fn a_frame_that_a_function_makes_is_found() {
        assert_eq!(found(1, &[add(10, -4096), store(10, 8), EXIT]), []);
        assert_eq!(
            found(1, &[add(10, -4160), store(10, 8), EXIT]),
            [(0, 0, 4160)]
        );
        let load = instruction(0x9c, 1, 10, -4104, 0);
        assert_eq!(found(2, &[load, EXIT]), [(0, 0, 4104)]);
        let store = instruction(0x9f, 10, 1, -4104, 0);
        assert_eq!(found(2, &[store, EXIT]), [(0, 0, 4104)]);
    }

    #[test]
    fn a_finding_names_the_function_and_the_limit() {
        let findings = findings("app.so", &elf(0, &[store(10, -4104), EXIT])).unwrap();
        assert_eq!(findings[0].subject, "0x100");
        assert_eq!(
            findings[0].message,
            "function `0x100` of app.so uses at least 4104 bytes of stack at 0x100; it is given 4096"
        );
    }

    /// A binary of the demo programs.
    fn demo(program: &str) -> Vec<u8> {
        let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/demo");
        fs::read(format!("{demo}/{program}.so")).unwrap()
    }

    #[test]
    fn the_released_programs_fit() {
        for file in ["v1/app", "v2/app", "proxy/migrator", "proxy/successor"] {
            let elf = demo(file);
            assert_eq!(large_frames(&elf).unwrap(), [], "{file}");
        }
    }

    #[test]
    fn another_file_is_rejected_with_what_it_is() {
        let text = large_frames(b"not an ELF").unwrap_err().to_string();
        assert!(
            text.starts_with("it is not a 64-bit little-endian ELF file: "),
            "{text}"
        );
        let mut x86 = elf(0, &[EXIT]);
        x86[18..20].copy_from_slice(&62_u16.to_le_bytes());
        let text = large_frames(&x86).unwrap_err().to_string();
        assert_eq!(
            text,
            "its machine is 62, not SBPF: pass the .so that is deployed"
        );
        let text = large_frames(&elf(0, &[])).unwrap_err().to_string();
        assert_eq!(text, "it has no code: pass the .so that is deployed");
    }

    #[test]
    fn every_truncation_is_examined_without_panic() {
        let whole = elf(0, &[store(10, -4104), EXIT]);
        for len in 0..whole.len() {
            let _ = large_frames(&whole[..len]);
        }
        let whole = demo("proxy/migrator");
        for len in (0..whole.len())
            .step_by(997)
            .chain(whole.len() - 700..whole.len())
        {
            let _ = large_frames(&whole[..len]);
        }
    }

    proptest! {
        #[test]
        fn any_damage_is_examined_without_panic(flips in prop::collection::vec((0..2000_usize, any::<u8>()), 1..8), end: bool) {
            let mut bytes = demo("proxy/migrator");
            let len = bytes.len();
            for (at, value) in flips {
                // The headers are at the start, the sections' table is at the end.
                bytes[if end { len - 1 - at } else { at }] = value;
            }
            let _ = large_frames(&bytes);
        }

        #[test]
        fn any_code_is_examined_without_panic(code in prop::collection::vec(any::<[u8; 8]>(), 0..40), flags in 0..5_u32) {
            let _ = large_frames(&elf(flags, &code));
        }
    }
}
