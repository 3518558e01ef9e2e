//! What may be put into a message from a template.

use clock::Timestamp;
use language::Value;

/// A value for a message. Whole numbers choose the plural form; everything else is put in as it is.
pub trait Arg {
    fn value(&self) -> Value<'static>;
}

impl<T: Arg + ?Sized> Arg for &T {
    fn value(&self) -> Value<'static> {
        (**self).value()
    }
}

impl Arg for str {
    fn value(&self) -> Value<'static> {
        Value::from(self.to_owned())
    }
}

impl Arg for String {
    fn value(&self) -> Value<'static> {
        Value::from(self.clone())
    }
}

/// A whole number of any width: templates hand over references to fields, so references count as well.
pub trait Whole {
    fn whole(&self) -> i64;
}

impl<T: Whole + ?Sized> Whole for &T {
    fn whole(&self) -> i64 {
        (**self).whole()
    }
}

/// A moment, by value or by any number of references.
pub trait At {
    fn at(&self) -> Timestamp;
}

impl At for Timestamp {
    fn at(&self) -> Timestamp {
        *self
    }
}

impl<T: At + ?Sized> At for &T {
    fn at(&self) -> Timestamp {
        (**self).at()
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl Arg for $number {
            fn value(&self) -> Value<'static> {
                Value::from(self.whole())
            }
        }

        impl Whole for $number {
            fn whole(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

whole_numbers!(i64, i32, i16, u64, u32, u16, u8, usize);
