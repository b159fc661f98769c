using Xunit;

namespace GraphGateway.Differential;

/// <summary>
/// A null inside what a field requires, where the field's source takes none: the source would have to refuse the request, of all objects in
/// it (<see href="https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion">input coercion</see>). So it is not sent, and the field has an error.
/// </summary>
public sealed class RequirementNullTests
{
    private const string Shop =
        """
        --- shop
        type Query { orders: [Order] orderOf(id: ID!): Order @lookup @internal }
        type Order { id: ID! lines: [Line] codes: [String] grid: [[Int]] from: Place note: String }
        type Line { sku: String }
        type Place { town: String country: String }
        --- post
        type Query { parcelOf(id: ID!): Order @lookup @internal }
        input LineRef { sku: String! }
        input PlaceRef { town: String! country: String }
        input FullRef { town: String! country: String! }
        type Order {
          id: ID!
          weight: Int
          strict(lines: [LineRef!]! @require(field: "lines[{ sku }]")): Int
          loose(lines: [LineRef] @require(field: "lines[{ sku }]")): Int
          skus(lines: [String!] @require(field: "lines[sku]")): Int
          labels(codes: [String!] @require(field: "codes")): Int
          area(grid: [[Int!]] @require(field: "grid")): Int
          zone(from: PlaceRef @require(field: "{ town: from.town, country: from.country }")): Int
          region(from: PlaceRef! @require(field: "{ town: from.town, country: from.country }")): Int
          route(from: FullRef! @require(field: "{ town: from.town, country: from.country }")): Int
          seals(codes: [String]! @require(field: "codes")): Int
          stamps(codes: [String!]! @require(field: "codes")): Int
        }
        """;

    private const string Needs = "of its object without a null in it, and one is there.";

    private static Task Check(string query, string orders, string? parcels, string expected) => ScriptedSources.Answer(
        Shop,
        query,
        parcels is null
            ? [("shop", $$$$"""{"data":{"orders":{{{{orders}}}}}}""")]
            : [("shop", $$$$"""{"data":{"orders":{{{{orders}}}}}}"""), ("post", $$$$"""{"data":{{{{parcels}}}}}""")],
        expected);

    [Fact]
    public Task A_null_in_an_object_of_a_list_is_the_fields_error() => Check(
        "{ orders { strict } }",
        """[{"id":"1","lines":[{"sku":"a"},{"sku":null}]},{"id":"2","lines":[{"sku":"b"}]}]""",
        """{"parcelOf":{"strict":7}}""",
        $$$$"""
        shop {}
        post {"__gg_1_id":"2","__gg_2_lines":[{"sku":"b"}]}
        {"errors":[{"message":"The field requires \"lines[{ sku }]\" {{{{Needs}}}}","path":["orders",0,"strict"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"strict":null},{"strict":7}]}}
        """);

    [Fact]
    public Task Where_the_argument_takes_a_null_the_other_fields_are_asked_for_without_it() => Check(
        "{ orders { weight loose } }",
        """[{"id":"1","lines":[{"sku":"a"},{"sku":null}]},{"id":"2","lines":[null]},{"id":"3","lines":null}]""",
        """{"_0":{"weight":1,"loose":0},"_1":{"weight":2,"loose":4},"_2":{"weight":3,"loose":6}}""",
        $$$$"""
        shop {}
        post {"__gg_1_id_0":"1","__gg_2_lines_0":null,"__gg_1_id_1":"2","__gg_2_lines_1":[null],"__gg_1_id_2":"3","__gg_2_lines_2":null}
        {"errors":[{"message":"The field requires \"lines[{ sku }]\" {{{{Needs}}}}","path":["orders",0,"loose"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"weight":1,"loose":null},{"weight":2,"loose":4},{"weight":3,"loose":6}]}}
        """);

    [Fact]
    public Task Nothing_is_asked_of_an_object_all_of_whose_fields_fail() => Check(
        "{ orders { skus } }",
        """[{"id":"1","lines":[{"sku":"a"},null]},{"id":"2","lines":[{"sku":null}]}]""",
        null,
        $$$$"""
        shop {}
        {"errors":[{"message":"The field requires \"lines[sku]\" {{{{Needs}}}}","path":["orders",0,"skus"],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"The field requires \"lines[sku]\" {{{{Needs}}}}","path":["orders",1,"skus"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"skus":null},{"skus":null}]}}
        """);

    [Fact]
    public Task A_null_in_a_list_of_leaves_is_found_at_its_depth() => Check(
        "{ orders { labels area } }",
        """[{"id":"1","codes":["x",null],"grid":[[1],null]},{"id":"2","codes":["x"],"grid":[[1,null]]}]""",
        """{"_0":{"labels":1,"area":2},"_1":{"labels":3,"area":4}}""",
        $$$$"""
        shop {}
        post {"__gg_1_id_0":"1","__gg_2_codes_0":null,"__gg_3_grid_0":[[1],null],"__gg_1_id_1":"2","__gg_2_codes_1":["x"],"__gg_3_grid_1":null}
        {"errors":[{"message":"The field requires \"codes\" {{{{Needs}}}}","path":["orders",0,"labels"],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"The field requires \"grid\" {{{{Needs}}}}","path":["orders",1,"area"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"labels":null,"area":2},{"labels":3,"area":null}]}}
        """);

    [Fact]
    public Task A_null_field_of_an_input_object_that_must_not_be_null_is_the_fields_error() => Check(
        "{ orders { zone } }",
        """[{"id":"1","from":{"town":"t","country":null}},{"id":"2","from":{"town":null,"country":"c"}},{"id":"3","from":null}]""",
        """{"parcelOf":{"zone":9}}""",
        $$$$"""
        shop {}
        post {"__gg_1_id":"1","__gg_2_from":{"town":"t","country":null}}
        {"errors":[{"message":"The field requires \"{ town: from.town country: from.country }\" {{{{Needs}}}}","path":["orders",1,"zone"],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"The field requires \"{ town: from.town country: from.country }\" {{{{Needs}}}}","path":["orders",2,"zone"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"zone":9},{"zone":null},{"zone":null}]}}
        """);

    /// <summary>The same value is required for both, and only one of the two sources' types takes a null in it: what the other one lacks is no reason to leave it out.</summary>
    [Fact]
    public Task A_null_that_one_fields_argument_takes_is_sent_for_it_beside_a_field_whose_argument_takes_none() => Check(
        "{ orders { region route } }",
        """[{"id":"1","from":{"town":"t","country":null}}]""",
        """{"parcelOf":{"region":3}}""",
        $$$$"""
        shop {}
        post {"__gg_1_id":"1","__gg_2_from":{"town":"t","country":null}}
        {"errors":[{"message":"The field requires \"{ town: from.town country: from.country }\" {{{{Needs}}}}","path":["orders",0,"route"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"region":3,"route":null}]}}
        """);

    [Fact]
    public Task So_it_is_with_a_null_in_a_list() => Check(
        "{ orders { seals stamps } }",
        """[{"id":"1","codes":["x",null]}]""",
        """{"parcelOf":{"seals":4}}""",
        $$$$"""
        shop {}
        post {"__gg_1_id":"1","__gg_2_codes":["x",null]}
        {"errors":[{"message":"The field requires \"codes\" {{{{Needs}}}}","path":["orders",0,"stamps"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"seals":4,"stamps":null}]}}
        """);

    /// <summary>Apollo's subgraphs get a representation: what of it does not fit the source's own types is left out, and what else the source gives is asked for.</summary>
    [Fact]
    public Task A_part_of_a_representation_that_does_not_fit_is_left_out() => ScriptedSources.Answer(
        """
        --- shop apollo
        type Query { orders: [Order] }
        type Order @key(fields: "id") { id: ID! size: Size }
        type Size { height: Int width: Int }
        --- post apollo
        type Order @key(fields: "id") { id: ID! size: Size @external weight: Int price: Int @requires(fields: "size { height }") }
        type Size { height: Int! width: Int }
        """,
        "{ orders { weight price } }",
        [
            ("shop", """{"data":{"orders":[{"id":"1","size":{"height":null}},{"id":"2","size":{"height":2}},{"id":"3","size":null}]}}"""),
            ("post", """{"data":{"_entities":[{"weight":1,"price":0},{"weight":2,"price":5},{"weight":3,"price":6}]}}"""),
        ],
        """
        shop {}
        post {"representations":[{"__typename":"Order","id":"1"},{"__typename":"Order","id":"2","size":{"height":2}},{"__typename":"Order","id":"3","size":null}]}
        {"errors":[{"message":"The field requires \"size\" of its object without a null in it, and one is there.","path":["orders",0,"price"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"orders":[{"weight":1,"price":null},{"weight":2,"price":5},{"weight":3,"price":6}]}}
        """);

    /// <summary>A failure below is the reason, not the null that it left.</summary>
    [Fact]
    public Task A_failure_inside_what_is_required_is_told_as_the_reason() => ScriptedSources.Answer(
        Shop,
        "{ orders { skus } }",
        [("shop", """{"errors":[{"message":"no","path":["orders",0,"lines",0,"sku"]}],"data":{"orders":[{"id":"1","lines":[{"sku":null}]}]}}""")],
        """
        shop {}
        {"errors":[{"message":"no","path":["orders",0,"skus"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"orders":[{"skus":null}]}}
        """);
}
