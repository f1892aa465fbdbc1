//! From the JSON that `collect.py` writes to the binary form of a table.

use serde::Serialize;

use super::form::{
    ACCEPTS_SUBCLASSES, CALLS_SUPER, ClassHead, ConstantForm, DocsForm, Envelope, FORMAT,
    GlobalForm, HAS_DICT, HAS_WEAKREF, Heads, IS_ABSTRACT, IS_DATA_DESCRIPTOR, IS_DESCRIPTOR,
    IS_HEAP, IS_NATIVE, IS_VARIABLE, MemberForm, ModuleForm, ModuleHead, Part, Spot,
};
use super::told::{
    Description, Singleton, ToldClass, ToldConstant, ToldGlobal, ToldMember, ToldModule,
};
use crate::Name;

/// Blocks are cut once they hold this many bytes: large enough to compress well, small enough to unpack unnoticed.
const BLOCK_SIZE: usize = 32 << 10;

/// The slowest setting that still ends within seconds; a table is packed once and read for years.
const COMPRESSION_LEVEL: i32 = 19;

/// Why a description of an interpreter cannot be made a table of.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// Not the JSON that `collect.py` writes.
    #[error("not a description of an interpreter: {0}")]
    NotADescription(#[from] serde_json::Error),
    /// Written by another version of `collect.py`.
    #[error("the description has format {0}, this program reads format 1")]
    OtherFormat(u32),
    /// A number that stands for no class of the description.
    #[error("class {0} is named, but not described")]
    NoSuchClass(u32),
    /// The records could not be written.
    #[error("the table cannot be written: {0}")]
    NotWritten(String),
}

/// Makes a table from the JSON that `collect.py` wrote.
///
/// The same description gives the same bytes.
pub fn pack(json: &str) -> Result<Vec<u8>, PackError> {
    let told: Description = serde_json::from_str(json)?;
    if told.format != 1 {
        return Err(PackError::OtherFormat(told.format));
    }
    let ids = Ids::new(&told.classes);
    let mut by_path: Vec<usize> = (0..told.classes.len()).collect();
    by_path.sort_by_key(|&at| told.classes[at].path());
    let mut members = Blocks::default();
    let mut docs = Blocks::default();
    // Neighbours in a block come from one module: they resemble each other, and who reads one soon reads the next.
    let mut spots = vec![None; told.classes.len()];
    for &at in &by_path {
        let class = &told.classes[at];
        let forms: Vec<MemberForm> = class
            .members
            .iter()
            .map(|member| member_form(member, &ids))
            .collect::<Result<_, _>>()?;
        spots[at] = Some((members.push(&forms)?, docs.push(&docs_form(class))?));
    }
    let mut classes = vec![];
    for &at in &ids.order {
        let Some((members, docs)) = spots[at] else {
            return Err(PackError::NotWritten("a class was passed over".into()));
        };
        classes.push(class_head(&told.classes[at], members, docs, &ids)?);
    }
    let mut names = vec![];
    let mut modules = vec![];
    let mut told_modules: Vec<&ToldModule> = told.modules.iter().collect();
    told_modules.sort_by_key(|module| &module.name);
    for module in told_modules {
        modules.push(ModuleHead {
            name: module.name.as_str().into(),
            is_package: module.package,
            source_path: module.source.clone(),
            offset: names.len() as u32,
        });
        names.extend(written(&module_form(module, &ids)?)?);
    }
    let heads = written(&Heads {
        full_version: told.python,
        platform: told.platform,
        classes,
        by_path: by_path.iter().map(|&at| ids.new_ids[at]).collect(),
        modules,
        same_as: told
            .same_as
            .iter()
            .map(|(other, name)| (other.as_str().into(), name.as_str().into()))
            .collect(),
        failed: told
            .failed
            .into_iter()
            .map(|(name, why)| (name.as_str().into(), why))
            .collect(),
    })?;
    let heads = Packed::new(&heads)?;
    let names = Packed::new(&names)?;
    let members = members.packed()?;
    let docs = docs.packed()?;
    written(&Envelope {
        format: FORMAT,
        heads: heads.part(),
        names: names.part(),
        members: members.iter().map(Packed::part).collect(),
        docs: docs.iter().map(Packed::part).collect(),
    })
}

/// The new ids of the classes of a description: bases before what derives from them.
struct Ids {
    /// Position in the description → id.
    new_ids: Vec<u32>,
    /// Id → position in the description.
    order: Vec<usize>,
}

impl Ids {
    /// An MRO is longer than those of all bases, so its length alone puts bases first.
    fn new(classes: &[ToldClass]) -> Self {
        let mut order: Vec<usize> = (0..classes.len()).collect();
        order.sort_by_key(|&at| (classes[at].mro.len(), classes[at].path()));
        let mut new_ids = vec![0; classes.len()];
        for (id, &at) in order.iter().enumerate() {
            new_ids[at] = id as u32;
        }
        Self { new_ids, order }
    }

    fn id(&self, told: u32) -> Result<u32, PackError> {
        let id = self.new_ids.get(told as usize).copied();
        id.ok_or(PackError::NoSuchClass(told))
    }

    fn optional(&self, told: Option<u32>) -> Result<Option<u32>, PackError> {
        told.map(|told| self.id(told)).transpose()
    }

    fn all(&self, told: &[u32]) -> Result<Vec<u32>, PackError> {
        told.iter().map(|&told| self.id(told)).collect()
    }
}

fn class_head(
    class: &ToldClass,
    members: Spot,
    docs: Spot,
    ids: &Ids,
) -> Result<ClassHead, PackError> {
    let flags = [
        (class.accepts_subclasses, ACCEPTS_SUBCLASSES),
        (class.dict, HAS_DICT),
        (class.weakref, HAS_WEAKREF),
        (class.variable, IS_VARIABLE),
        (class.heap, IS_HEAP),
        (class.native, IS_NATIVE),
    ];
    Ok(ClassHead {
        module: class.module.as_str().into(),
        qualname: class.qualname.as_str().into(),
        bases: ids.all(&class.bases)?,
        mro: ids.all(&class.mro)?,
        metaclass: ids.id(class.metaclass)?,
        best_base: ids.optional(class.base)?,
        solid_base: ids.id(class.solid_base)?,
        flags: sum(&flags),
        slots: class.slots.as_ref().map(|names| compact(names)),
        abstract_methods: compact(&class.abstract_methods),
        members,
        docs,
    })
}

fn member_form(member: &ToldMember, ids: &Ids) -> Result<MemberForm, PackError> {
    let flags = [
        (member.descriptor == "non_data", IS_DESCRIPTOR),
        (member.descriptor == "data", IS_DATA_DESCRIPTOR),
        (member.is_abstract, IS_ABSTRACT),
        (member.calls_super, CALLS_SUPER),
    ];
    Ok(MemberForm {
        name: member.name.as_str().into(),
        kind: member.kind,
        flags: sum(&flags),
        type_of: ids.optional(member.type_of)?,
        class: ids.optional(member.class)?,
        signature: member.signature.as_deref().map(Name::from),
        shown: member.shown.as_deref().map(Name::from),
    })
}

fn docs_form(class: &ToldClass) -> DocsForm {
    let members = class.members.iter();
    DocsForm {
        own: class.doc.clone(),
        members: members
            .filter_map(|member| Some((member.name.as_str().into(), member.doc.clone()?)))
            .collect(),
    }
}

fn module_form(module: &ToldModule, ids: &Ids) -> Result<ModuleForm, PackError> {
    let mut form = ModuleForm {
        all: module.all.as_ref().map(|names| compact(names)),
        ..ModuleForm::default()
    };
    for (name, told) in &module.globals {
        let Some(global) = global_form(told, ids)? else {
            continue; // nothing in it that this version knows
        };
        if let (GlobalForm::Function { .. }, Some(entries)) = (&global, &told.mro_entries) {
            form.mro_entries
                .push((name.as_str().into(), ids.all(entries)?));
        }
        form.globals.push((name.as_str().into(), global));
    }
    Ok(form)
}

fn global_form(told: &ToldGlobal, ids: &Ids) -> Result<Option<GlobalForm>, PackError> {
    Ok(Some(if let Some(class) = told.class {
        GlobalForm::Class(ids.id(class)?)
    } else if let Some(module) = &told.module {
        GlobalForm::Module(module.as_str().into())
    } else if let Some((module, qualname)) = &told.function {
        GlobalForm::Function {
            module: module.as_str().into(),
            qualname: qualname.as_str().into(),
        }
    } else if let Some(constant) = &told.constant {
        GlobalForm::Constant(constant_form(constant))
    } else if let Some(class) = told.instance {
        GlobalForm::Instance {
            class: ids.id(class)?,
            origin: ids.optional(told.origin)?,
            mro_entries: ids.all(told.mro_entries.as_deref().unwrap_or(&[]))?,
        }
    } else {
        return Ok(None);
    }))
}

fn constant_form(told: &ToldConstant) -> ConstantForm {
    match told {
        ToldConstant::Singleton(Singleton::None) => ConstantForm::None,
        ToldConstant::Singleton(Singleton::Ellipsis) => ConstantForm::Ellipsis,
        ToldConstant::Singleton(Singleton::NotImplemented) => ConstantForm::NotImplemented,
        ToldConstant::Bool(value) => ConstantForm::Bool(*value),
        ToldConstant::Int(decimal) => match decimal.parse() {
            Ok(value) => ConstantForm::Int(value),
            Err(_) => ConstantForm::BigInt(decimal.as_str().into()),
        },
        ToldConstant::Float(text) => ConstantForm::Float(text.parse().unwrap_or(f64::NAN)),
        ToldConstant::Str(text) => ConstantForm::Str(text.as_str().into()),
        ToldConstant::Bytes(hex) => ConstantForm::Bytes(from_hex(hex)),
        ToldConstant::Tuple(items) => {
            ConstantForm::Tuple(items.iter().map(constant_form).collect())
        }
    }
}

fn from_hex(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

fn sum(flags: &[(bool, u8)]) -> u8 {
    let set = flags.iter().filter(|(is_set, _)| *is_set);
    set.map(|(_, flag)| flag).sum()
}

fn compact(names: &[String]) -> Vec<Name> {
    names.iter().map(Name::from).collect()
}

fn written<T: Serialize>(record: &T) -> Result<Vec<u8>, PackError> {
    postcard::to_stdvec(record).map_err(|error| PackError::NotWritten(error.to_string()))
}

/// Records one after the other, cut into blocks.
#[derive(Default)]
struct Blocks {
    full: Vec<Vec<u8>>,
    open: Vec<u8>,
}

impl Blocks {
    fn push<T: Serialize>(&mut self, record: &T) -> Result<Spot, PackError> {
        if self.open.len() >= BLOCK_SIZE {
            self.full.push(std::mem::take(&mut self.open));
        }
        let spot = Spot {
            block: self.full.len() as u32,
            offset: self.open.len() as u32,
        };
        self.open.extend(written(record)?);
        Ok(spot)
    }

    fn packed(mut self) -> Result<Vec<Packed>, PackError> {
        self.full.push(self.open);
        self.full.iter().map(|block| Packed::new(block)).collect()
    }
}

/// A compressed part, with the bytes that [`Part`] borrows.
struct Packed {
    length: u32,
    packed: Vec<u8>,
}

impl Packed {
    fn new(bytes: &[u8]) -> Result<Self, PackError> {
        let packed = zstd::bulk::compress(bytes, COMPRESSION_LEVEL)
            .map_err(|error| PackError::NotWritten(error.to_string()))?;
        Ok(Self {
            length: bytes.len() as u32,
            packed,
        })
    }

    fn part(&self) -> Part<'_> {
        Part {
            length: self.length,
            packed: &self.packed,
        }
    }
}
