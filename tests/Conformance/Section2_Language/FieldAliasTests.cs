using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Alias">Field Alias</see>.
/// </summary>
public sealed class FieldAliasTests
{
    private const string Sdl =
        """
        type Query { telescope(id: Int): Telescope } type Telescope { id: ID name: String photo(size: Int): String }
        """;

    private const string Data =
        """
        {"telescope": {"id": 4, "name": "Hale", "photo": {"$args": true}}}
        """;

    [Fact]
    public Task Aliases_keep_two_answers_of_one_field_apart() => Service.Answers(
        Sdl,
        Data,
        "{ telescope(id: 4) { id name small: photo(size: 64) big: photo(size: 1024) } }",
        """{"data":{"telescope":{"id":"4","name":"Hale","small":"{\"size\":64}","big":"{\"size\":1024}"}}}""");

    [Fact]
    public Task A_field_of_the_root_can_have_one_too() =>
        Service.Answers(Sdl, Data, "{ hale: telescope(id: 4) { id name } }", """{"data":{"hale":{"id":"4","name":"Hale"}}}""");

    [Fact]
    public Task An_alias_may_be_the_name_of_another_field() =>
        Service.Answers(Sdl, Data, "{ telescope { id: name name: id } }", """{"data":{"telescope":{"id":"Hale","name":"4"}}}""");

    [Fact]
    public void An_alias_has_no_alias() => Grammar.Refuses("{ a: b: c }", """1:7 Syntax Error: Expected Name, found ":".""");
}
