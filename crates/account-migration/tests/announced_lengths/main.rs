//! Lengths that announce more bytes than follow. Whatever an account holds, decoding answers what Borsh
//! alone answers, and allocates no more than a program's heap can give: Borsh alone allocates what a
//! length announces, up to 1 MiB.

use {
    account_migration::{Borsh, Encoding},
    borsh::{BorshDeserialize, BorshSerialize},
    proptest::{collection::vec, prelude::*},
    std::{
        alloc::{GlobalAlloc, Layout, System},
        cell::Cell,
        fmt::Debug,
        io::{self, Read},
    },
};

/// Bytes that decoding a value of less than [`SHORT`] bytes may allocate, of a heap of 32,768 that frees
/// none.
const ALLOWED: usize = 28_672;
const SHORT: usize = 300;

/// Lengths around those at which something changes: what may be allocated in vain, a program's heap, what
/// Borsh allocates at once, and the largest.
const ANNOUNCED: [u32; 18] = [
    0,
    1,
    2,
    100,
    4_096,
    8_191,
    8_192,
    8_193,
    8_194,
    16_384,
    32_767,
    32_768,
    32_769,
    1_048_575,
    1_048_576,
    1_048_577,
    0x8000_0000,
    u32::MAX,
];

/// Counts the bytes that a thread allocates.
struct Counting;

thread_local! {
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.set(ALLOCATED.get() + layout.size());
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The bytes that `decode` allocates, and what it answers.
fn allocated<T>(decode: impl FnOnce() -> T) -> (usize, T) {
    let before = ALLOCATED.get();
    let answer = decode();
    (ALLOCATED.get() - before, answer)
}

/// Numbers of four bytes that are no lengths.
#[derive(BorshSerialize, BorshDeserialize, Clone, Debug, PartialEq)]
struct Numbers {
    unsigned: u32,
    signed: i32,
    float: f32,
    bytes: [u8; 4],
}

/// A field of each kind with numbers on every side.
#[derive(BorshSerialize, BorshDeserialize, Clone, Debug, PartialEq)]
struct Around<T> {
    before: Numbers,
    first: T,
    between: Numbers,
    second: T,
    behind: Numbers,
}

impl<T: Clone> Around<T> {
    fn new(numbers: &Numbers, field: &T) -> Self {
        Self {
            before: numbers.clone(),
            first: field.clone(),
            between: numbers.clone(),
            second: field.clone(),
            behind: numbers.clone(),
        }
    }
}

/// Decoding answers what Borsh alone answers, and [`decoded_len`](Encoding::decoded_len) how many bytes
/// that read.
#[track_caller]
fn expect_as_borsh<T>(body: &[u8])
where
    T: BorshSerialize + BorshDeserialize + Debug + PartialEq,
{
    let mut rest = body;
    let alone = T::deserialize(&mut rest).ok();
    let read = alone.is_some().then(|| body.len() - rest.len());
    let (allocated_by_decode, decoded) = allocated(|| <Borsh as Encoding<T>>::decode(body));
    let (allocated_by_len, len) = allocated(|| <Borsh as Encoding<T>>::decoded_len(body));
    assert_eq!(decoded, alone, "{body:?}");
    assert_eq!(len, read, "{body:?}");
    if body.len() < SHORT {
        for allocated in [allocated_by_decode, allocated_by_len] {
            assert!(allocated <= ALLOWED, "{allocated} bytes for {body:?}");
        }
    }
}

const SMALL: Numbers = Numbers {
    unsigned: 1,
    signed: 2,
    float: 0.0,
    bytes: [4, 0, 0, 0],
};

/// As lengths, each is larger than what may be allocated.
const LARGE: Numbers = Numbers {
    unsigned: u32::MAX,
    signed: -1,
    float: -1.5e30,
    bytes: [0xFF; 4],
};

/// Writes every announced length over every four bytes of the struct, and cuts it everywhere.
fn every_position<T>(field: T)
where
    T: BorshSerialize + BorshDeserialize + Clone + Debug + PartialEq,
{
    for numbers in [SMALL, LARGE] {
        let body = borsh::to_vec(&Around::new(&numbers, &field)).expect("it encodes");
        assert!(body.len() < SHORT, "{} bytes", body.len());
        expect_as_borsh::<Around<T>>(&body);
        for at in 0..=body.len() - 4 {
            expect_as_borsh::<Around<T>>(&body[..at]);
            for announced in ANNOUNCED {
                let mut lies = body.clone();
                lies[at..at + 4].copy_from_slice(&announced.to_le_bytes());
                expect_as_borsh::<Around<T>>(&lies);
            }
        }
    }
}

#[test]
fn a_string() {
    every_position(String::new());
    every_position("hello".to_owned());
}

#[test]
fn bytes() {
    every_position(Vec::<u8>::new());
    every_position(vec![7_u8; 20]);
}

#[test]
fn strings() {
    every_position(vec!["a".to_owned(), String::new(), "bcd".to_owned()]);
}

#[test]
fn optional_bytes() {
    every_position(None::<Vec<u8>>);
    every_position(Some(vec![7_u8; 20]));
}

#[test]
fn arrays() {
    every_position(vec![[7_u8; 32]; 2]);
}

#[test]
fn numbers() {
    every_position(vec![1_u32, 0x8000_0000, u32::MAX]);
}

#[test]
fn switches() {
    every_position(vec![true, false, true]);
}

/// More bytes follow than may be allocated in vain, and as many as a heap has: then the length decides.
#[test]
fn lengths_around_what_follows() {
    for follow in [8_191_u32, 8_192, 8_193, 32_768] {
        for announced in [follow - 1, follow, follow + 1, follow + 2] {
            let mut body = announced.to_le_bytes().to_vec();
            body.resize(4 + follow as usize, 1);
            expect_as_borsh::<Vec<u8>>(&body);
            expect_as_borsh::<String>(&body);
            expect_as_borsh::<Vec<bool>>(&body);
            expect_as_borsh::<Vec<u32>>(&body);
        }
    }
}

/// A number that its type checks: read smaller than it is, it fails.
#[derive(BorshSerialize, Clone, Debug, PartialEq)]
struct Magic(u32);

const MAGIC: u32 = 0xFEED_C0DE;

impl BorshDeserialize for Magic {
    fn deserialize_reader<R: Read>(reader: &mut R) -> io::Result<Self> {
        match u32::deserialize_reader(reader)? {
            MAGIC => Ok(Self(MAGIC)),
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

#[test]
fn a_number_that_is_checked() {
    every_position(Magic(MAGIC));
    every_position((Magic(MAGIC), "hello".to_owned()));
    every_position((Magic(MAGIC), vec![Magic(MAGIC); 2], vec![7_u8; 3]));
}

fn any_number() -> impl Strategy<Value = u32> {
    prop_oneof![
        0..20_u32,
        prop::sample::select(&ANNOUNCED[..]),
        any::<u32>()
    ]
}

proptest! {
    /// Numbers that follow each other without any order.
    #[test]
    fn any_numbers(numbers in vec(any_number(), 0..70), cut in 0..4_usize) {
        let mut body: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        body.truncate(body.len().saturating_sub(cut));
        expect_as_borsh::<Around<String>>(&body);
        expect_as_borsh::<Around<Vec<u8>>>(&body);
        expect_as_borsh::<Around<Vec<String>>>(&body);
        expect_as_borsh::<Around<Vec<u32>>>(&body);
        expect_as_borsh::<Vec<Vec<u8>>>(&body);
        expect_as_borsh::<Vec<f32>>(&body);
    }
}
