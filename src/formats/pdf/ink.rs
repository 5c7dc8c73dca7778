//! The colours of paper. Told apart by people who see no red or no green, and in a grey copy.

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink(pub u8, pub u8, pub u8);

impl Ink {
    pub const TEXT: Self = Self(26, 26, 26);
    /// What was not surveyed, and notes.
    pub const FAINT: Self = Self(115, 115, 115);
    pub const PAPER: Self = Self(255, 255, 255);
    /// Thin lines between rows.
    pub const RULE: Self = Self(190, 190, 190);
    /// Behind the headings of a table.
    pub const HEAD: Self = Self(232, 236, 241);
    /// Behind sums.
    pub const SUM: Self = Self(244, 244, 240);
    /// Behind what a bar could still become.
    pub const TRACK: Self = Self(240, 240, 240);
    pub const ACCENT: Self = Self(0, 90, 150);
    pub const GOOD: Self = Self(0, 110, 80);
    pub const WARN: Self = Self(160, 95, 0);
    pub const BAD: Self = Self(175, 40, 30);
    /// Land around, borders and neighbours on a map.
    pub const LAND: Self = Self(247, 247, 243);
    pub const NEIGHBOUR: Self = Self(222, 222, 216);
    pub const BORDER: Self = Self(130, 130, 130);

    /// Series of a chart and classes of a map (after Okabe and Ito).
    pub const SERIES: [Self; 6] = [
        Self(0, 114, 178),
        Self(230, 159, 0),
        Self(0, 158, 115),
        Self(204, 121, 167),
        Self(86, 180, 233),
        Self(150, 150, 150),
    ];
    /// From fine to bad: light to dark, for a severity or a score.
    pub const DEGREES: [Self; 4] = [
        Self(222, 235, 247),
        Self(253, 219, 160),
        Self(239, 138, 60),
        Self(165, 30, 20),
    ];

    /// The series with this number; there are more numbers than colours.
    pub fn series(index: usize) -> Self {
        Self::SERIES[index % Self::SERIES.len()]
    }

    /// Half way to the paper.
    pub fn pale(self) -> Self {
        let pale = |part: u8| part / 2 + 127;
        Self(pale(self.0), pale(self.1), pale(self.2))
    }

    /// Text on this colour that can be read.
    pub fn text_on(self) -> Self {
        let light = u32::from(self.0) * 3 + u32::from(self.1) * 6 + u32::from(self.2);
        match light > 1_250 {
            true => Self::TEXT,
            false => Self::PAPER,
        }
    }
}
