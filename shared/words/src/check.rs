//! Whether a message uses what its template declares, and nothing else.
//!
//! Of Fluent's syntax a message may use texts, its own variables, and a choice by a count or by
//! one of a variable's words. There are no functions, since values come formatted, and no
//! references: a notice is short enough to be read as it stands.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};

use crate::template::{Kind, Variable};

/// What is wrong with a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("no template has this name")]
    NoTemplate,
    #[error("it is there twice")]
    Twice,
    #[error("it has no text of its own or no title")]
    Incomplete,
    #[error("`.{0}` is neither its title nor the line of a variable that may be absent")]
    NoSuchLine(String),
    #[error("the variable {0} has no line")]
    NoLine(&'static str),
    #[error("the variable {0} is not declared for this place")]
    Undeclared(String),
    #[error("the variable {0} is not used")]
    Unused(&'static str),
    #[error("it calls a function or refers to another message")]
    Reference,
    #[error("it does not choose by a count or by each of a variable's words")]
    BadChoice,
}

/// Where a pattern stands, and so which variables it has.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub variables: &'static [Variable],
    /// The variable that may be absent whose line this is.
    pub line_of: Option<&'static str>,
}

impl Place {
    /// The variables that a pattern uses.
    pub(crate) fn check(self, pattern: &Pattern<&'static str>) -> Result<BTreeSet<&'static str>, Problem> {
        let mut used = BTreeSet::new();
        self.walk(pattern, &mut used)?;
        Ok(used)
    }

    fn walk(self, pattern: &Pattern<&'static str>, used: &mut BTreeSet<&'static str>) -> Result<(), Problem> {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression } => self.expression(expression, used)?,
            }
        }
        Ok(())
    }

    fn expression(self, expression: &Expression<&'static str>, used: &mut BTreeSet<&'static str>) -> Result<(), Problem> {
        match expression {
            Expression::Inline(InlineExpression::StringLiteral { .. }) => Ok(()),
            Expression::Inline(InlineExpression::Placeable { expression }) => self.expression(expression, used),
            Expression::Inline(inline) => self.variable(inline, used).map(|_| ()),
            Expression::Select { selector, variants } => {
                let chosen_by = self.variable(selector, used)?;
                if !is_complete(chosen_by.kind, variants) {
                    return Err(Problem::BadChoice);
                }
                variants.iter().try_for_each(|variant| self.walk(&variant.value, used))
            }
        }
    }

    fn variable(self, inline: &InlineExpression<&'static str>, used: &mut BTreeSet<&'static str>) -> Result<&'static Variable, Problem> {
        let InlineExpression::VariableReference { id } = inline else { return Err(Problem::Reference) };
        let here = |variable: &&Variable| variable.name == id.name && (variable.required || self.line_of == Some(variable.name));
        let variable = self.variables.iter().find(here).ok_or_else(|| Problem::Undeclared(id.name.to_owned()))?;
        used.insert(variable.name);
        Ok(variable)
    }
}

/// Whether there is a variant for whatever the value may be. A misspelt one would be passed over,
/// and the wrong thing said.
fn is_complete(kind: Kind, variants: &[Variant<&'static str>]) -> bool {
    let names: Vec<&str> = variants.iter().map(|variant| name(&variant.key)).collect();
    match kind {
        Kind::Count => variants.iter().all(|variant| match variant.key {
            VariantKey::Identifier { name } => ["zero", "one", "two", "few", "many", "other"].contains(&name),
            VariantKey::NumberLiteral { .. } => true,
        }),
        Kind::OneOf(choices) => names.len() == choices.len() && choices.iter().all(|choice| names.contains(choice)),
        Kind::Amount | Kind::Text { .. } | Kind::Prose { .. } | Kind::Time | Kind::Day | Kind::Reference | Kind::Code => false,
    }
}

fn name(key: &VariantKey<&'static str>) -> &'static str {
    match key {
        VariantKey::Identifier { name } => name,
        VariantKey::NumberLiteral { value } => value,
    }
}
