//! How the rows of a table stand to each other by their label paths: which lie below a row, which beside it.

use crate::form::FormLabel;
use crate::rule::Kin;
use std::collections::BTreeMap;

/// The rows of a table by kinship.
#[derive(Debug)]
pub(super) struct Kinship {
    /// For each row those below it, without those below these.
    children: Vec<Vec<usize>>,
    /// For each row its group of [`Kinship::groups`]; none for a row without labels.
    group_of: Vec<Option<usize>>,
    /// Rows with the same labels above them.
    groups: Vec<Vec<usize>>,
}

impl Kinship {
    pub(super) fn new(paths: &[Vec<FormLabel>]) -> Self {
        let mut kinship =
            Self { children: vec![Vec::new(); paths.len()], group_of: vec![None; paths.len()], groups: Vec::new() };
        // A row lies below the last row before it that has the longest beginning of its path.
        let mut seen: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        let mut groups: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        for (row, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
            let keys: Vec<&str> = path.iter().map(|label| label.key.as_str()).collect();
            let parent = (1..keys.len()).rev().find_map(|len| seen.get(&keys[..len]));
            if let Some(&parent) = parent {
                kinship.children[parent].push(row);
            }
            let above = keys[..keys.len() - 1].to_vec();
            let group = *groups.entry(above).or_insert(kinship.groups.len());
            if group == kinship.groups.len() {
                kinship.groups.push(Vec::new());
            }
            kinship.groups[group].push(row);
            kinship.group_of[row] = Some(group);
            seen.insert(keys, row);
        }
        kinship
    }

    pub(super) fn has_children(&self, row: usize) -> bool {
        !self.children[row].is_empty()
    }

    /// The kin of a row, in order.
    pub(super) fn of(&self, row: usize, kin: Kin) -> Vec<usize> {
        match kin {
            Kin::Children => self.children[row].clone(),
            Kin::Siblings => {
                let group = self.group_of[row].map(|group| self.groups[group].as_slice()).unwrap_or_default();
                group.iter().copied().filter(|&other| other != row).collect()
            }
        }
    }
}

/// Whether a path is that of kin of a row with the path `own`: of a child, or of a sibling.
pub(super) fn is_kin(path: &[FormLabel], own: &[FormLabel], kin: Kin) -> bool {
    let starts = |with: &[FormLabel]| {
        path.len() == with.len() + 1 && path.iter().zip(with).all(|(label, above)| label.key == above.key)
    };
    match kin {
        Kin::Children => starts(own),
        Kin::Siblings => own.split_last().is_some_and(|(_, above)| starts(above)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kin_are_told_by_labels_alone() {
        let label = |text: &str| FormLabel { text: text.to_owned(), key: text.to_owned() };
        let path = |words: &str| words.split(" > ").map(label).collect::<Vec<_>>();
        let paths: Vec<Vec<FormLabel>> =
            ["合计", "甲", "甲 > 子", "甲 > 子 > 孙", "甲 > 丑", "乙", "乙 > 寅 > 卯", "乙 > 辰"].map(path).to_vec();
        let kinship = Kinship::new(&paths);
        let children = |row| kinship.of(row, Kin::Children);
        assert_eq!((children(0), children(1), children(2)), (vec![], vec![2, 4], vec![3]));
        // 寅 has no row of its own: 卯 is the first row below 乙 there.
        assert_eq!(children(5), [6, 7]);
        assert_eq!(kinship.of(0, Kin::Siblings), [1, 5]);
        assert_eq!(kinship.of(4, Kin::Siblings), [2]);
        assert!(kinship.has_children(1) && !kinship.has_children(0));
        assert!(is_kin(&paths[4], &paths[1], Kin::Children) && !is_kin(&paths[3], &paths[1], Kin::Children));
        assert!(is_kin(&paths[0], &paths[1], Kin::Siblings) && !is_kin(&paths[2], &paths[1], Kin::Siblings));
    }
}
