//! Both databases honor every contract, and what only a database can get wrong.
mod backlog;
mod contracts;
mod corrupt;
mod counts;
mod facts;
mod failing;
mod group;
mod lists;
mod model;
mod place;
mod racing;
mod scene;
mod schema;
mod search;
