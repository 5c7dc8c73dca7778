//! Layers of others, read on threads of their own and looked at: they are never written.

pub mod settings;

use super::map::{CommunityAreas, DrawnLayer, ShownLayer};
use super::pending::{Answer, Pending};
use crate::catalogue::Divisions as Known;
use crate::progress::Progress;
use crate::reference::divisions::{Divisions, NoDivisions};
use crate::reference::{self, Layer, LayerError};
use egui::Context;
use settings::ReferenceSetting;
use std::sync::Arc;

/// The layers in use, from the lowest up.
#[derive(Default)]
pub struct References {
    layers: Vec<OneLayer>,
    /// Whose names divisions are looked for among.
    county: String,
}

struct OneLayer {
    setting: ReferenceSetting,
    state: State,
}

enum State {
    Off,
    Reading {
        pending: Pending<Result<ReadLayer, LayerError>>,
        progress: Progress,
    },
    Read(Box<ReadLayer>),
    Failed(Failure),
}

/// A layer, and what was made of it beside the frames.
pub struct ReadLayer {
    pub layer: Arc<Layer>,
    drawn: DrawnLayer,
    divisions: Result<Arc<Divisions>, NoDivisions>,
    areas: CommunityAreas,
    has_polygons: bool,
}

pub enum Failure {
    Layer(LayerError),
    /// The system gives no thread, or took it away.
    NoThread,
}

/// How a layer is doing, for whoever lists them.
pub enum Standing<'a> {
    Off,
    Reading(Option<f32>),
    Read {
        layer: &'a Layer,
        divisions: Result<&'a Divisions, &'a NoDivisions>,
    },
    Failed(&'a Failure),
}

impl References {
    /// Takes over what the settings say. What is read stays read.
    pub fn apply(&mut self, settings: &[ReferenceSetting], county: &str, context: &Context) {
        let is_same_county = self.county == county;
        self.county = county.to_owned();
        let mut before = std::mem::take(&mut self.layers);
        for setting in settings {
            let read = |layer: &OneLayer| is_same_county && setting.is_read_by(&layer.setting);
            let mut layer = match before.iter().position(read) {
                Some(known) => before.swap_remove(known),
                None => OneLayer {
                    setting: setting.clone(),
                    state: State::Off,
                },
            };
            layer.setting = setting.clone();
            layer.turn(county, context);
            self.layers.push(layer);
        }
        for dropped in before {
            dropped.stop_reading();
        }
    }

    /// Takes over what has been read since; whether anything has.
    pub fn receive(&mut self) -> bool {
        let mut any = false;
        for layer in &mut self.layers {
            any |= layer.receive();
        }
        any
    }

    /// Reads again what could not be read.
    pub fn retry(&mut self, context: &Context) {
        for layer in &mut self.layers {
            if matches!(layer.state, State::Failed(_)) {
                layer.state = State::Off;
                layer.turn(&self.county, context);
            }
        }
    }

    /// What the map draws.
    pub fn shown(&self) -> Vec<ShownLayer<'_>> {
        let shown = self
            .layers
            .iter()
            .filter(|layer| layer.setting.shown.is_on());
        shown
            .filter_map(|layer| match &layer.state {
                State::Read(read) => Some(ShownLayer {
                    layer: &read.drawn,
                    color: layer.setting.color,
                    labels: layer.setting.labels,
                    snaps: layer.setting.snaps,
                }),
                State::Off | State::Reading { .. } | State::Failed(_) => None,
            })
            .collect()
    }

    /// The map of divisions that codes of new boundaries come from: the uppermost that is one.
    pub fn divisions(&self) -> Option<Arc<Divisions>> {
        self.layers
            .iter()
            .rev()
            .find_map(|layer| match &layer.state {
                State::Read(read) if layer.setting.gives_codes.is_on() => {
                    read.divisions.as_ref().ok().cloned()
                }
                _ => None,
            })
    }

    /// The borders of communities or streets: of the uppermost layer that has them and is in use,
    /// those that give codes first.
    pub fn communities(&self) -> Option<&CommunityAreas> {
        let read = self
            .layers
            .iter()
            .rev()
            .filter_map(|layer| match &layer.state {
                State::Read(read) if !read.areas.is_empty() => Some((layer, &read.areas)),
                _ => None,
            });
        let best = read.min_by_key(|(layer, _)| !layer.setting.gives_codes.is_on());
        best.map(|(_, areas)| areas)
    }

    /// The layers that enclose ground, each by what a survey calls it.
    pub fn with_polygons(&self) -> impl Iterator<Item = (String, &Arc<Layer>)> {
        self.layers.iter().filter_map(|layer| match &layer.state {
            State::Read(read) if read.has_polygons => {
                let (path, name) = (&layer.setting.path, layer.setting.layer.as_deref());
                Some((reference::shared_name(path, name), &read.layer))
            }
            _ => None,
        })
    }

    /// Every layer, from the lowest up.
    pub fn list(&self) -> impl DoubleEndedIterator<Item = (&ReferenceSetting, Standing<'_>)> {
        self.layers.iter().map(|layer| {
            let standing = match &layer.state {
                State::Off => Standing::Off,
                State::Reading { progress, .. } => Standing::Reading(progress.fraction()),
                State::Read(read) => Standing::Read {
                    layer: &read.layer,
                    divisions: match &read.divisions {
                        Ok(divisions) => Ok(divisions),
                        Err(none) => Err(none),
                    },
                },
                State::Failed(failure) => Standing::Failed(failure),
            };
            (&layer.setting, standing)
        })
    }
}

impl OneLayer {
    /// Reads what is to be seen or to give codes, and lets go of what is not.
    fn turn(&mut self, county: &str, context: &Context) {
        let wanted = self.setting.shown.is_on() || self.setting.gives_codes.is_on();
        match (wanted, &self.state) {
            (true, State::Off) => self.read(county.to_owned(), context),
            (false, _) => {
                self.stop_reading();
                self.state = State::Off;
            }
            (true, _) => {}
        }
    }

    fn read(&mut self, county: String, context: &Context) {
        let progress = Progress::default();
        let (setting, seen) = (self.setting.clone(), progress.clone());
        let reading = Pending::start("jiugai layer", context, move || {
            read(&setting, &county, &seen)
        });
        self.state = match reading {
            Ok(pending) => State::Reading { pending, progress },
            Err(_) => State::Failed(Failure::NoThread),
        };
    }

    fn receive(&mut self) -> bool {
        let State::Reading { pending, .. } = &self.state else {
            return false;
        };
        self.state = match pending.poll() {
            Answer::Here(Ok(read)) => State::Read(Box::new(read)),
            Answer::Here(Err(error)) => State::Failed(Failure::Layer(error)),
            Answer::UnderWay => return false,
            Answer::Lost => State::Failed(Failure::NoThread),
        };
        true
    }

    fn stop_reading(&self) {
        if let State::Reading { progress, .. } = &self.state {
            progress.cancel();
        }
    }
}

fn read(
    setting: &ReferenceSetting,
    county: &str,
    progress: &Progress,
) -> Result<ReadLayer, LayerError> {
    let wanted = setting.layer.as_deref();
    let mut layer = reference::read(&setting.path, wanted, setting.crs, progress)?;
    if let Some(chosen) = &setting.label_column {
        let column = layer.columns.iter().position(|column| column == chosen);
        layer.label_column = column.or(layer.label_column);
    }
    let county = Some(county).filter(|code| !code.is_empty());
    let divisions = Divisions::of(&layer, Known::shipped(), county).map(Arc::new);
    let has_polygons = layer.polygons().next().is_some();
    Ok(ReadLayer {
        drawn: DrawnLayer::of(&layer),
        has_polygons,
        areas: match &divisions {
            Ok(divisions) => CommunityAreas::of(divisions.areas()),
            Err(_) => CommunityAreas::default(),
        },
        divisions,
        layer: Arc::new(layer),
    })
}
