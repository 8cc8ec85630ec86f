//! The one look of every table that is printed.

use comfy_table::{CellAlignment, Table, TableComponent, presets};

/// A table with these columns; those in `numbers` are aligned to the right.
pub fn table(header: &[&str], numbers: &[usize]) -> Table {
    use TableComponent::{
        BottomBorder, BottomBorderIntersections, HeaderLines, MiddleHeaderIntersections,
    };
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    for line in [
        HeaderLines,
        MiddleHeaderIntersections,
        BottomBorder,
        BottomBorderIntersections,
    ] {
        table.set_style(line, '─');
    }
    // Between two columns there is a line of blanks, too.
    table.set_header(header.iter().copied().map(str::to_owned));
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if numbers.contains(&index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}
