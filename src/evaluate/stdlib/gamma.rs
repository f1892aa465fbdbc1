//! `math.gamma` and `math.lgamma` as `mathmodule.c` computes them, and where `erf` is exact.

use std::f64::consts::PI;

use crate::evaluate::machine::fault::{Fault, Pure, overflow, value_error};
use crate::evaluate::machine::value::Value;

/// `lanczos_g` and its like.
#[expect(clippy::excessive_precision, reason = "as the source has it")]
const G: f64 = 6.024_680_040_776_729_583_740_234_375;
#[expect(clippy::excessive_precision, reason = "as the source has it")]
const G_MINUS_HALF: f64 = 5.524_680_040_776_729_583_740_234_375;
const LOG_PI: f64 = 1.144_729_885_849_400_174_143_427_351_353_058_711_647;

/// The coefficients of Lanczos' approximation.
#[expect(clippy::excessive_precision, reason = "as the source has them")]
const TOP: [f64; 13] = [
    23_531_376_880.410_759_688_572_007_674_451_636_754_734_846_804_940,
    42_919_803_642.649_098_768_957_899_047_001_988_850_926_355_848_959,
    35_711_959_237.355_668_049_440_185_451_547_166_705_960_488_635_843,
    17_921_034_426.037_209_699_919_755_754_458_931_112_671_403_265_390,
    6_039_542_586.352_028_005_064_291_644_307_297_921_069_938_842_070_8,
    1_439_720_407.311_721_673_663_223_072_794_912_393_971_548_578_637_2,
    248_874_557.862_054_156_511_460_386_413_229_423_216_321_251_278_01,
    31_426_415.585_400_194_380_614_231_628_318_205_362_874_684_987_640,
    2_876_370.628_935_372_441_225_409_051_620_849_613_599_114_537_876_8,
    186_056.265_395_223_495_040_294_989_716_045_699_282_207_842_363_28,
    8_071.672_002_365_816_210_638_002_902_272_250_613_821_851_632_502_4,
    210.824_277_751_579_345_872_509_733_920_713_362_711_669_695_802_91,
    2.506_628_274_631_000_270_164_908_177_133_837_338_626_431_079_340_8,
];
const BOTTOM: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

/// `lanczos_sum`
fn sum(x: f64) -> f64 {
    let (mut top, mut bottom) = (0.0, 0.0);
    if x < 5.0 {
        for (a, b) in TOP.iter().zip(BOTTOM).rev() {
            top = top * x + a;
            bottom = bottom * x + b;
        }
    } else {
        for (a, b) in TOP.iter().zip(BOTTOM) {
            top = top / x + a;
            bottom = bottom / x + b;
        }
    }
    top / bottom
}

/// `m_sinpi`
fn sine_of_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let result = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1f64.copysign(x) * result
}

/// `erf`, `erfc`, `gamma` or `lgamma` of a number.
pub(super) fn special(name: &str, x: f64) -> Pure {
    if x.is_nan() {
        return Ok(Value::Float(x));
    }
    match name {
        "gamma" => gamma(x),
        "lgamma" => logarithm_of_gamma(x),
        _ => error_function(name == "erf", x),
    }
}

/// `erf` and `erfc` where nothing is rounded.
fn error_function(is_erf: bool, x: f64) -> Pure {
    Ok(Value::Float(if x == 0.0 {
        if is_erf { x } else { 1.0 }
    } else if x.abs() >= 6.0 && is_erf {
        1f64.copysign(x)
    } else if x <= -6.0 {
        2.0
    } else if x >= 30.0 {
        0.0
    } else {
        return Err(Fault::Unknown);
    }))
}

/// `m_tgamma`
fn gamma(x: f64) -> Pure {
    if x == f64::INFINITY {
        return Ok(Value::Float(x));
    }
    let is_whole = x.fract() == 0.0;
    if x == f64::NEG_INFINITY || x == 0.0 || (x < 0.0 && is_whole) {
        return value_error("math domain error");
    }
    if is_whole && x <= 23.0 {
        let (mut product, mut factor) = (1.0, 1.0);
        while factor < x {
            product *= factor;
            factor += 1.0;
        }
        return Ok(Value::Float(product));
    }
    let size = x.abs();
    if size < 1e-20 {
        let result = 1.0 / x;
        if result.is_infinite() {
            return overflow("math range error");
        }
        return Ok(Value::Float(result));
    }
    if size > 200.0 {
        if x < 0.0 {
            return Ok(Value::Float(0.0 / sine_of_pi(x)));
        }
        return overflow("math range error");
    }
    let y = size + G_MINUS_HALF;
    let z = if size > G_MINUS_HALF {
        (y - size) - G_MINUS_HALF
    } else {
        (y - G_MINUS_HALF) - size
    };
    let z = z * G / y;
    let mut result;
    if x < 0.0 {
        result = -PI / sine_of_pi(size) / size * y.exp() / sum(size);
        result -= z * result;
        if size < 140.0 {
            result /= y.powf(size - 0.5);
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            result /= root;
            result /= root;
        }
    } else {
        result = sum(size) / y.exp();
        result += z * result;
        if size < 140.0 {
            result *= y.powf(size - 0.5);
        } else {
            let root = y.powf(size / 2.0 - 0.25);
            result *= root;
            result *= root;
        }
    }
    if result.is_infinite() {
        return overflow("math range error");
    }
    Ok(Value::Float(result))
}

/// `m_lgamma`
fn logarithm_of_gamma(x: f64) -> Pure {
    if x.is_infinite() {
        return Ok(Value::Float(f64::INFINITY));
    }
    if x.fract() == 0.0 && x <= 2.0 {
        if x <= 0.0 {
            return value_error("math domain error");
        }
        return Ok(Value::Float(0.0));
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(Value::Float(-size.ln()));
    }
    let mut result = sum(size).ln() - G;
    result += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        result = LOG_PI - sine_of_pi(size).abs().ln() - size.ln() - result;
    }
    if result.is_infinite() {
        return overflow("math range error");
    }
    Ok(Value::Float(result))
}
