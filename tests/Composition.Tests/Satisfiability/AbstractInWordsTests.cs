using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>What is said of graphs that cannot answer every query: interfaces, unions and interface objects.</summary>
public sealed class AbstractInWordsTests
{
    [Fact]
    public void An_interface_of_which_one_object_cannot_be_followed() => AssertUnsatisfiable(
        sources:
            """
            # source a
            type Query { plants: [Plant] }
            interface Plant { id: ID! }
            type Rose implements Plant { id: ID! @shareable }
            type Lily implements Plant { id: ID! @shareable }
            # source b
            type Query { rose(id: ID!): Rose @lookup @internal lilies: [Lily] }
            interface Plant { id: ID! color: String }
            type Rose implements Plant { id: ID! @shareable color: String }
            type Lily implements Plant { id: ID! @shareable color: String }
            """,
        problems:
            """
            b.graphqls:4:49 UNSATISFIABLE_QUERY_PATH No source can answer { plants { ... on Lily { color } } }, at Lily.color: b has it, but no lookup to enter Lily by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_union() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
            type Query { found: [Found] }
            union Found = Rose | Bed
            type Rose @key(fields: "id") { id: ID! }
            type Bed { row: Int @shareable }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
            type Query { bed: Bed }
            type Bed { row: Int @shareable soil: String }
            """,
        problems:
            """
            b.graphqls:3:32 SATISFIABILITY_ERROR No source can answer { found { ... on Bed { soil } } }, at Bed.soil: b has it, but no @key to enter Bed by; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void An_interface_object_whose_objects_nobody_can_tell() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Query { media: Media }
            type Media @interfaceObject @key(fields: "sku") { sku: ID! rating: Int }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            interface Media @key(fields: "isbn") { isbn: ID! }
            type Book implements Media @key(fields: "isbn") { isbn: ID! }
            """,
        problems:
            """
            a.graphqls:2:14 SATISFIABILITY_ERROR No source can answer { media { __typename } }, at Query.media: a knows Media only as an interface object; b knows its objects, but entering it by its @key needs "isbn", which only b itself has. The query stands in a.
              hint: Let a source that knows the objects of Media be entered by a key that is known where the query stands.

            b.graphqls:3:51 SATISFIABILITY_ERROR No source can answer { media { ... on Book { isbn } } }, at Book.isbn: b has it, but entering it by its @key needs "isbn", which only b itself has; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void An_interface_object_that_cannot_be_entered() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { book: Book }
            interface Media @key(fields: "id") { id: ID! }
            type Book implements Media @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Media @interfaceObject @key(fields: "id", resolvable: false) { id: ID! rating: Int }
            type Query { best: Media }
            """,
        problems:
            """
            b.graphqls:2:77 SATISFIABILITY_ERROR No source can answer { book { rating } }, at Book.rating: b has it, but says resolvable: false of its @key "id", so that Media cannot be entered there; a does not have it. The query stands in a.
              hint: Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), or define the field as shareable in a source that the query comes from.
            """);

    [Fact]
    public void A_requirement_on_a_type_of_an_interface_object_whose_types_nobody_defines() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Query { shelf: Shelf }
            type Shelf @key(fields: "id") { id: ID! media: Media }
            type Media @interfaceObject @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            interface Media @key(fields: "id") { id: ID! }
            type Book @key(fields: "id") { id: ID! pages: Int }
            type Shelf @key(fields: "id") {
              id: ID!
              media: Media @external
              weight: Int @requires(fields: "media { ... on Book { pages } }")
            }
            """,
        problems:
            """
            a.graphqls:4:1 warning INTERFACE_OBJECT_WITHOUT_OBJECTS Media is an interface object in a, and no source has an object type that implements Media: of such an object __typename, and what a does not have, cannot be served.
              hint: Define the object types of Media in a source that has the interface, or make Media an object type in all of them.

            b.graphqls:7:3 SATISFIABILITY_ERROR No source can answer { shelf { weight } }, at Shelf.weight: b requires "media { ... on Book { pages } }", and no source defines the object types of an interface there; a does not have it. The query stands in a.
              hint: Define the object types of the interface in a source that has it, or require what a source with an interface object there has.
            """);

    [Fact]
    public void A_requirement_that_only_the_interface_has_whose_types_nobody_defines() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Query { shelf: Shelf }
            type Shelf @key(fields: "id") { id: ID! media: Media }
            type Media @interfaceObject @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            interface Media @key(fields: "id") { id: ID! weight: Int }
            type Shelf @key(fields: "id") { id: ID! media: Media @external weight: Int @requires(fields: "media { weight }") }
            """,
        problems:
            """
            a.graphqls:4:1 warning INTERFACE_OBJECT_WITHOUT_OBJECTS Media is an interface object in a, and no source has an object type that implements Media: of such an object __typename, and what a does not have, cannot be served.
              hint: Define the object types of Media in a source that has the interface, or make Media an object type in all of them.

            b.graphqls:3:64 SATISFIABILITY_ERROR No source can answer { shelf { weight } }, at Shelf.weight: b requires "media { weight }", and no source defines the object types of an interface there; a does not have it. The query stands in a.
              hint: Define the object types of the interface in a source that has it, or require what a source with an interface object there has.
            """);

    [Fact]
    public void A_requirement_of_the_name_of_a_type_that_nobody_defines() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Query { shelf: Shelf }
            type Shelf @key(fields: "id") { id: ID! media: Media }
            type Media @interfaceObject @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            interface Media @key(fields: "id") { id: ID! }
            type Shelf @key(fields: "id") { id: ID! media: Media @external weight: Int @requires(fields: "media { id ... on Media { __typename } }") }
            """,
        problems:
            """
            a.graphqls:4:1 warning INTERFACE_OBJECT_WITHOUT_OBJECTS Media is an interface object in a, and no source has an object type that implements Media: of such an object __typename, and what a does not have, cannot be served.
              hint: Define the object types of Media in a source that has the interface, or make Media an object type in all of them.

            b.graphqls:3:64 SATISFIABILITY_ERROR No source can answer { shelf { weight } }, at Shelf.weight: b requires "media { id ... on Media { __typename } }", and no source defines the object types of an interface there; a does not have it. The query stands in a.
              hint: Define the object types of the interface in a source that has it, or require what a source with an interface object there has.
            """);

    // Apollo composes and plans it, too.
    [Fact]
    public void A_requirement_that_interface_objects_give_whose_types_nobody_defines() => AssertUnsatisfiable(
        sources:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Query { shelf: Shelf }
            type Shelf @key(fields: "id") { id: ID! media: Media }
            type Media @interfaceObject @key(fields: "id") { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])
            interface Media { id: ID! weight: Int }
            type Shelf @key(fields: "id") { id: ID! media: Media @external weight: Int @requires(fields: "media { id weight }") }
            # source c
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject"])
            type Media @interfaceObject @key(fields: "id") { id: ID! weight: Int }
            # source d
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            interface Media @key(fields: "id") { id: ID! }
            """,
        problems:
            """
            a.graphqls:4:1 warning INTERFACE_OBJECT_WITHOUT_OBJECTS Media is an interface object in a and c, and no source has an object type that implements Media: of such an object __typename, and what a and c do not have, cannot be served.
              also c.graphqls:2:1
              hint: Define the object types of Media in a source that has the interface, or make Media an object type in all of them.
            """);

    private static void AssertUnsatisfiable(string sources, string problems) => Assert.Equal(problems, Rule.Text(Rule.Compose(sources)));
}
