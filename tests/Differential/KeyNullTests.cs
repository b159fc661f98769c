using Xunit;

namespace GraphGateway.Differential;

/// <summary>Objects with several keys of which some are null: each is asked for by the first that it has, and only where it has none its fields have an error.</summary>
public sealed class KeyNullTests
{
    private const string Objects = """[{"sku":"s1","id":"1"},{"sku":null,"id":"2"},{"sku":null,"id":null},{"sku":"s4","id":null},{"sku":null,"id":"2"}]""";

    [Fact]
    public Task A_representation_has_the_first_key_that_the_object_has() => ScriptedSources.Answer(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID sku: String }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String x: Int }
        """,
        "{ ps { x } }",
        [("a", $$$"""{"data":{"ps":{{{Objects}}}}}"""), ("b", """{"data":{"_entities":[{"x":1},{"x":2},{"x":4}]}}""")],
        """
        a {}
        b {"representations":[{"__typename":"P","sku":"s1"},{"__typename":"P","id":"2"},{"__typename":"P","sku":"s4"}]}
        {"errors":[{"message":"The field needs a key of its object, \"sku\" or \"id\", and each of them is null here.","path":["ps",2,"x"],"extensions":{"code":"NULL_KEY"}}],"data":{"ps":[{"x":1},{"x":2},{"x":null},{"x":4},{"x":2}]}}
        """);

    [Fact]
    public Task A_lookup_with_alternatives_gets_the_first_that_the_object_has() => ScriptedSources.Answer(
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID @shareable sku: String @shareable }
        --- b
        type Query { p(by: PBy! @is(field: "{ sku } | { id }")): P @lookup @internal }
        input PBy @oneOf { id: ID sku: String }
        type P @key(fields: "sku") @key(fields: "id") { id: ID @shareable sku: String @shareable x: Int }
        """,
        "{ ps { x } }",
        [("a", $$$"""{"data":{"ps":{{{Objects}}}}}"""), ("b", """{"data":{"_0":{"x":1},"_1":{"x":2},"_2":{"x":4}}}""")],
        """
        a {}
        b {"__gg_1_by_0":{"sku":"s1"},"__gg_1_by_1":{"id":"2"},"__gg_1_by_2":{"sku":"s4"}}
        {"errors":[{"message":"The field needs a key of its object, \"{ sku }\" or \"{ id }\", and each of them is null here.","path":["ps",2,"x"],"extensions":{"code":"NULL_KEY"}}],"data":{"ps":[{"x":1},{"x":2},{"x":null},{"x":4},{"x":2}]}}
        """);

    private const string TwoLookups =
        """
        --- a
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID @shareable sku: String @shareable }
        --- b
        type Query { pBySku(sku: String!): P @lookup @internal pById(id: ID!): P @lookup @internal }
        type P @key(fields: "sku") @key(fields: "id") { id: ID @shareable sku: String @shareable x: Int }
        """;

    // One request, the same source.
    [Fact]
    public Task Another_lookup_is_asked_for_those_without_the_key_of_the_first() => ScriptedSources.Answer(
        TwoLookups,
        "{ ps { x } }",
        [("a", $$$"""{"data":{"ps":{{{Objects}}}}}"""), ("b", """{"data":{"_0":{"x":1},"_1":{"x":4},"_2":{"x":2}}}""")],
        """
        a {}
        b {"__gg_1_sku_0":"s1","__gg_1_sku_1":"s4","__gg_1_id_2":"2"}
        {"errors":[{"message":"The field needs a key of its object, \"sku\" or \"id\", and each of them is null here.","path":["ps",2,"x"],"extensions":{"code":"NULL_KEY"}}],"data":{"ps":[{"x":1},{"x":2},{"x":null},{"x":4},{"x":2}]}}
        """);

    [Fact]
    public Task No_lookup_is_asked_that_no_object_needs() => ScriptedSources.Answer(
        TwoLookups,
        "{ ps { x } }",
        [("a", """{"data":{"ps":[{"sku":"s1","id":"1"},{"sku":"s2","id":null}]}}"""), ("b", """{"data":{"_0":{"x":1},"_1":{"x":2}}}""")],
        """
        a {}
        b {"__gg_1_sku_0":"s1","__gg_1_sku_1":"s2"}
        {"data":{"ps":[{"x":1},{"x":2}]}}
        """);

    [Fact]
    public Task No_lookup_is_asked_where_no_object_has_any_key() => ScriptedSources.Answer(
        TwoLookups,
        "{ ps { x } }",
        [("a", """{"data":{"ps":[{"sku":null,"id":null}]},"errors":[{"message":"No id.","path":["ps",0,"id"]}]}""")],
        """
        a {}
        {"errors":[{"message":"No id.","path":["ps",0,"x"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"ps":[{"x":null}]}}
        """);

    [Fact]
    public Task The_second_lookup_alone_is_asked_where_no_object_has_the_first_key() => ScriptedSources.Answer(
        TwoLookups,
        "{ ps { x } }",
        [("a", """{"data":{"ps":[{"sku":null,"id":"7"},{"sku":null,"id":"8"}]}}"""), ("b", """{"data":{"_0":{"x":7},"_1":null}}""")],
        """
        a {}
        b {"__gg_1_id_0":"7","__gg_1_id_1":"8"}
        {"data":{"ps":[{"x":7},{"x":null}]}}
        """);

    // What kept one key away is no matter where there is another one; where there is none it is why.
    [Fact]
    public Task A_key_that_failed_is_as_one_that_is_null() => ScriptedSources.Answer(
        """
        --- a apollo
        type Query { ps: [P] }
        type P @key(fields: "id") @key(fields: "sku") { id: ID sku: String w: Int }
        --- b apollo
        type P @key(fields: "sku") @key(fields: "id") { id: ID sku: String w: Int @external x: Int @requires(fields: "w") y: Int }
        """,
        "{ ps { x y } }",
        [
            ("a", """{"data":{"ps":[{"sku":null,"id":"1","w":null},{"sku":null,"id":null,"w":6},{"sku":null,"id":"3","w":7}]},"errors":[{"message":"No sku.","path":["ps",0,"sku"]},{"message":"No weight.","path":["ps",0,"w"]},{"message":"No sku either.","path":["ps",1,"sku"]}]}"""),
            ("b", """{"data":{"_entities":[{"y":10,"x":9},{"y":30,"x":31}]}}"""),
        ],
        """
        a {}
        b {"representations":[{"__typename":"P","id":"1","w":null},{"__typename":"P","id":"3","w":7}]}
        {"errors":[{"message":"No weight.","path":["ps",0,"x"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"No sku either.","path":["ps",1,"x"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"No sku either.","path":["ps",1,"y"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"ps":[{"x":null,"y":10},{"x":null,"y":null},{"x":31,"y":30}]}}
        """);
}
