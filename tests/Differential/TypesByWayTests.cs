using Xunit;

namespace GraphGateway.Differential;

/// <summary>
/// Objects from an <c>@interfaceObject</c> whose home takes a key that another such source has: that one is asked for the key of all of them, and for more of those of some
/// types when these are told.
/// </summary>
public sealed class TypesByWayTests
{
    private const string Sources =
        """
        --- lists apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])
        type Query { medias: [Media] }
        type Media @key(fields: "sku") @interfaceObject { sku: String! }
        --- extras apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])
        type Media @key(fields: "id") @key(fields: "sku") @interfaceObject { id: ID! sku: String! extra: String stars: Int }
        --- home apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
        type Film implements Media @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
        """;

    [Fact]
    public Task A_field_of_some_types_is_asked_of_their_objects_alone() => ScriptedSources.Answer(
        Sources,
        "{ medias { stars ... on Book { __typename id sku extra } } }",
        [
            ("lists", """{"data":{"medias":[{"sku":"a"},{"sku":"b"}]}}"""),
            ("extras", """{"data":{"_entities":[{"stars":3,"id":"1"},{"stars":4,"id":"2"}]}}"""),
            ("home", """{"data":{"_entities":[{"__typename":"Film","id":"1","sku":"a"},{"__typename":"Book","id":"2","sku":"b"}]}}"""),
            ("extras", """{"data":{"_entities":[{"extra":"x"}]}}"""),
        ],
        """
        lists {}
        extras {"representations":[{"__typename":"Media","sku":"a"},{"__typename":"Media","sku":"b"}]}
        home {"representations":[{"__typename":"Media","id":"1"},{"__typename":"Media","id":"2"}]}
        extras {"representations":[{"__typename":"Media","sku":"b"}]}
        {"data":{"medias":[{"stars":3},{"stars":4,"__typename":"Book","id":"2","sku":"b","extra":"x"}]}}
        """);

    [Fact]
    public Task Where_nobody_tells_the_type_the_object_says_why() => ScriptedSources.Answer(
        Sources,
        "{ medias { stars ... on Book { extra } } }",
        [
            ("lists", """{"data":{"medias":[{"sku":"a"}]}}"""),
            ("extras", """{"data":{"_entities":[{"stars":3,"id":"1"}]}}"""),
            ("home", """{"errors":[{"message":"no"}]}"""),
        ],
        """
        lists {}
        extras {"representations":[{"__typename":"Media","sku":"a"}]}
        home {"representations":[{"__typename":"Media","id":"1"}]}
        {"errors":[{"message":"no","path":["medias",0],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"medias":[null]}}
        """);
}
