//! A picture without its colours.

/// Rows of brightness, top first. Has at least one pixel.
#[derive(Clone)]
pub(super) struct Luma {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<u8>,
}

impl Luma {
    pub(super) fn side(&self) -> usize {
        self.width.max(self.height)
    }

    fn made(width: usize, height: usize, pixel: impl Fn(usize, usize) -> u8) -> Self {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| pixel(x, y)).collect();
        Self { width, height, pixels }
    }

    /// At most so long, each pixel the mean of those it stands for.
    pub(super) fn fitted(&self, side: usize) -> Self {
        if self.side() <= side {
            return self.clone();
        }
        let scaled = |length: usize| (length * side / self.side()).max(1);
        let (width, height) = (scaled(self.width), scaled(self.height));
        Self::made(width, height, |x, y| {
            let (left, right) = (x * self.width / width, (x + 1) * self.width / width);
            let (top, bottom) = (y * self.height / height, (y + 1) * self.height / height);
            let rows = self.pixels[top * self.width..bottom * self.width].chunks_exact(self.width);
            let sum: usize = rows.map(|row| row[left..right].iter().copied().map(usize::from).sum::<usize>()).sum();
            u8::try_from(sum / ((right - left) * (bottom - top))).unwrap_or(u8::MAX)
        })
    }

    /// Twice as large, each new pixel between its neighbours.
    pub(super) fn doubled(&self) -> Self {
        let at = |x: usize, y: usize| u16::from(self.pixels[y.min(self.height - 1) * self.width + x.min(self.width - 1)]);
        Self::made(2 * self.width, 2 * self.height, |x, y| {
            let (left, top) = (x / 2, y / 2);
            let (right, bottom) = (left + x % 2, top + y % 2);
            u8::try_from((at(left, top) + at(right, top) + at(left, bottom) + at(right, bottom)) / 4).unwrap_or(u8::MAX)
        })
    }

    /// For codes that are light on dark.
    pub(super) fn inverted(&self) -> Self {
        Self { pixels: self.pixels.iter().map(|pixel| u8::MAX - pixel).collect(), ..*self }
    }

    /// By an eighth of a circle, on white.
    pub(super) fn turned(&self) -> Self {
        let side = (self.width + self.height) * 5 / 7;
        let middle = |length: usize| i64::try_from(length / 2).unwrap_or_default();
        let at = |x: i64, y: i64| {
            let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
            (x < self.width && y < self.height).then(|| self.pixels[y * self.width + x])
        };
        Self::made(side, side, |x, y| {
            let (x, y) = (middle(2 * x) - middle(side), middle(2 * y) - middle(side));
            // The sine and cosine of 45 degrees, in thousandths.
            let (from_x, from_y) = ((x + y) * 707 / 1000, (y - x) * 707 / 1000);
            at(from_x + middle(self.width), from_y + middle(self.height)).unwrap_or(u8::MAX)
        })
    }
}
