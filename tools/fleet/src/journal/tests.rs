mod accounts;
mod attempts;
mod damage;
mod file;
mod property;
mod scope;
mod support;
