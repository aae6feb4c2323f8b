//! BouncyCastle's `Curve25519`: the curve in short Weierstrass form (Wei25519), and no X25519.
//!
//! Scalars are not clamped, the secret is the x coordinate, big-endian, and a public key is written
//! with all parameters of its curve (`account-aggregator.md`, section 6.1 a). Points are counted with
//! on the same curve in Montgomery form, where x is smaller by a third of its coefficient: that form's
//! ladder takes the same steps for every scalar.

use crypto_bigint::{Choice, CtSelect, NonZero, U256};
use zeroize::{Zeroize, Zeroizing};

use super::field::{self, Field};
use super::keys::BadKey;

/// The order of the base point.
const ORDER: U256 = U256::from_be_hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

/// A/3.
const SHIFT: Field = field::constant("2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad2451");
const A: Field = field::small(486_662);
/// (A − 2)/4.
const A24: Field = field::small(121_665);
const BASE: Point = Point { u: field::small(9), v: field::constant("20ae19a1b8a086b4e01edd2c7748d14c923d4d7e6d7c61b229e9c5a27eced3d9") };

/// What stands before the point in a public key's DER: the parameters of the curve, the same for all.
const SPKI_PREFIX: &str = concat!(
    "308201313081ea06072a8648ce3d02013081de020101302b06072a8648ce3d01010220",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
    "30440420",
    "2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa984914a144",
    "0420",
    "7b425ed097b425ed097b425ed097b425ed097b425ed097b4260b5e9c7710c864",
    "0441042aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad245a",
    "20ae19a1b8a086b4e01edd2c7748d14c923d4d7e6d7c61b229e9c5a27eced3d9",
    "0220",
    "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed",
    "020108034200",
);

/// A point that is on the curve and of no small order, in Montgomery form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Point {
    u: Field,
    v: Field,
}

/// x = X/Z; infinity has no Z.
#[derive(Clone, Copy)]
struct Ratio {
    x: Field,
    z: Field,
}

impl Point {
    /// Reads X.509's SubjectPublicKeyInfo.
    pub fn from_spki(der: &[u8]) -> Result<Self, BadKey> {
        let prefix = hex::decode(SPKI_PREFIX).map_err(|_| BadKey::Form)?;
        let point = der.strip_prefix(prefix.as_slice()).ok_or(BadKey::Form)?;
        let (0x04, xy) = point.split_first().map(|(form, xy)| (*form, xy)).ok_or(BadKey::Form)? else {
            return Err(BadKey::Form);
        };
        let (x, y) = xy.split_at_checked(32).ok_or(BadKey::Form)?;
        let number = |bytes: &[u8]| field::from_be_bytes(bytes.try_into().map_err(|_| BadKey::Form)?).ok_or(BadKey::OffCurve);
        Self::checked(number(x)? - SHIFT, number(y)?)
    }

    fn checked(u: Field, v: Field) -> Result<Self, BadKey> {
        if v.square() != u * (u.square() + A * u + Field::ONE) {
            return Err(BadKey::OffCurve);
        }
        // Eight times a point of small order is infinity.
        let eightfold = Ratio::of(u).double().double().double();
        if eightfold.z == Field::ZERO { Err(BadKey::SmallOrder) } else { Ok(Self { u, v }) }
    }

    pub fn to_spki(self) -> Vec<u8> {
        let mut der = hex::decode(SPKI_PREFIX).unwrap_or_default();
        der.push(0x04);
        der.extend_from_slice(&field::to_be_bytes(&(self.u + SHIFT)));
        der.extend_from_slice(&field::to_be_bytes(&self.v));
        der
    }
}

/// A scalar from as many random bytes. That there are 16 times as many numbers as scalars makes none
/// of them likelier by more than 2^-124.
pub fn scalar_from_random(random: &[u8; 32]) -> Result<Zeroizing<[u8; 32]>, BadKey> {
    let order = NonZero::new(ORDER).into_option().ok_or(BadKey::Scalar)?;
    let mut number = U256::from_be_slice(random);
    let mut reduced = number.rem(&order);
    let mut scalar = Zeroizing::new([0; 32]);
    scalar.copy_from_slice(reduced.to_be_bytes().as_ref());
    number.zeroize();
    reduced.zeroize();
    require_scalar(&scalar)?;
    Ok(scalar)
}

/// Refuses what is not from 1 to the order less one, big-endian.
pub fn require_scalar(scalar: &[u8; 32]) -> Result<(), BadKey> {
    let number = Zeroizing::new(U256::from_be_slice(scalar));
    if *number == U256::ZERO || *number >= ORDER { Err(BadKey::Scalar) } else { Ok(()) }
}

/// The x coordinate of `scalar` times the point, in Weierstrass form.
pub fn agree(scalar: &[u8; 32], peer: &Point) -> Result<Zeroizing<[u8; 32]>, BadKey> {
    let [mut found, mut next] = ladder(scalar, peer.u);
    let mut u = found.x * field::inverse(&found.z);
    // A point of no small order leads to neither, whatever the scalar.
    let lost = found.z == Field::ZERO || u == Field::ZERO;
    let secret = Zeroizing::new(field::to_be_bytes(&(u + SHIFT)));
    found.zeroize();
    next.zeroize();
    u.zeroize();
    if lost { Err(BadKey::SmallOrder) } else { Ok(secret) }
}

/// `scalar` times the base point.
///
/// The ladder loses v; it is recovered from the point after it (Okeya and Sakurai).
pub fn public_of(scalar: &[u8; 32]) -> Point {
    let [mut found, mut next] = ladder(scalar, BASE.u);
    if next.z == Field::ZERO {
        // The scalar is the order less one.
        return Point { u: BASE.u, v: -BASE.v };
    }
    let Ratio { x, z } = found;
    // The affine point is public, its ratios tell of the scalar.
    let step = BASE.u * z;
    let twice_a_z = A.double() * z;
    let left = (x + step + twice_a_z) * (BASE.u * x + z) - twice_a_z * z;
    let right = (x - step).square() * next.x;
    let scale = BASE.v.double() * z * next.z;
    let all = field::inverse(&(scale * z));
    let point = Point { u: scale * x * all, v: (left * next.z - right) * all };
    found.zeroize();
    next.zeroize();
    point
}

/// `scalar` and `scalar + 1` times the point at u: one step a bit, the same for each.
fn ladder(scalar: &[u8; 32], u: Field) -> [Ratio; 2] {
    let mut low = Ratio { x: Field::ONE, z: Field::ZERO };
    let mut high = Ratio::of(u);
    for bit in scalar.iter().flat_map(|byte| (0..8).rev().map(move |place| (byte >> place) & 1)) {
        let set = Choice::from_u8_lsb(bit);
        low.swap(&mut high, set);
        high = low.add(&high, &u);
        low = low.double();
        low.swap(&mut high, set);
    }
    [low, high]
}

impl Ratio {
    fn of(u: Field) -> Self {
        Self { x: u, z: Field::ONE }
    }

    fn double(&self) -> Self {
        let sum = (self.x + self.z).square();
        let difference = (self.x - self.z).square();
        let between = sum - difference;
        Self { x: sum * difference, z: between * (sum + A24 * between) }
    }

    /// The sum of two points whose difference is at u.
    fn add(&self, other: &Self, u: &Field) -> Self {
        let one = (other.x - other.z) * (self.x + self.z);
        let two = (other.x + other.z) * (self.x - self.z);
        Self { x: (one + two).square(), z: u * (one - two).square() }
    }

    fn swap(&mut self, other: &mut Self, really: Choice) {
        self.x.ct_swap(&mut other.x, really);
        self.z.ct_swap(&mut other.z, really);
    }

    fn zeroize(&mut self) {
        self.x.zeroize();
        self.z.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(hex: &str) -> [u8; 32] {
        hex::decode(hex).unwrap().try_into().unwrap()
    }

    const LAST: &str = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ec";

    fn spki(x: &str, y: &str) -> Vec<u8> {
        hex::decode(format!("{SPKI_PREFIX}04{x}{y}")).unwrap()
    }

    #[test]
    fn one_is_the_base_point_and_the_last_scalar_its_mirror() {
        let mut one = [0; 32];
        one[31] = 1;
        assert!(public_of(&one) == BASE);
        assert!(public_of(&scalar(LAST)) == Point { u: BASE.u, v: -BASE.v });
        assert!(Point::checked(BASE.u, BASE.v).is_ok());
    }

    #[test]
    fn every_public_key_is_on_the_curve_and_comes_back() {
        for seed in 1..=16u8 {
            let scalar = scalar_from_random(&[seed.wrapping_mul(17); 32]).unwrap();
            let public = public_of(&scalar);
            assert!(Point::from_spki(&public.to_spki()) == Ok(public));
        }
    }

    #[test]
    fn both_sides_find_the_same_secret() {
        let [ours, theirs] = [[0xa7; 32], [0x3c; 32]].map(|random| scalar_from_random(&random).unwrap());
        assert_eq!(agree(&ours, &public_of(&theirs)), agree(&theirs, &public_of(&ours)));
    }

    #[test]
    fn a_scalar_is_from_one_to_the_order_less_one() {
        assert_eq!(require_scalar(&scalar(LAST)), Ok(()));
        let order = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed";
        for bad in [[0; 32], [0xff; 32], scalar(order)] {
            assert_eq!(require_scalar(&bad), Err(BadKey::Scalar));
        }
        assert_eq!(scalar_from_random(&scalar(order)).err(), Some(BadKey::Scalar));
    }

    #[test]
    fn a_point_of_small_order_is_refused() {
        // (0, 0) in Montgomery form has order two, u = 1 order four.
        let two = hex::encode(field::to_be_bytes(&SHIFT));
        assert_eq!(Point::from_spki(&spki(&two, &"00".repeat(32))).err(), Some(BadKey::SmallOrder));
        let square = A + field::small(2);
        let root = square.pow(&U256::from_be_hex("0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"));
        let quarter = field::small(2).pow(&U256::from_be_hex("1ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffb"));
        let v = if root.square() == square { root } else { root * quarter };
        assert!(v.square() == square);
        assert_eq!(Point::checked(Field::ONE, v).err(), Some(BadKey::SmallOrder));
    }

    #[test]
    fn a_point_beside_the_curve_is_refused_and_so_is_another_spelling_of_a_number() {
        let x = "59b8e7d489fcf14b069158dd3c49af24e86aaa80204d2e4ac028e09bc2fd0ebe";
        let y = "0a4b9dae4511a6a2f78aabd3bc6246f4c5c3e816659c67c5b612a3786c017a44";
        assert!(Point::from_spki(&spki(x, y)).is_ok());
        assert_eq!(Point::from_spki(&spki(y, x)).err(), Some(BadKey::OffCurve));
        assert_eq!(Point::from_spki(&spki(&"00".repeat(32), &"00".repeat(32))).err(), Some(BadKey::OffCurve));
        assert_eq!(Point::from_spki(&spki(&"ff".repeat(32), y)).err(), Some(BadKey::OffCurve));
    }

    #[test]
    fn another_length_form_or_curve_is_refused() {
        let x = "59b8e7d489fcf14b069158dd3c49af24e86aaa80204d2e4ac028e09bc2fd0ebe";
        let y = "0a4b9dae4511a6a2f78aabd3bc6246f4c5c3e816659c67c5b612a3786c017a44";
        let good = spki(x, y);
        let mut compressed = good.clone();
        compressed[244] = 0x02;
        let mut other_curve = good.clone();
        other_curve[100] ^= 1;
        for bad in [&good[..308], &[good.clone(), vec![0]].concat(), &compressed, &other_curve, &[]] {
            assert_eq!(Point::from_spki(bad).err(), Some(BadKey::Form));
        }
    }
}
