using Xunit;

namespace GraphGateway.Differential;

/// <summary>What sources are sent for a requirement, and what clients are told where it has no value.</summary>
public sealed class RequirementAnswerTests
{
    private const string Library =
        """
        --- library
        type Query { loans: [Loan] loanById(id: ID!): Loan @lookup @internal }
        union Item = Book | Film
        type Book { isbn: String }
        type Film { code: String }
        type Loan @key(fields: "id") { id: ID! item: Item days: Int secret: Int @inaccessible }
        --- fees
        type Query { feeOf(id: ID!): Loan @lookup @internal }
        input ItemRef @oneOf { book: String film: String }
        type Loan @key(fields: "id") {
          id: ID!
          fee(item: ItemRef @require(field: "{ book: item<Book>.isbn } | { film: item<Film>.code }")): Int
          tax(days: Int! @require(field: "days")): Int
          sum(secret: Int! @require(field: "secret")): Int
        }
        """;

    /// <summary>No object can be there, but a list without any can.</summary>
    [Fact]
    public Task Of_an_interface_that_no_type_implements_an_empty_list_is_required() => ScriptedSources.Answer(
        """
        --- library
        type Query { loans: [Loan] }
        interface Item { code: String }
        type Loan @key(fields: "id") { id: ID! items: [Item] }
        --- fees
        type Query { feeOf(id: ID!): Loan @lookup @internal }
        type Loan @key(fields: "id") { id: ID! fee(codes: [String] @require(field: "items[code]")): Int }
        """,
        "{ loans { fee } }",
        [("library", """{"data":{"loans":[{"id":"1","items":[]}]}}"""), ("fees", """{"data":{"feeOf":{"fee":1}}}""")],
        """
        library {}
        fees {"__gg_1_id":"1","__gg_2_codes":[]}
        {"data":{"loans":[{"fee":1}]}}
        """);

    /// <summary>As Apollo's gateway sends it: of an object of an abstract type always, of another one where the requirement selects it.</summary>
    [Theory]
    [InlineData("price", """{"__typename":"Writer","id":"w","born":{"__typename":"Part"}},"parts":[{"__typename":"Part","n":2},{"__typename":"Part","n":null}]""", "null,\"parts\":[]")]
    [InlineData("tax", """{"id":"w"}""", "null")]
    public Task A_name_of_a_type_that_is_required_is_sent(string field, string first, string second) => ScriptedSources.Answer(
        """
        --- home apollo
        type Query { books: [Book] }
        type Book @key(fields: "id") { id: ID! by: Writer parts: [Part!] }
        type Writer { id: ID! born: Part }
        type Part { n: Int }
        --- shop apollo
        type Book @key(fields: "id") {
          id: ID!
          by: Writer @external
          parts: [Part!] @external
          price: Int @requires(fields: "by { __typename id born { ... on Part { __typename } } } parts { __typename n }")
          tax: Int @requires(fields: "by { id }")
        }
        type Writer { id: ID! @external born: Part @external }
        type Part { n: Int @external }
        """,
        $$$"""{ books { {{{field}}} } }""",
        [
            ("home", """{"data":{"books":[{"id":"1","by":{"id":"w","born":{"__typename":"Part"}},"parts":[{"n":2},{"n":null}]},{"id":"2","by":null,"parts":[]}]}}"""),
            ("shop", $$$"""{"data":{"_entities":[{"{{{field}}}":1},{"{{{field}}}":2}]}}"""),
        ],
        $$$"""
        home {}
        shop {"representations":[{"__typename":"Book","id":"1","by":{{{first}}}},{"__typename":"Book","id":"2","by":{{{second}}}}]}
        {"data":{"books":[{"{{{field}}}":1},{"{{{field}}}":2}]}}
        """);

    /// <summary><see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Appendix-A-Specification-of-FieldSelectionMap-Scalar">Appendix A</see>: alternatives are for a type with <c>@oneOf</c>.</summary>
    [Fact]
    public Task The_alternative_is_taken_that_the_object_has() => ScriptedSources.Answer(
        Library,
        "{ loans { fee } }",
        [
            ("library", """{"data":{"loans":[{"id":"1","item":{"__typename":"Book","isbn":"x"}},{"id":"2","item":{"__typename":"Film","code":"y"}},{"id":"3","item":{"__typename":"Film","code":null}},{"id":"4","item":null}]}}"""),
            ("fees", """{"data":{"_0":{"fee":1},"_1":{"fee":2},"_2":{"fee":3},"_3":{"fee":4}}}"""),
        ],
        """
        library {}
        fees {"__gg_1_id_0":"1","__gg_2_item_0":{"book":"x"},"__gg_1_id_1":"2","__gg_2_item_1":{"film":"y"},"__gg_1_id_2":"3","__gg_2_item_2":null,"__gg_1_id_3":"4","__gg_2_item_3":null}
        {"data":{"loans":[{"fee":1},{"fee":2},{"fee":3},{"fee":4}]}}
        """);

    [Fact]
    public Task A_null_that_an_argument_does_not_take_is_the_fields_error() => ScriptedSources.Answer(
        Library,
        "{ loans { tax } }",
        [
            ("library", """{"data":{"loans":[{"id":"1","days":5},{"id":"2","days":null}]}}"""),
            ("fees", """{"data":{"feeOf":{"tax":7}}}"""),
        ],
        """
        library {}
        fees {"__gg_1_id":"1","__gg_2_days":5}
        {"errors":[{"message":"The field requires \"days\" of its object, which is null here.","path":["loans",1,"tax"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"loans":[{"tax":7},{"tax":null}]}}
        """);

    [Fact]
    public Task A_field_that_clients_cannot_see_is_not_named_to_them() => ScriptedSources.Answer(
        Library,
        "{ loans { sum } }",
        [("library", """{"data":{"loans":[{"id":"1","secret":null}]}}""")],
        """
        library {}
        {"errors":[{"message":"The field requires another one of its object, which is null here.","path":["loans",0,"sum"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"loans":[{"sum":null}]}}
        """);

    [Fact]
    public Task An_error_of_a_key_that_the_client_asked_of_other_objects_is_the_objects() => ScriptedSources.Answer(
        """
        --- garden apollo
        type Query { plants: [Plant] }
        interface Plant { id: ID! }
        type Rose implements Plant { id: ID! }
        type Fern implements Plant @key(fields: "id") { id: ID! }
        --- guide apollo
        type Fern @key(fields: "id") { id: ID! stars: Int }
        """,
        "{ plants { ... on Rose { id } ... on Fern { stars } } }",
        [("garden", """{"errors":[{"message":"no","path":["plants",1,"id"]}],"data":{"plants":[{"__typename":"Rose","id":"1"},null]}}""")],
        """
        garden {}
        {"errors":[{"message":"no","path":["plants",1],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"plants":[{"id":"1"},null]}}
        """);

    /// <summary>A source that cannot tell the objects' types is asked for what one type requires of all of them.</summary>
    [Fact]
    public Task An_error_at_what_another_type_requires_is_not_told_of_objects_that_need_it_not() => ScriptedSources.Answer(
        """
        --- shelf apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires", "@external", "@interfaceObject"])
        type Query { shelf: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! code: String }
        --- home apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires", "@external", "@interfaceObject"])
        interface Media @key(fields: "id") { id: ID! code: String }
        type Book implements Media @key(fields: "id") { id: ID! code: String @external label: String @requires(fields: "code") }
        type Film implements Media @key(fields: "id") { id: ID! code: String @external minutes: Int }
        """,
        "{ shelf { ... on Book { label } ... on Film { minutes } } }",
        [
            ("shelf", """{"errors":[{"message":"no","path":["shelf",0,"code"]},{"message":"no","path":["shelf",1,"code"]}],"data":{"shelf":[{"id":"1","code":null},{"id":"2","code":null},{"id":"3","code":"c"}]}}"""),
            ("home", """{"data":{"_entities":[{"__typename":"Book"},{"__typename":"Film","minutes":9},{"__typename":"Book"}]}}"""),
            ("home", """{"data":{"_entities":[{"__typename":"Book","label":"l"}]}}"""),
        ],
        """
        shelf {}
        home {"representations":[{"__typename":"Media","id":"1"},{"__typename":"Media","id":"2"},{"__typename":"Media","id":"3"}]}
        home {"representations":[{"__typename":"Book","id":"3","code":"c"}]}
        {"errors":[{"message":"no","path":["shelf",0,"label"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"shelf":[{"label":null},{"minutes":9},{"label":"l"}]}}
        """);

    // The client has the type from the id; who requires what could not be had is the one that tells whether the object is there.
    [Theory]
    [InlineData("""{"data":{"_entities":[null]}}""", """{"data":{"node":null}}""")]
    [InlineData("""{"data":{"_entities":[{"made":null}]}}""", """{"errors":[{"message":"A source's answer is no GraphQL response.","path":["node","made"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"node":{"id":"VGhpbmc6MQ==","made":null}}}""")]
    public Task Whether_an_object_is_there_is_asked_also_where_none_of_its_fields_can_be_had(string told, string answer) => ScriptedSources.Answer(
        """
        --- nodes
        type Query { node(id: ID!): Node @lookup }
        interface Node { id: ID! }
        type Other implements Node { id: ID! }
        --- sizes
        type Query { node(id: ID!): Node @lookup sizeOf(id: ID!): Thing @lookup @internal }
        interface Node { id: ID! }
        type Another implements Node { id: ID! }
        type Thing @key(fields: "id") { id: ID! size: Int }
        --- maker apollo
        interface Node { id: ID! }
        type Thing implements Node @key(fields: "id") { id: ID! size: Int @external made: String @requires(fields: "size") }
        """,
        "{ node(id: \"VGhpbmc6MQ==\") { id ... on Thing { made } } }",
        [("sizes", "no JSON"), ("maker", told)],
        $$"""
        sizes {"__gg_1_id":"VGhpbmc6MQ=="}
        maker {"representations":[{"__typename":"Thing","id":"VGhpbmc6MQ==","size":null}]}
        {{answer}}
        """);

    // wide requires the width of the size, deep its depth: both go in one object.
    private const string Sizes =
        """
        --- shop apollo
        type Query { order: Order }
        type Order @key(fields: "id") { id: ID! size: Size }
        type Size @key(fields: "id") { id: ID! width: Int }
        --- depths apollo
        extend type Size @key(fields: "id") { id: ID! @external depth: Int }
        --- post apollo
        extend type Order @key(fields: "id") {
          id: ID! @external
          size: Size @external
          wide: Int @requires(fields: "size { width }")
          deep: Int @requires(fields: "size { depth }")
        }
        extend type Size @key(fields: "id") { id: ID! @external width: Int @external depth: Int @external }
        """;

    [Fact]
    public Task What_fails_inside_an_object_takes_along_what_requires_it_and_not_what_requires_the_rest_of_the_object() => ScriptedSources.Answer(
        Sizes,
        "{ order { wide deep } }",
        [
            ("shop", """{"data":{"order":{"size":{"width":3,"id":"s"},"id":"1"}}}"""),
            ("depths", """{"data":{"_entities":[{"depth":null}]},"errors":[{"message":"no","path":["_entities",0,"depth"]}]}"""),
            ("post", """{"data":{"_entities":[{"wide":4,"deep":9}]}}"""),
        ],
        """
        shop {}
        depths {"representations":[{"__typename":"Size","id":"s"}]}
        post {"representations":[{"__typename":"Order","id":"1","size":{"width":3,"depth":null}}]}
        {"errors":[{"message":"no","path":["order","deep"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"order":{"wide":4,"deep":null}}}
        """);

    [Fact]
    public Task An_object_that_fails_takes_along_what_requires_any_of_it() => ScriptedSources.Answer(
        Sizes,
        "{ order { wide deep } }",
        [("shop", """{"data":{"order":{"size":null,"id":"1"}},"errors":[{"message":"no","path":["order","size"]}]}""")],
        """
        shop {}
        {"errors":[{"message":"no","path":["order","wide"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"no","path":["order","deep"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"order":{"wide":null,"deep":null}}}
        """);
}
