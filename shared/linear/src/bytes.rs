//! How models lie in a file: numbers of four bytes, the least significant first.

/// Bytes that no trainer of this version wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the model is damaged or of another version")]
pub struct Damaged;

/// What is still to be read.
pub struct Bytes<'b>(pub &'b [u8]);

impl<'b> Bytes<'b> {
    /// # Errors
    ///
    /// Fewer are left.
    pub fn take(&mut self, count: usize) -> Result<&'b [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    /// # Errors
    ///
    /// As of [`Bytes::take`].
    pub fn number(&mut self) -> Result<u32, Damaged> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| Damaged)?))
    }

    /// As many as are told, and no more than there are bytes for.
    ///
    /// # Errors
    ///
    /// As of [`Bytes::take`].
    pub fn numbers(&mut self) -> Result<Vec<u32>, Damaged> {
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(4).ok_or(Damaged)?)?;
        Ok(bytes.chunks_exact(4).filter_map(|four| Some(u32::from_le_bytes(four.try_into().ok()?))).collect())
    }

    /// # Errors
    ///
    /// As of [`Bytes::take`].
    pub fn float(&mut self) -> Result<f32, Damaged> {
        Ok(f32::from_bits(self.number()?))
    }
}

#[cfg(any(test, feature = "train"))]
pub fn write_numbers(out: &mut Vec<u8>, numbers: &[u32]) {
    out.extend((numbers.len() as u32).to_le_bytes());
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}
