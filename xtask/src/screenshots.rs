//! The pictures of the README and of the book, taken of the pages as they are by the walk that the tests take.
use std::{
    collections::HashMap,
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result, ensure};
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Filter};

use crate::{say::say, test, workspace::Workspace};

/// Where the tests find it; see `tests/browser/pictures.rs` of the pages.
const WANTED: &str = "TEST_PICTURES";

/// So many colours a picture may have: one octet names each.
const MOST: usize = 256;

type Colour = [u8; 3];

pub(crate) fn command(workspace: &Workspace) -> Result<ExitCode> {
    let folder = workspace.root.join("docs/src/screenshots");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let arguments = ["-p", "registration-web-poem", "--test", "browser", "pictures"].map(str::to_owned);
    let summary = test::run_with(workspace, &arguments, vec![(WANTED, folder.display().to_string())]);
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        shrink(&path).with_context(|| format!("cannot make {} smaller", path.display()))?;
    }
    say(summary);
    Ok(summary.exit_code())
}

/// The same picture in its most frequent colours, in less than half the octets: pages have few, but for the edges of
/// letters.
fn shrink(path: &Path) -> Result<()> {
    let mut reader = Decoder::new(BufReader::new(File::open(path)?)).read_info()?;
    let mut octets = vec![0; reader.output_buffer_size().context("the picture is too large")?];
    let seen = reader.next_frame(&mut octets)?;
    if seen.color_type == ColorType::Indexed {
        return Ok(());
    }
    ensure!(seen.bit_depth == BitDepth::Eight, "eight bits a colour are expected");
    let step = seen.color_type.samples();
    ensure!(step >= 3, "colours are expected");
    let pixels: Vec<Colour> = octets.chunks_exact(step).map(|it| [it[0], it[1], it[2]]).collect();
    let (palette, places) = palette(&pixels);
    let named: Vec<u8> = pixels.iter().map(|it| places[it]).collect();
    let mut encoder = Encoder::new(BufWriter::new(File::create(path)?), seen.width, seen.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    encoder.write_header()?.write_image_data(&named)?;
    Ok(())
}

/// The most frequent colours, and for each colour the place of the one among them that is most like it.
fn palette(pixels: &[Colour]) -> (Vec<Colour>, HashMap<Colour, u8>) {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut ranked: Vec<_> = counts.into_iter().collect();
    ranked.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    let palette: Vec<_> = ranked.iter().take(MOST).map(|(colour, _)| *colour).collect();
    let place = |colour: Colour| {
        let nearest = (0..=u8::MAX).zip(&palette).min_by_key(|(_, it)| distance(**it, colour));
        nearest.map_or(0, |(place, _)| place)
    };
    let places = ranked.iter().map(|(colour, _)| (*colour, place(*colour))).collect();
    (palette, places)
}

fn distance(one: Colour, other: Colour) -> u32 {
    one.into_iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_colour_takes_the_one_most_like_it() {
        let frequent = (0..=255_u8).flat_map(|it| [[it, 0, 0]; 2]);
        let pixels: Vec<_> = frequent.chain([[7, 1, 0]]).collect();
        let (palette, places) = palette(&pixels);
        assert_eq!(palette.len(), MOST);
        assert_eq!(palette[usize::from(places[&[7, 1, 0]])], [7, 0, 0]);
        assert_eq!(palette[usize::from(places[&[9, 0, 0]])], [9, 0, 0]);
    }
}
