using Xunit;

namespace GraphGateway.Differential;

/// <summary>
/// Objects from an <c>@interfaceObject</c> whose type the source that was to tell it does not tell: what hangs on the type is null, and of each
/// such null the client is told why.
/// </summary>
public sealed class UntoldTypeTests
{
    private const string Link =
        """
         apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject", "@external", "@requires", "@shareable"])
        """;

    private const string OneType =
        """
        --- reviews apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        --- home apollo
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! pages: Int }
        --- prices apollo
        type Book @key(fields: "id") { id: ID! price: Int size: Int @external tax: Int @requires(fields: "size") }
        --- sizes apollo
        type Book @key(fields: "id") { id: ID! size: Int }
        """;

    private const string TwoTypes =
        """
        --- reviews apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        --- home apollo
        interface Media @key(fields: "id") { id: ID! price: Int }
        type Book implements Media @key(fields: "id") { id: ID! price: Int @external }
        type Film implements Media @key(fields: "id") { id: ID! price: Int @external }
        --- books apollo
        type Book @key(fields: "id") { id: ID! price: Int }
        --- films
        type Query { filmOf(id: ID!): Film @lookup @internal }
        type Film { id: ID! price: Int }
        """;

    // Objects of an interface's interface, of which some are there without their types.
    private const string Wider =
        """
        --- reviews apollo
        type Query { top: Media @shareable }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        --- home apollo
        type Query { top: Node @shareable other: Node }
        interface Node { id: ID! }
        interface Media implements Node @key(fields: "id") { id: ID! }
        type Book implements Media & Node @key(fields: "id") { id: ID! pages: Int }
        type Page implements Node @key(fields: "id") { id: ID! }
        """;

    private static Task Check(string sources, string query, (string Source, string Answer)[] answers, string expected) =>
        ScriptedSources.Answer(sources.ReplaceLineEndings("\n").Replace(" apollo\n", Link.ReplaceLineEndings("\n") + "\n", StringComparison.Ordinal), query, answers, expected);

    [Fact]
    public Task Of_a_wider_interface_what_is_asked_of_all_is_read() => Check(
        Wider,
        "{ top { id ... on Media { stars } } }",
        [("reviews", """{"data":{"top":{"id":"1","stars":3}}}""")],
        """
        reviews {}
        {"data":{"top":{"id":"1","stars":3}}}
        """);

    // Agreement, seed 271828600: of Wheel there are no objects in any source, and who tells types knows the others.
    [Fact]
    public Task An_interface_within_the_interface_that_has_no_objects_changes_nothing_for_the_others() => Check(
        """
        --- reviews apollo
        type Query { top: [Part] }
        type Part @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        --- home apollo
        interface Part @key(fields: "id") { id: ID! }
        interface Wheel implements Part @key(fields: "id") { id: ID! }
        type Frame implements Part @key(fields: "id") { id: ID! }
        """,
        "{ top { __typename stars } }",
        [("reviews", """{"data":{"top":[{"id":"1","stars":3}]}}"""), ("home", """{"data":{"_entities":[{"__typename":"Frame"}]}}""")],
        """
        reviews {}
        home {"representations":[{"__typename":"Part","id":"1"}]}
        {"data":{"top":[{"__typename":"Frame","stars":3}]}}
        """);

    // Of what is there without its type all is asked that is asked of each, the wheel that no source defines or not.
    [Fact]
    public Task An_interface_within_the_interface_that_has_no_objects_keeps_nobody_from_asking_of_objects_without_their_types() => Check(
        """
        --- reviews apollo
        type Query { top: [Part] }
        type Part @key(fields: "id") @interfaceObject { id: ID! }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! }
        --- stock apollo
        type Part @key(fields: "id") @interfaceObject { id: ID! left: Int }
        type Wheel @key(fields: "id") @interfaceObject { id: ID! left: Int }
        --- home apollo
        interface Part @key(fields: "id") { id: ID! }
        interface Wheel implements Part @key(fields: "id") { id: ID! }
        type Frame implements Part @key(fields: "id") { id: ID! }
        """,
        "{ top { left } }",
        [("reviews", """{"data":{"top":[{"id":"1"},{"id":"2"}]}}"""), ("stock", """{"data":{"_entities":[{"left":3},null]}}""")],
        """
        reviews {}
        stock {"representations":[{"__typename":"Part","id":"1"},{"__typename":"Part","id":"2"}]}
        {"data":{"top":[{"left":3},{"left":null}]}}
        """);

    // Differential, seed 701347.
    [Fact]
    public Task A_field_that_waits_for_the_type_fails_with_who_was_to_tell_it() => Check(
        OneType,
        "{ top { stars ... on Book { price } } }",
        [("reviews", """{"data":{"top":[{"id":"1","stars":3}]}}"""), ("home", "{}")],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"}]}
        {"errors":[{"message":"A source's answer is no GraphQL response.","path":["top",0,"price"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"top":[{"stars":3,"price":null}]}}
        """);

    [Fact]
    public Task An_error_of_who_was_to_tell_the_type_is_told_at_all_that_wait_for_it() => Check(
        OneType,
        "{ top { __typename stars ... on Book { pages price tax } } }",
        [
            ("reviews", """{"data":{"top":[{"id":"1","stars":3},{"id":"2","stars":4}]}}"""),
            ("home", """{"errors":[{"message":"no","path":["_entities",0,"pages"]}],"data":{"_entities":[null,{"__typename":"Book","pages":7}]}}"""),
            ("sizes", """{"data":{"_entities":[{"size":1}]}}"""),
            ("prices", """{"data":{"_entities":[{"price":1,"tax":2}]}}"""),
            ("prices", """{"data":{"_entities":[{"price":1,"tax":2}]}}"""),
        ],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"},{"__typename":"Media","id":"2"}]}
        sizes {"representations":[{"__typename":"Book","id":"2"}]}
        prices {"representations":[{"__typename":"Book","id":"2","size":1}]}
        {"errors":[{"message":"no","path":["top",0,"pages"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"no","path":["top",0,"__typename"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"no","path":["top",0,"price"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"no","path":["top",0,"tax"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"top":[null,{"__typename":"Book","stars":4,"pages":7,"price":1,"tax":2}]}}
        """);

    [Fact]
    public Task A_type_that_the_schema_does_not_have_is_the_reason() => Check(
        OneType,
        "{ top { ... on Book { price } } }",
        [("reviews", """{"data":{"top":[{"id":"1"}]}}"""), ("home", """{"data":{"_entities":[{"__typename":"Song"}]}}""")],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"}]}
        {"errors":[{"message":"A source's value does not have an expected runtime type.","path":["top",0,"price"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"top":[{"price":null}]}}
        """);

    // As of any entity that a source does not have: its fields are null.
    [Fact]
    public Task An_object_that_its_home_does_not_have_has_null_fields_and_no_type() => Check(
        OneType,
        "{ top { ... on Book { price } } with: top { __typename } }",
        [("reviews", """{"data":{"top":[{"id":"1"}],"with":[{"id":"1"}]}}"""), ("home", """{"data":{"_entities":[null]}}"""), ("home", """{"data":{"_entities":[null]}}""")],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"}]}
        {"errors":[{"message":"No source tells the object's type.","path":["with",0,"__typename"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"top":[{"price":null}],"with":[null]}}
        """);

    [Fact]
    public Task Where_each_type_has_another_source_none_is_asked_and_the_field_says_why() => Check(
        TwoTypes,
        "{ top { price } }",
        [("reviews", """{"data":{"top":[{"id":"1"}]}}"""), ("home", """{"errors":[{"message":"no"}]}""")],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"}]}
        {"errors":[{"message":"no","path":["top",0,"price"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"top":[{"price":null}]}}
        """);

    [Fact]
    public Task Where_the_fields_differ_by_type_the_object_says_why() => Check(
        TwoTypes,
        "{ top { ... on Film { price } } }",
        [("reviews", """{"data":{"top":[{"id":"1"}]}}"""), ("home", """{"errors":[{"message":"no"}]}""")],
        """
        reviews {}
        home {"representations":[{"__typename":"Media","id":"1"}]}
        {"errors":[{"message":"no","path":["top",0],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"top":[null]}}
        """);
}
