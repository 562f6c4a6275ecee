//! Pictures, as SVG.

use plotters::prelude::*;

/// One line of a picture: its name and its points.
pub(crate) type Line<'a> = (&'a str, Vec<(f64, f64)>);

const SIZE: (u32, u32) = (900, 420);
const FONT: (&str, u32) = ("sans-serif", 16);
/// Told apart by everybody, on white: Okabe and Ito, "Color Universal Design".
const COLORS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

/// Lines over something, from zero up.
pub(crate) fn lines(title: &str, x_title: &str, y_title: &str, lines: &[Line<'_>]) -> anyhow::Result<String> {
    let mut svg = String::new();
    {
        let points = || lines.iter().flat_map(|(_, points)| points);
        let most = |of: fn(&(f64, f64)) -> f64| points().map(of).fold(1e-9, f64::max) * 1.05;
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(&area)
            .caption(title, FONT)
            .margin(12)
            .x_label_area_size(42)
            .y_label_area_size(64)
            .build_cartesian_2d(0.0..most(|point| point.0), 0.0..most(|point| point.1))?;
        chart.configure_mesh().x_desc(x_title).y_desc(y_title).light_line_style(WHITE).draw()?;
        for ((name, points), color) in lines.iter().zip(COLORS.into_iter().cycle()) {
            chart
                .draw_series(LineSeries::new(points.iter().copied(), color.stroke_width(2)))?
                .label(*name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], color.stroke_width(2)));
        }
        chart.configure_series_labels().border_style(BLACK.mix(0.3)).background_style(WHITE).draw()?;
        area.present()?;
    }
    Ok(svg)
}
