//! XML. No DTD is read, so there are no entities but the five of XML itself.

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::element::{Budget, Element};
use super::{BadDocument, ELEMENTS_MAX};

pub fn parse(text: &str) -> Result<Element, BadDocument> {
    // White space between elements is a node as well.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 3 * ELEMENTS_MAX, entity_resolver: None };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => BadDocument::Dtd,
        Error::NodesLimitReached => BadDocument::TooMany,
        _ => BadDocument::Form,
    })?;
    element(document.root_element(), 1, &mut Budget::whole())
}

fn element(node: Node<'_, '_>, depth: u32, budget: &mut Budget) -> Result<Element, BadDocument> {
    budget.take(depth)?;
    let children = node.children().filter(Node::is_element).map(|child| element(child, depth + 1, budget));
    Ok(Element {
        name: node.tag_name().name().to_owned(),
        children: children.collect::<Result<_, _>>()?,
        attributes: node.attributes().map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned())).collect(),
    })
}
