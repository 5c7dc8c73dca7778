//! The rules that hold in a survey: the shipped pack, or the county's own copy of it.

use super::{Catalogue, CatalogueError, Items, RulePack};
use crate::model::{OwnRules, PackStamp, Settings};
use serde_json::Value as Json;

/// What messages call the pack in a survey file.
const IN_SURVEY: &str = "rule pack of the survey";

impl Catalogue {
    /// What holds in a survey with these settings: the shipped catalogue, with the survey's own
    /// rule pack and the items that it adds, where it has one.
    ///
    /// # Errors
    /// Which part of the survey's pack this program cannot read.
    pub fn of(settings: &Settings) -> Result<Self, CatalogueError> {
        let shipped = Self::shipped();
        let Some(own) = settings.own_rules.as_deref() else {
            return Ok(shipped);
        };
        let rules = RulePack::own(own)?;
        Ok(Self {
            items: shipped.items.with_county(&rules.items)?,
            rules,
            ..shipped
        })
    }
}

impl RulePack {
    /// The shipped pack as JSON: what a county's copy starts from.
    pub fn shipped_json() -> Json {
        serde_json::from_str(Self::SHIPPED).expect("the shipped rule pack is checked by a test")
    }

    /// The whole pack that holds in a survey, as JSON: what a person edits.
    pub fn json_of(settings: &Settings) -> Json {
        match &settings.own_rules {
            Some(own) => Self::whole(&own.pack),
            None => Self::shipped_json(),
        }
    }

    /// The shipped pack with `pack` laid over it.
    pub fn whole(pack: &Json) -> Json {
        let mut whole = Self::shipped_json();
        lay_over(&mut whole, pack);
        whole
    }

    /// A pack that a person changed, laid over the shipped one: a copy made by an earlier program
    /// lacks what came later, and takes it from there.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn from_json(pack: &Json) -> Result<Self, CatalogueError> {
        let pack: Self =
            serde_json::from_value(Self::whole(pack)).map_err(|error| CatalogueError {
                file: IN_SURVEY.to_owned(),
                reason: error.to_string(),
            })?;
        Items::shipped()?.with_county(&pack.items)?;
        Ok(pack)
    }

    fn own(own: &OwnRules) -> Result<Self, CatalogueError> {
        let mut pack = Self::from_json(&own.pack)?;
        pack.version = format!("{}+{}", pack.version, own.revision);
        Ok(pack)
    }

    /// What a result says it was made with.
    pub fn stamp(&self) -> PackStamp {
        PackStamp {
            id: self.id.clone(),
            version: self.version.clone(),
            authority: self.authority.clone(),
            document: self.document.clone(),
            effective_from: self.effective_from.clone(),
        }
    }
}

/// Objects are united member by member; everything else gives way as a whole.
fn lay_over(under: &mut Json, over: &Json) {
    match (under, over) {
        (Json::Object(under), Json::Object(over)) => {
            for (key, value) in over {
                match under.get_mut(key) {
                    Some(held) => lay_over(held, value),
                    None => {
                        under.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (under, over) => *under = over.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ItemCode;
    use serde_json::json;

    fn settings(pack: Json) -> Settings {
        Settings {
            own_rules: Some(Box::new(OwnRules {
                revision: 3,
                changed_by: "王工".into(),
                changed_at: jiff::Timestamp::UNIX_EPOCH,
                pack,
            })),
            ..Settings::default()
        }
    }

    #[test]
    fn a_county_changes_one_number_and_keeps_the_rest() {
        let own = settings(json!({"recognition": {"cutoff_year": 2005}}));
        let catalogue = Catalogue::of(&own).unwrap();
        let shipped = Catalogue::shipped();
        assert_eq!(catalogue.rules.recognition.cutoff_year, 2005);
        assert_eq!(catalogue.rules.checks, shipped.rules.checks);
        assert_eq!(catalogue.rules.stamp().version, "1+3");
        let untouched = Catalogue::of(&Settings::default()).unwrap();
        assert_eq!(untouched.rules, shipped.rules);
    }

    #[test]
    fn a_county_adds_an_item_with_its_standard_and_filing() {
        let item = json!({"code": "C90", "zh": "雨水花园", "en": "Rain garden", "subsidy": "no",
            "standard": "赣州市海绵小区导则", "filing_number": "赣市建备〔2026〕3号", "filed_on": "2026-05-01"});
        let catalogue = Catalogue::of(&settings(json!({"items": [item]}))).unwrap();
        let code = ItemCode::parse("C90").unwrap();
        let added = catalogue.items.get(code).unwrap();
        assert_eq!(added.filing_number, "赣市建备〔2026〕3号");
        assert_eq!(catalogue.items.iter().len(), 58);
    }

    #[test]
    fn an_item_of_the_guidance_is_not_replaced_and_none_is_unfiled() {
        for item in [
            json!({"code": "C04", "zh": "x", "en": "x", "subsidy": "no",
                "standard": "s", "filing_number": "n", "filed_on": "2026-05-01"}),
            json!({"code": "C90", "zh": "x", "en": "x", "subsidy": "no"}),
        ] {
            assert!(Catalogue::of(&settings(json!({"items": [item]}))).is_err());
        }
    }

    #[test]
    fn a_pack_that_cannot_be_read_says_where() {
        let own = settings(json!({"recognition": {"cutoff_year": "两千年"}}));
        let error = Catalogue::of(&own).unwrap_err().to_string();
        assert!(error.contains("两千年"), "{error}");
    }
}
