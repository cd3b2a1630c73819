//! A table is shared until it is written to.
use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

/// Rows by key, in the order of their keys.
#[derive(Debug)]
pub(super) struct Table<K, V>(Arc<BTreeMap<K, Arc<V>>>);

impl<K: Ord + Clone, V> Table<K, V> {
    pub(super) fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key).map(|row| &**row)
    }
    pub(super) fn rows(&self) -> impl Iterator<Item = &V> {
        self.0.values().map(|row| &**row)
    }
    pub(super) fn put(&mut self, key: K, row: V) {
        Arc::make_mut(&mut self.0).insert(key, Arc::new(row));
    }
    pub(super) fn drop<Q: Ord + ?Sized>(&mut self, key: &Q)
    where
        K: Borrow<Q>,
    {
        Arc::make_mut(&mut self.0).remove(key);
    }
    /// At most so many of the rows that are to go. Answers how many went.
    pub(super) fn drop_some(&mut self, most: usize, goes: impl Fn(&V) -> bool) -> usize {
        let keys = self.0.iter().filter(|(_, row)| goes(row)).map(|(key, _)| key.clone()).take(most);
        let keys = keys.collect::<Vec<_>>();
        let rows = Arc::make_mut(&mut self.0);
        keys.iter().filter(|key| rows.remove(key).is_some()).count()
    }
}

// Written out, because a derive would ask the rows for the same traits.
impl<K, V> Clone for Table<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}
