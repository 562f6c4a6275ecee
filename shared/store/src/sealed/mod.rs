//! What rests sealed here, and under which keys: counted, and sealed anew when a key is to go.

mod count;
mod reseal;

pub use self::{
    count::{Counts, Under, counts},
    reseal::{Step, reseal_credentials, reseal_dead_letters},
};
