using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Handling Execution Errors</see>.
/// </summary>
public sealed class HandlingExecutionErrorsTests
{
    private const string Sdl =
        """
        type Query { a: Int b: Int! thing: Thing must: Thing! list: [Int!] strict: [Int!]! things: [Thing!]! maybe: [Thing!] }
        type Thing { a: Int b: Int! thing: Thing must: Thing! }
        """;

    private const string Data =
        """
        {"a": {"$error": "No a."}, "b": {"$error": "No b."}, "thing": {"a": {"$error": "No thing a."}, "b": {"$error": "No thing b."}, "thing": {"a": 1, "must": {"must": {"b": null}}}, "must": {"b": 1}},
         "must": {"a": {"$error": "No must a."}, "b": {"$error": "No must b."}}, "list": [1, "x", "y"], "strict": [1, "x"], "things": [{"b": 1}, {"b": {"$error": "No item b."}}], "maybe": [{"b": 1}, {"b": {"$error": "No maybe b."}}]}
        """;

    [Fact]
    public Task A_field_that_can_be_null_is_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ a }",
        """{"errors":[{"message":"No a.","locations":[{"line":1,"column":3}],"path":["a"]}],"data":{"a":null}}""");

    [Fact]
    public Task A_field_that_cannot_takes_its_parent_with_it() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ thing { b } }",
        """{"errors":[{"message":"No thing b.","locations":[{"line":1,"column":11}],"path":["thing","b"]}],"data":{"thing":null}}""");

    [Fact]
    public Task Up_to_the_first_that_can_be_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ thing { thing { must { must { b } } } a } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.b.","locations":[{"line":1,"column":33}],"path":["thing","thing","must","must","b"],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"No thing a.","locations":[{"line":1,"column":41}],"path":["thing","a"]}],"data":{"thing":{"thing":null,"a":null}}}""");

    [Fact]
    public Task Without_one_data_are_null() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ b }", """{"errors":[{"message":"No b.","locations":[{"line":1,"column":3}],"path":["b"]}],"data":null}""");

    [Fact]
    public Task Also_from_below() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ must { b } }",
        """{"errors":[{"message":"No must b.","locations":[{"line":1,"column":10}],"path":["must","b"]}],"data":null}""");

    [Fact]
    public Task A_null_of_a_resolver_is_told_as_what_it_is() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ thing { thing { must { must { b } } } } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.b.","locations":[{"line":1,"column":33}],"path":["thing","thing","must","must","b"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"thing":{"thing":null}}}""");

    [Fact]
    public Task An_error_that_was_told_is_not_told_again_on_its_way_up() => Service.Answers(
        Sdl,
        Data,
        "{ must { b } thing { a } }",
        """{"errors":[{"message":"No must b.","locations":[{"line":1,"column":10}],"path":["must","b"]}],"data":null}""");

    [Fact]
    public Task A_list_whose_items_cannot_be_null_is_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ list }",
        """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["list",1]}],"data":{"list":null}}""");

    [Fact]
    public Task A_list_that_cannot_be_null_passes_it_on() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ strict }",
        """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["strict",1]}],"data":null}""");

    [Fact]
    public Task Through_lists_of_objects() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ things { b } }",
        """{"errors":[{"message":"No item b.","locations":[{"line":1,"column":12}],"path":["things",1,"b"]}],"data":null}""");

    [Fact]
    public Task Through_lists_of_objects_that_can_be_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ maybe { b } thing { must { b } } }",
        """{"errors":[{"message":"No maybe b.","locations":[{"line":1,"column":11}],"path":["maybe",1,"b"]}],"data":{"maybe":null,"thing":{"must":{"b":1}}}}""");

    [Fact]
    public Task Fields_beside_it_are_answered() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ a thing { a must { b } } }",
        """{"errors":[{"message":"No a.","locations":[{"line":1,"column":3}],"path":["a"]},{"message":"No thing a.","locations":[{"line":1,"column":13}],"path":["thing","a"]}],"data":{"a":null,"thing":{"a":null,"must":{"b":1}}}}""");
}
