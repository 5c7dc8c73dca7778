//! Photos as textures: read and decoded on a thread of their own, kept in a bounded number.

use super::loader::{Fetch, Fetched, Loader, State};
use crate::jobs::photos::{FileState, PictureFolder, Preview};
use crate::model::{Photo, PhotoId, PictureFile};
use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use std::cell::RefCell;
use std::num::NonZeroUsize;

/// 64 MB of textures at most.
const THUMBNAILS: NonZeroUsize = NonZeroUsize::new(256).expect("is not zero");
/// Of at most 16 MB each: the one looked at, and its neighbours.
const LARGE: NonZeroUsize = NonZeroUsize::new(5).expect("is not zero");
/// The longest side of a large picture: sharp on a laptop's screen.
const LARGE_PX: u32 = 2048;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    Thumbnail,
    Large,
}

/// How far a picture is.
#[derive(Clone)]
pub enum Shown {
    Coming,
    Here(TextureHandle),
    /// Why there is nothing to show.
    Not(FileState),
}

/// The pictures of the open survey. Views only look: what they ask for comes by and by.
#[derive(Default)]
pub struct Pictures(Option<Loaders>);

// Asking changes what is kept, and nothing that anybody sees.
struct Loaders {
    thumbnails: RefCell<Loader<PictureFile, Loaded>>,
    large: RefCell<Loader<PictureFile, Loaded>>,
}

type Loaded = Result<TextureHandle, FileState>;

impl Pictures {
    /// The pictures of a survey.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn of(folder: &PictureFolder, context: &Context) -> std::io::Result<Self> {
        let start = |name, most, size| {
            let folder = folder.clone();
            let reader = vec![Reader { folder, size }];
            Loader::start(name, most, reader, context).map(RefCell::new)
        };
        Ok(Self(Some(Loaders {
            thumbnails: start("jiugai thumbnails", THUMBNAILS, PictureSize::Thumbnail)?,
            large: start("jiugai pictures", LARGE, PictureSize::Large)?,
        })))
    }

    pub fn show(&self, photo: &Photo, size: PictureSize) -> Shown {
        let Some(loaders) = &self.0 else {
            return Shown::Coming;
        };
        let mut loader = match size {
            PictureSize::Thumbnail => loaders.thumbnails.borrow_mut(),
            PictureSize::Large => loaders.large.borrow_mut(),
        };
        loader.receive();
        match loader.state(photo.picture()) {
            Some(State::Here(Ok(texture))) => Shown::Here(texture),
            Some(State::Here(Err(state))) => Shown::Not(state),
            Some(State::Asked | State::Failed { .. }) => Shown::Coming,
            None => {
                loader.ask(photo.picture());
                Shown::Coming
            }
        }
    }

    /// Looks at every file anew: pictures that were missing may be back.
    pub fn forget(&self) {
        if let Some(loaders) = &self.0 {
            loaders.thumbnails.borrow_mut().forget();
            loaders.large.borrow_mut().forget();
        }
    }
}

struct Reader {
    folder: PictureFolder,
    size: PictureSize,
}

impl Fetch<PictureFile, Loaded> for Reader {
    fn fetch(&mut self, picture: PictureFile, context: &Context) -> Fetched<Loaded> {
        let preview = match self.size {
            PictureSize::Thumbnail => self.folder.show_thumbnail(picture),
            PictureSize::Large => self.folder.show(picture, LARGE_PX),
        };
        Fetched::Here(preview.map(|preview| upload(picture.id, &preview, context)))
    }
}

fn upload(id: PhotoId, preview: &Preview, context: &Context) -> TextureHandle {
    let size = [preview.width as usize, preview.height as usize];
    let image = ColorImage::from_rgb(size, &preview.rgb);
    context.load_texture(format!("photo {id}"), image, TextureOptions::LINEAR)
}
